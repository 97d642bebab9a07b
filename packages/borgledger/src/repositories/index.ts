/** Repositories at the library's door. */
export { createRepositories, type Repositories } from './repositories.js'
export type { RepositoryBody, RepositoryPatch } from './repository-body.js'
