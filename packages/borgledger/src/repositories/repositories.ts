/** Registering repositories, changing and removing them. The borg repository itself is touched only to make it, when asked to. */
import type { Repository, RepositoryAccess } from '@borgledger/domain'
import type { Engine, Ids, ReadModels, Runner, RunnerProblem, Submission } from '@borgledger/engine'
import * as E from 'fp-ts/lib/Either.js'
import { type Caller, keyUseOf } from '../caller.js'
import type { KeysInUse } from '../keys-in-use.js'
import { fromSubmitError } from '../ledger-error.js'
import { failure, invalidBody, ok, type Result } from '../result.js'
import { decodeRepositoryBody, decodeRepositoryPatch, type RepositoryBody } from './repository-body.js'

export interface RepositoriesDeps {
  readonly engine: Engine
  readonly readModels: ReadModels
  readonly runner: Runner
  readonly ids: Ids
  readonly keys: KeysInUse
}

export interface Repositories {
  /** Codes: `invalid-body`, `id-taken`, `repository-already-registered`; with `create` also what kept borg from making it. */
  readonly add: (body: unknown, caller: Caller) => Promise<Result<Repository>>
  readonly change: (repositoryId: string, patch: unknown, caller: Caller) => Promise<Result<Repository>>
  readonly remove: (repositoryId: string, caller: Caller) => Promise<Result<void>>
  readonly get: (repositoryId: string) => Promise<Result<Repository>>
  readonly list: () => Promise<ReadonlyArray<Repository>>
}

export const createRepositories = (deps: RepositoriesDeps): Repositories => ({
  add: (body, caller) => deps.keys.hold(caller, () => add(deps, body, caller)),
  change: (repositoryId, patch, caller) => change(deps, repositoryId, patch, caller),
  remove: async (repositoryId, caller) => {
    const submitted = await submit(deps, { command: { type: 'RemoveRepository', repositoryId }, actor: caller.actor })
    return submitted.ok ? ok(undefined) : submitted
  },
  get: (repositoryId) => recordOf(deps, repositoryId),
  list: async () => {
    await deps.engine.projector.reached(deps.engine.state().position)
    return deps.readModels.repositories()
  },
})

const add = async (deps: RepositoriesDeps, body: unknown, caller: Caller): Promise<Result<Repository>> => {
  const decoded = decodeRepositoryBody(body)
  if (E.isLeft(decoded)) return failure(invalidBody(decoded.left))
  const { id: repositoryId = `repo-${deps.ids.fresh()}`, name, create, ...rest } = decoded.right
  const access = accessOf(rest)
  const taken = deps.engine.state().repositories.get(repositoryId)
  if (taken !== undefined && taken.access.location !== access.location) {
    return failure({ code: 'id-taken', message: `the id ${repositoryId} is taken` })
  }
  const seen = await look(deps.runner, access, create?.encryption)
  if (!seen.ok) return seen
  const command = { type: 'RegisterRepository', repositoryId, name, access, ...seen.value } as const
  const submitted = await submit(deps, { command, actor: caller.actor, ...keyUseOf(caller, 'repository', body, repositoryId) })
  return submitted.ok ? recordOf(deps, submitted.value ?? repositoryId) : submitted
}

/** A repository that cannot be seen now (a disk that is not mounted, a server that is down) is registered all the same; one to be made must be. */
const look = async (
  runner: Runner,
  access: RepositoryAccess,
  encryption: string | undefined,
): Promise<Result<{ readonly borgId: string | null; readonly created: boolean }>> => {
  const there = await runner.identify(access)()
  if (E.isRight(there)) return ok({ borgId: there.right.borgId, created: false })
  if (encryption === undefined) return ok({ borgId: null, created: false })
  const made = await runner.create(access, encryption)()
  return E.isLeft(made) ? failure(sayProblem(made.left)) : ok({ borgId: made.right.borgId, created: true })
}

const sayProblem = ({ code, message }: RunnerProblem) => ({ code, message })

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

const accessOf = ({ location, passphrase, borg }: Omit<RepositoryBody, 'name'>): RepositoryAccess => ({
  location,
  passphrase: passphrase ?? null,
  executable: borg?.executable ?? null,
})

/** The id that the same key made before, or null. */
const submit = async ({ engine }: RepositoriesDeps, submission: Submission): Promise<Result<string | null>> => {
  const submitted = await engine.submit(submission)()
  return E.isLeft(submitted) ? failure(fromSubmitError(submitted.left)) : ok(submitted.right.madeBefore)
}

const recordOf = async ({ engine, readModels }: RepositoriesDeps, repositoryId: string): Promise<Result<Repository>> => {
  await engine.projector.reached(engine.state().position)
  const found = await readModels.repository(repositoryId)()
  return found === null ? notFound(repositoryId) : ok(found)
}

const notFound = (repositoryId: string): Result<never> =>
  failure({ code: 'repository-not-found', message: `there is no repository ${repositoryId}` })
