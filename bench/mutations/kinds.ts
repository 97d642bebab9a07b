/** What became of each kind of change. */
export interface Kind {
  readonly what: string
  /** What names it: verification, or a head that was signed before. */
  readonly by: 'verify' | 'signed head'
  readonly applied: number
  readonly named: number
  /** What was not named, each with its seed and number. */
  readonly passed: ReadonlyArray<string>
}

export interface KindCount {
  readonly add: (what: string, by: Kind['by'], told: string, isNamed: boolean) => void
  /** In the order in which they came first. */
  readonly kinds: () => ReadonlyArray<Kind>
}

export const countingKinds = (): KindCount => {
  const kinds = new Map<string, Kind>()
  return {
    add: (what, by, told, isNamed) => {
      const { applied, named, passed } = kinds.get(what) ?? { applied: 0, named: 0, passed: [] }
      kinds.set(what, { what, by, applied: applied + 1, named: named + Number(isNamed), passed: isNamed ? passed : [...passed, told] })
    },
    kinds: () => [...kinds.values()],
  }
}

/** In Markdown, with the sum. */
export const tableOf = (kinds: ReadonlyArray<Kind>): ReadonlyArray<string> => {
  const sum = (count: (kind: Kind) => number): number => kinds.reduce((total, kind) => total + count(kind), 0)
  return [
    '| change | named by | applied | named | passed |',
    '| --- | --- | --- | --- | --- |',
    ...kinds.map(({ what, by, applied, named, passed }) => `| ${what} | ${by} | ${applied} | ${named} | ${passed.length} |`),
    `| all | | ${sum(({ applied }) => applied)} | ${sum(({ named }) => named)} | ${sum(({ passed }) => passed.length)} |`,
  ]
}
