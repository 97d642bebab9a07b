/** Where to listen, written `host:port` or `[v6 address]:port`; port 0 lets the system choose one. */
import * as t from 'io-ts'

export interface ListenAddress {
  readonly host: string
  readonly port: number
}

const shape = /^(?:\[([0-9a-fA-F:.]+)\]|([A-Za-z0-9._-]+)):(\d{1,5})$/

const parse = (text: string): ListenAddress | null => {
  const [, v6, name, digits] = shape.exec(text) ?? []
  const [host, port] = [v6 ?? name, Number(digits)]
  return host === undefined || port > 65_535 ? null : { host, port }
}

export const ListenAddress = new t.Type<ListenAddress, string, unknown>(
  'an address such as 127.0.0.1:8787',
  (input): input is ListenAddress => typeof input === 'object' && input !== null && 'host' in input && 'port' in input,
  (input, context) => {
    const address = typeof input === 'string' ? parse(input) : null
    return address === null ? t.failure(input, context) : t.success(address)
  },
  ({ host, port }) => `${hostInUrl(host)}:${port}`,
)

/** An IPv6 address stands in brackets in a URL. */
export const hostInUrl = (host: string): string => (host.includes(':') ? `[${host}]` : host)
