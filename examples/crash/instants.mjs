// What became of every due instant of a schedule that is due every few seconds: from when it was added to when it was switched off, each must have
// exactly one outcome.

/** `events`: of the schedule, in order. `everyMs`: its period, of which every instant is a multiple. Sentences are returned of what does not hold. */
export const troubleOfInstants = (scheduleId, events, everyMs) => {
  const outcomes = new Map()
  const trouble = []
  for (const { type, data } of events) {
    const reached = reachedBy(type, data, everyMs)
    if (type === 'TicksSkipped' && reached.length !== data.count)
      trouble.push(`${scheduleId}: a range of ${data.count} holds ${reached.length} instants`)
    for (const instant of reached) outcomes.set(instant, [...(outcomes.get(instant) ?? []), data.reason ?? type])
  }
  for (const instant of dueOf(events, everyMs)) {
    const found = outcomes.get(instant) ?? []
    if (found.length !== 1) trouble.push(`${scheduleId}: ${new Date(instant).toISOString()} has ${found.length} outcomes (${found})`)
    outcomes.delete(instant)
  }
  for (const instant of outcomes.keys()) trouble.push(`${scheduleId}: ${new Date(instant).toISOString()} was not due`)
  return trouble
}

/** How many instants that were due from one time to another had which outcome, as text. */
export const countsBetween = (events, everyMs, { fromMs, toMs }) => {
  const counts = new Map()
  for (const { type, data } of events) {
    const count = reachedBy(type, data, everyMs).filter((instant) => instant > fromMs && instant <= toMs).length
    const outcome = data.reason ?? (type === 'TickFired' ? 'fired' : 'failed')
    if (count > 0) counts.set(outcome, count + (counts.get(outcome) ?? 0))
  }
  return [...counts].map(([outcome, count]) => `${count} ${outcome}`).join(', ')
}

const reachedBy = (type, { dueAt, until = dueAt }, everyMs) => {
  if (!['TickFired', 'TicksSkipped', 'TickFailed'].includes(type)) return []
  return multiples(Date.parse(dueAt) - 1, Date.parse(until), everyMs)
}

const dueOf = (events, everyMs) => {
  const accounted = events.flatMap(({ data }) => (data.accountedUntil === undefined ? [] : Date.parse(data.accountedUntil)))
  return multiples(accounted[0], accounted.at(-1), everyMs)
}

/** After the first time, up to the second one. */
const multiples = (afterMs, untilMs, everyMs) => {
  const found = []
  for (let at = (Math.floor(afterMs / everyMs) + 1) * everyMs; at <= untilMs; at += everyMs) found.push(at)
  return found
}
