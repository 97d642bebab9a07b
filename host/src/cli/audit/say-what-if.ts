/** What would have been otherwise, in plain words: how many of what, then the first of them one by one. */
import type { Differences, WhatIf } from 'borgledger'

export const sayWhatIf = ({ identical, events, differences }: WhatIf): ReadonlyArray<string> => {
  if (identical) return [`nothing would be otherwise: the same ${events} events`]
  const { items, ...counts } = differences
  const said = sentences.flatMap(([name, one, many]) => (counts[name] === 0 ? [] : [counts[name] === 1 ? one : `${counts[name]} ${many}`]))
  const told = Object.values(counts).reduce((sum, count) => sum + count, 0)
  const rest = told > items.length ? [`  and ${told - items.length} more`] : []
  const whole = said.length > 0 ? said : ['no job would have started, ended or kept its log otherwise, and no due instant']
  return [...whole, ...items.map(({ about, what }) => `  ${about}: ${what}`), ...rest, `there would be ${events} events`]
}

const sentences: ReadonlyArray<readonly [name: Exclude<keyof Differences, 'items'>, one: string, many: string]> = [
  ['startedEarlier', '1 job would have started earlier', 'jobs would have started earlier'],
  ['startedLater', '1 job would have started later or never', 'jobs would have started later or never'],
  ['endedOtherwise', '1 job would have come to another end', 'jobs would have come to another end'],
  ['logsKept', '1 log would be kept', 'logs would be kept'],
  ['logsRemoved', '1 log would be removed', 'logs would be removed'],
  ['instants', '1 due instant would have come out otherwise', 'due instants would have come out otherwise'],
]
