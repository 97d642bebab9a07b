/** A fact with its circumstances: when it was recorded, by whom it was caused, and where it stands in the log. */
export interface Recorded<E> {
  readonly position: number
  /** RFC 3339 in UTC with milliseconds. */
  readonly at: string
  /** Such as `user:anna` or `system:dispatcher`. */
  readonly actor: string
  readonly event: E
}
