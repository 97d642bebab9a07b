/** One thing that was looked at, and how it is. */

export interface Finding {
  /** Such as `borg`. */
  readonly check: string
  /** `note`: it works, and something may surprise; `bad`: the ledger does not work so. */
  readonly verdict: 'ok' | 'note' | 'bad'
  /** A sentence; of what is bad with the remedy. */
  readonly what: string
}

export const ok = (check: string, what: string): Finding => ({ check, verdict: 'ok', what })
export const note = (check: string, what: string): Finding => ({ check, verdict: 'note', what })
export const bad = (check: string, what: string): Finding => ({ check, verdict: 'bad', what })
