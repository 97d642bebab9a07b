/** The signals that ask the program to end: the first is a request, the second is final. */

export interface EndSignals {
  /** Resolves with the first signal. */
  readonly first: Promise<NodeJS.Signals>
  /** Resolves with the second one. */
  readonly second: Promise<NodeJS.Signals>
  readonly forget: () => void
}

export const endSignals = (from: NodeJS.Process = process): EndSignals => {
  const waiting: Array<(signal: NodeJS.Signals) => void> = []
  const next = (): Promise<NodeJS.Signals> => new Promise((resolve) => waiting.push(resolve))
  const [first, second] = [next(), next()]
  const hear = (signal: NodeJS.Signals): void => waiting.shift()?.(signal)
  for (const signal of ['SIGINT', 'SIGTERM'] as const) from.on(signal, hear)
  return {
    first,
    second,
    forget: () => {
      for (const signal of ['SIGINT', 'SIGTERM'] as const) from.off(signal, hear)
    },
  }
}
