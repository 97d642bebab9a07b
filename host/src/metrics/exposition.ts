/** Metrics as text in Prometheus' exposition format, version 0.0.4. Pure; names and labels are the caller's to choose well. */

export interface Sample {
  readonly labels?: Readonly<Record<string, string>>
  readonly value: number
}

/** All samples of one name. */
export interface Family {
  /** In base units (seconds, bytes), which the name ends with; a counter's ends with `_total`. */
  readonly name: string
  readonly type: 'counter' | 'gauge'
  readonly help: string
  readonly samples: ReadonlyArray<Sample>
}

export const expositionType = 'text/plain; version=0.0.4; charset=utf-8'

export const exposition = (families: ReadonlyArray<Family>): string => families.map((family) => linesOf(family).join('')).join('')

const linesOf = ({ name, type, help, samples }: Family): ReadonlyArray<string> => [
  `# HELP ${name} ${help.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')}\n`,
  `# TYPE ${name} ${type}\n`,
  ...samples.map(({ labels = {}, value }) => `${name}${labelsOf(labels)} ${numberOf(value)}\n`),
]

const labelsOf = (labels: Readonly<Record<string, string>>): string => {
  const pairs = Object.entries(labels).map(([label, value]) => `${label}="${escaped(value)}"`)
  return pairs.length === 0 ? '' : `{${pairs.join(',')}}`
}

const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('"', '\\"')

const numberOf = (value: number): string => {
  if (Number.isFinite(value)) return String(value)
  return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf'
}
