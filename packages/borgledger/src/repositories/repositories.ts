/**
 * Repositories, with their archives and their lock. The borg repository itself is touched under a claim only: to meet it, to list its archives
 * when asked to, to break its lock.
 */
import type { ArchiveList, Repository } from '@borgledger/domain'
import type { Engine, Ids, LockBroken, ReadModels, Submission } from '@borgledger/engine'
import * as E from 'fp-ts/lib/Either.js'
import type { Caller } from '../caller.js'
import type { KeysInUse } from '../keys-in-use.js'
import { fromSubmitError } from '../ledger-error.js'
import { failure, invalidBody, ok, type Result } from '../result.js'
import { register } from './register.js'
import { decodeLockBody, decodeRepositoryPatch } from './repository-body.js'

export interface RepositoriesDeps {
  readonly engine: Engine
  readonly readModels: ReadModels
  readonly ids: Ids
  readonly keys: KeysInUse
}

export interface Repositories {
  /** Codes: `invalid-body`, `id-taken`, `repository-already-registered`, `repository-busy`; with `create` also what kept borg from making it. */
  readonly add: (body: unknown, caller: Caller) => Promise<Result<Repository>>
  readonly change: (repositoryId: string, patch: unknown, caller: Caller) => Promise<Result<Repository>>
  readonly remove: (repositoryId: string, caller: Caller) => Promise<Result<void>>
  readonly get: (repositoryId: string) => Promise<Result<Repository>>
  readonly list: () => Promise<ReadonlyArray<Repository>>
  readonly archives: (repositoryId: string) => Promise<Result<ArchiveList>>
  readonly refreshArchives: (repositoryId: string, caller: Caller) => Promise<Result<ArchiveList>>
  readonly breakLock: (repositoryId: string, body: unknown, caller: Caller) => Promise<Result<LockBroken>>
}

export const createRepositories = (deps: RepositoriesDeps): Repositories => ({
  add: (body, caller) => deps.keys.hold(caller, () => add(deps, body, caller)),
  change: (repositoryId, patch, caller) => change(deps, repositoryId, patch, caller),
  remove: (repositoryId, caller) => submit(deps, { command: { type: 'RemoveRepository', repositoryId }, actor: caller.actor }),
  get: (repositoryId) => recordOf(deps, repositoryId),
  archives: (repositoryId) => archives(deps, repositoryId),
  refreshArchives: (repositoryId, caller) => refreshArchives(deps, repositoryId, caller),
  breakLock: (repositoryId, body, caller) => breakLock(deps, repositoryId, body, caller),
  list: async () => {
    await deps.engine.projector.reached(deps.engine.state().position)
    return deps.readModels.repositories()
  },
})

const add = async (deps: RepositoriesDeps, body: unknown, caller: Caller): Promise<Result<Repository>> => {
  const registered = await register(deps, body, caller)
  return registered.ok ? recordOf(deps, registered.value) : registered
}

const change = async (deps: RepositoriesDeps, repositoryId: string, patch: unknown, caller: Caller): Promise<Result<Repository>> => {
  const decoded = decodeRepositoryPatch(patch)
  if (E.isLeft(decoded)) return failure(invalidBody(decoded.left))
  const known = deps.engine.state().repositories.get(repositoryId)
  if (known === undefined) return notFound(repositoryId)
  const { name = known.name, location = known.access.location, passphrase = known.access.passphrase, borg } = decoded.right
  const executable = borg === undefined ? known.access.executable : (borg.executable ?? null)
  const command = { type: 'ChangeRepository', repositoryId, name, access: { location, passphrase, executable } } as const
  const submitted = await submit(deps, { command, actor: caller.actor })
  return submitted.ok ? recordOf(deps, repositoryId) : submitted
}

const submit = async ({ engine }: RepositoriesDeps, submission: Submission): Promise<Result<void>> => {
  const submitted = await engine.submit(submission)()
  return E.isLeft(submitted) ? failure(fromSubmitError(submitted.left)) : ok(undefined)
}

const archives = async (deps: RepositoriesDeps, repositoryId: string): Promise<Result<ArchiveList>> => {
  const repository = await recordOf(deps, repositoryId)
  return repository.ok ? ok(await deps.readModels.archives(repositoryId)()) : repository
}

const refreshArchives = async (deps: RepositoriesDeps, repositoryId: string, caller: Caller): Promise<Result<ArchiveList>> => {
  const listed = await deps.engine.calls.list(repositoryId, caller.actor)
  if (E.isLeft(listed)) return failure(fromSubmitError(listed.left))
  if (E.isLeft(listed.right)) return failure({ code: listed.right.left.code, message: listed.right.left.message })
  return archives(deps, repositoryId)
}

const breakLock = async (deps: RepositoriesDeps, repositoryId: string, options: unknown, caller: Caller): Promise<Result<LockBroken>> => {
  const decoded = decodeLockBody(options)
  if (E.isLeft(decoded)) return failure(invalidBody(decoded.left))
  const broken = await deps.engine.calls.breakLock(repositoryId, decoded.right.reason, caller.actor)
  return E.isLeft(broken) ? failure(fromSubmitError(broken.left)) : ok(broken.right)
}

const recordOf = async ({ engine, readModels }: RepositoriesDeps, repositoryId: string): Promise<Result<Repository>> => {
  await engine.projector.reached(engine.state().position)
  const found = await readModels.repository(repositoryId)()
  return found === null ? notFound(repositoryId) : ok(found)
}

const notFound = (repositoryId: string): Result<never> =>
  failure({ code: 'repository-not-found', message: `there is no repository ${repositoryId}` })
