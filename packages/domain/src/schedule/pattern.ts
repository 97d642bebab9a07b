/**
 * A cron expression taken apart: on which days it is due, and at which times of such a day. Knows nothing of time zones.
 *
 * Croner reads the expression and says which days match; it is asked in UTC and never for the present, so the answer depends on nothing else.
 */
import { Cron } from 'croner'

export const dayMs = 86_400_000

export interface Pattern {
  /** Times of a matching day in ms after midnight, ascending. */
  readonly times: ReadonlyArray<number>
  /** Every hour of the day is due: an interval, such as every quarter of an hour. Otherwise the times are fixed ones. */
  readonly everyHour: boolean
  /** The first matching day from `day` on, as days since 1970-01-01; null when there is none any more. */
  readonly dayFrom: (day: number) => number | null
}

/** Why the expression is none: a sentence that begins with what was expected; null when it is one. */
export const cronProblem = (cron: string): string | null => {
  const fields = fieldsOf(cron)
  if (fields.length !== 5 && fields.length !== 6) return 'expected a cron expression of five fields, or of six with seconds first'
  try {
    const day = new Cron(dayCron(fields), inUtc).nextRun(longAgo)
    if (day === null) return 'expected a cron expression that comes due some day'
    readCron(cron)
    return null
  } catch (cause) {
    return `expected a cron expression (${cause instanceof Error ? cause.message : String(cause)})`
  }
}

const inUtc = { paused: true, utcOffset: 0 } as const
/** Croner finds a 29 February from here. */
const longAgo = new Date('1999-12-31T23:59:59.000Z')

/** Throws on an expression that `cronProblem` speaks against. */
export const patternOf = (cron: string): Pattern => {
  const known = patterns.get(cron)
  if (known !== undefined) return known
  const pattern = readCron(cron)
  if (patterns.size >= patternsMax) patterns.clear()
  patterns.set(cron, pattern)
  return pattern
}

const patternsMax = 500
const patterns = new Map<string, Pattern>()

const readCron = (cron: string): Pattern => {
  const fields = fieldsOf(cron)
  const [seconds, minutes, hours] = (['second', 'minute', 'hour'] as const).map((unit) => valuesOf(unit, fields)) as [
    Values,
    Values,
    Values,
  ]
  const times = hours.flatMap((hour) =>
    minutes.flatMap((minute) => seconds.map((second) => hour * 3_600_000 + minute * 60_000 + second * 1_000)),
  )
  return { times, everyHour: hours.length === 24, dayFrom: dayFinder(new Cron(dayCron(fields), inUtc)) }
}

type Values = ReadonlyArray<number>
type Fields = ReadonlyArray<string>

/** Seconds first. A five-field expression is due at second 0. */
const fieldsOf = (cron: string): Fields => {
  const fields = cron.trim().split(/\s+/)
  return fields.length === 5 ? ['0', ...fields] : fields
}

const dayCron = (fields: Fields): string => ['0 0 0', ...fields.slice(3)].join(' ')

/** The values of one field: those at which an expression of nothing but that field comes due. */
const valuesOf = (unit: 'second' | 'minute' | 'hour', [second = '', minute = '', hour = '']: Fields): Values => {
  const alone = { second: `${second} 0 0`, minute: `0 ${minute} 0`, hour: `0 0 ${hour}` }[unit]
  const unitMs = { second: 1_000, minute: 60_000, hour: 3_600_000 }[unit]
  const cron = new Cron(`${alone} * * *`, inUtc)
  const values: number[] = []
  for (let due = cron.nextRun(new Date(-1)); due !== null && due.getTime() < dayMs; due = cron.nextRun(due))
    values.push(due.getTime() / unitMs)
  return values
}

/** Remembers the way from day to day, which is asked for again and again. */
const dayFinder = (cron: Cron): Pattern['dayFrom'] => {
  const found = new Map<number, number | null>()
  return (day) => {
    const known = found.get(day)
    if (known !== undefined) return known
    const next = cron.nextRun(new Date(day * dayMs - 1_000))
    const nextDay = next === null ? null : next.getTime() / dayMs
    if (found.size >= 10_000) found.clear()
    found.set(day, nextDay)
    return nextDay
  }
}
