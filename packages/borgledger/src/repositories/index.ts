/** Repositories at the library's door. */
export { createRepositories, type Repositories } from './repositories.js'
export { LockBody, RepositoryBody, RepositoryPatch } from './repository-body.js'
