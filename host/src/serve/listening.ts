/** A server on a port: how it begins, and how it ends although streams are open. */
import type { Server } from 'node:http'
import { serve } from '@hono/node-server'
import type { App } from '../http/app.js'
import type { OpenStreams } from '../http/open-streams.js'
import { hostInUrl, type ListenAddress } from '../settings/listen-address.js'

export interface Listening {
  /** With the port that was really taken. */
  readonly url: string
  /** Accepts nothing more, ends the streams, lets requests under way be answered (`graceMs` at most) and cuts off the rest. */
  readonly close: (graceMs: number) => Promise<void>
}

/** Rejects when the address cannot be listened on. */
export const listen = ({ host, port }: ListenAddress, app: App, streams: OpenStreams): Promise<Listening> =>
  new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, hostname: host, port }, (address) => {
      server.off('error', reject)
      resolve({ url: `http://${hostInUrl(host)}:${address.port}`, close: (graceMs) => closeServer(server as Server, streams, graceMs) })
    })
    server.once('error', reject)
  })

const closeServer = async (server: Server, streams: OpenStreams, graceMs: number): Promise<void> => {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()))
  streams.endAll()
  server.closeIdleConnections()
  const timer = setTimeout(() => server.closeAllConnections(), graceMs)
  await closed
  clearTimeout(timer)
}
