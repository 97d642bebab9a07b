/** How the library answers: a value, or an error that is a value too. Nothing here throws for something a caller can cause. */
export type Result<A> = { readonly ok: true; readonly value: A } | { readonly ok: false; readonly error: LedgerError }

export interface LedgerError {
  /** Stable, such as `repository-busy`; see the table of codes in the documentation. */
  readonly code: string
  /** A sentence for a person. */
  readonly message: string
  /** For conflicts: the jobs in the way. */
  readonly jobs?: ReadonlyArray<string>
  /** For bad bodies: each field, and what is wrong with it. */
  readonly errors?: ReadonlyArray<{ readonly path: string; readonly message: string }>
}

export const ok = <A>(value: A): Result<A> => ({ ok: true, value })
export const failure = (error: LedgerError): Result<never> => ({ ok: false, error })

export const invalidBody = (errors: NonNullable<LedgerError['errors']>): LedgerError => ({
  code: 'invalid-body',
  message: errors.map(({ path, message }) => (path === '' ? message : `${path}: ${message}`)).join('; '),
  errors,
})
