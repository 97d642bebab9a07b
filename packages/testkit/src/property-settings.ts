/**
 * How much a property test runs: pinned, so that two runs are alike; `BORGLEDGER_PROPERTY_RUNS` and `BORGLEDGER_PROPERTY_SEED` ask for more.
 */

/** For `fc.assert`; a failure prints the seed with the path to its counterexample. */
export const propertySettings = (numRuns: number): { readonly seed: number; readonly numRuns: number } => ({
  seed: Number(process.env['BORGLEDGER_PROPERTY_SEED'] ?? 20_261_103),
  numRuns: Number(process.env['BORGLEDGER_PROPERTY_RUNS'] ?? numRuns),
})
