/** Registering a repository: it is met under a claim, made if asked to, and its archives are listed. */
import type { RepositoryAccess } from '@borgledger/domain'
import type { Engine, Ids, Met } from '@borgledger/engine'
import * as E from 'fp-ts/lib/Either.js'
import { type Caller, keyUseOf } from '../caller.js'
import { fromSubmitError } from '../ledger-error.js'
import { failure, invalidBody, ok, type Result } from '../result.js'
import { decodeRepositoryBody, type RepositoryBody } from './repository-body.js'

export interface Registering {
  readonly engine: Engine
  readonly ids: Ids
}

/** Its id, or the one that was made before under the same key. */
export const register = async ({ engine, ids }: Registering, body: unknown, caller: Caller): Promise<Result<string>> => {
  const decoded = decodeRepositoryBody(body)
  if (E.isLeft(decoded)) return failure(invalidBody(decoded.left))
  const { id: repositoryId = `repo-${ids.fresh()}`, name, create, ...rest } = decoded.right
  const { actor } = caller
  const access = accessOf(rest)
  const known = engine.state().repositories
  const taken = known.get(repositoryId)
  if (taken !== undefined && taken.access.location !== access.location) {
    return failure({ code: 'id-taken', message: `the id ${repositoryId} is taken` })
  }
  const record = async ({ borgId, created }: Pick<Met, 'borgId' | 'created'>): Promise<Result<string>> => {
    const command = { type: 'RegisterRepository', repositoryId, name, access, borgId, created } as const
    const submitted = await engine.submit({ command, actor, ...keyUseOf(caller, 'repository', body, repositoryId) })()
    return E.isLeft(submitted) ? failure(fromSubmitError(submitted.left)) : ok(submitted.right.madeBefore ?? repositoryId)
  }
  // It is refused, or was made before under the same key: either way there is nothing to look at.
  if ([...known.values()].some((other) => other.access.location === access.location)) return record({ borgId: null, created: false })
  const met = await engine.calls.meet({ access, encryption: create?.encryption ?? null, actor }, record)
  if (E.isLeft(met)) return failure(fromSubmitError(met.left))
  return E.isLeft(met.right) ? failure({ code: met.right.left.code, message: met.right.left.message }) : met.right.right
}

const accessOf = ({ location, passphrase, borg }: Omit<RepositoryBody, 'name'>): RepositoryAccess => ({
  location,
  passphrase: passphrase ?? null,
  executable: borg?.executable ?? null,
})
