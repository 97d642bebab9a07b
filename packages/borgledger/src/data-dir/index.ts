/** The data directory and its one owner. */
export { type Layout, layoutOf } from './layout.js'
export { type OwnerIdentity, type OwnerLock, ownerOf, takeOwnership } from './owner-lock.js'
export { type DataDir, prepareDataDir } from './prepare.js'
