/** Retention on the command line: `--keep-daily 7` and its like; with a prefix where they stand among other options. */
import type { Command } from 'commander'
import { wholeNumber } from '../numbers.js'
import { type Fields, type Given, stated } from './job-command.js'

const spans = ['last', 'hourly', 'daily', 'weekly', 'monthly', 'yearly'] as const

/** `prefix` null: `--keep-daily`; otherwise `--<prefix>-keep-daily`. */
export const addKeepOptions = (command: Command, prefix: string | null): Command => {
  const flag = prefix === null ? '--keep' : `--${prefix}-keep`
  for (const span of spans) command.option(`${flag}-${span} <number>`, `keep so many archives: ${span}`, wholeNumber)
  return command.option(`${flag}-within <interval>`, 'keep all archives within, such as 2d or 4w')
}

export const keepOf = (given: Given, prefix: string | null): Fields =>
  stated(Object.fromEntries([...spans, 'within'].map((span) => [span, given[nameOf(prefix, span)]])))

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
const nameOf = (prefix: string | null, span: string): string => `${prefix === null ? 'keep' : `${prefix}Keep`}${capital(span)}`
