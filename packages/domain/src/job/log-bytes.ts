/**
 * The size of a job's log as far as it is known: 0 from when a run begins one, then what each run's end tells. So the log of a job whose end
 * nobody saw is known to be there.
 */

/** A run has begun, and with it a log. */
export const logBegun = (known: number | null): number => known ?? 0

/** `told`: by the end of a run; null when it left none. What earlier runs left is there then, what was merely begun is not. */
export const logTold = (told: number | null, known: number | null): number | null => told ?? (known === 0 ? null : known)
