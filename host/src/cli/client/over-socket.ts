/** To a ledger that another process serves. */
import { CommandFailed } from '../terminal.js'
import { type Transport, withToken } from './transport.js'

export const overSocket = ({ url, token }: { readonly url: string; readonly token: string }): Transport => ({
  send: async (path, init) => {
    try {
      return await fetch(`${url}/api/v1${path}`, withToken(init, token))
    } catch (cause) {
      throw new CommandFailed(`the ledger at ${url} cannot be reached: ${sayCause(cause as Error)}`)
    }
  },
  close: async () => undefined,
})

/** Fetch says only that it failed; what it failed of stands in its cause. */
const sayCause = ({ message, cause }: Error): string => (cause instanceof Error ? cause.message || message : message)
