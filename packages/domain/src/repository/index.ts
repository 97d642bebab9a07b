/** Repositories: where borg keeps archives, and how it gets there. */
export { RepositoryCommand, type RepositoryCommandOf, repositoryCommands } from './commands.js'
export { decideRepository } from './decide.js'
export { ArchiveListed, ArchivesChange, RepositoryAccess, RepositoryEvent, repositoryEvents, SecretRef } from './events.js'
export { isRemote } from './location.js'
export { claimKeysOf, evolveRepositories, locationKeyOf, type RepositoryState } from './state.js'
