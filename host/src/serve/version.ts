/** Name and version of this program, as they stand in its package. */
import { createRequire } from 'node:module'

// By its own name, so that it is found from the source and from what was built.
const { version } = createRequire(import.meta.url)('@borgledger/host/package.json') as { readonly version: string }

export const hostVersion = version
