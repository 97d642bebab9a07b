/**
 * How the command line reaches a ledger. It always speaks the HTTP API: over a socket to the owner of the data directory, or, where there is
 * none, to the same application in this process, which is the owner meanwhile.
 */
export interface Transport {
  /** `path` below `/api/v1`. Rejects with `CommandFailed` when there is nobody at the other end. */
  readonly send: (path: string, init?: RequestInit) => Promise<Response>
  /** Waits for the running jobs of a ledger in this process. */
  readonly close: () => Promise<void>
}

export const withToken = (init: RequestInit | undefined, token: string): RequestInit => ({
  ...init,
  headers: { ...(init?.headers as Record<string, string> | undefined), Authorization: `Bearer ${token}` },
})
