/** The script, style and icon of the web page: plain files beside the sources, read once at the start. Served from here, never from elsewhere. */
import { readdirSync, readFileSync } from 'node:fs'
import { extname } from 'node:path'

export interface Asset {
  readonly type: string
  readonly text: string
}

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml; charset=utf-8',
}

/** Found by the package's own name, so that source and build find the same files. */
export const loadAssets = (): ReadonlyMap<string, Asset> => {
  const folder = new URL('assets/', import.meta.resolve('@borgledger/host/package.json'))
  const names = readdirSync(folder).filter((name) => extname(name) in types)
  return new Map(names.map((name) => [name, { type: types[extname(name)] ?? '', text: readFileSync(new URL(name, folder), 'utf8') }]))
}
