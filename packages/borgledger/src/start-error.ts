/** Why a ledger could not be started. Thrown, since there is no ledger yet to answer. */
export class StartError extends Error {
  override readonly name = 'StartError'
  /** `data-dir`, `owned` (another owner lives), `log` (the log cannot be opened or written). */
  readonly code: 'data-dir' | 'owned' | 'log'
  constructor(code: StartError['code'], message: string) {
    super(message)
    this.code = code
  }
}
