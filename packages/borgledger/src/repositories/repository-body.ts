/** What is sent to register or change a repository, or to break its lock. Closed: an unknown field is refused. */
import { closed, decodeWith, Id, isRemote, type Problem, SecretRef, Text } from '@borgledger/domain'
import * as E from 'fp-ts/lib/Either.js'
import * as t from 'io-ts'

const Create = closed('how to make the repository', { encryption: Text }, {})
const Borg = closed('which borg to run', {}, { executable: Text })

export const RepositoryBody = closed(
  'a repository',
  { name: Text, location: Text },
  { id: Id, passphrase: t.union([SecretRef, t.null]), create: Create, borg: Borg },
)
export type RepositoryBody = t.TypeOf<typeof RepositoryBody>

export const RepositoryPatch = closed(
  'changes of a repository',
  {},
  { name: Text, location: Text, passphrase: t.union([SecretRef, t.null]), borg: Borg },
)
export type RepositoryPatch = t.TypeOf<typeof RepositoryPatch>

export const decodeRepositoryBody = (body: unknown): E.Either<ReadonlyArray<Problem>, RepositoryBody> => {
  const decoded = decodeWith(RepositoryBody, body)
  if (E.isLeft(decoded)) return decoded
  const { location, passphrase, create } = decoded.right
  const problems = locationProblems(location)
  if (create !== undefined && create.encryption !== 'none' && (passphrase ?? null) === null) {
    problems.push({ path: 'passphrase', message: `expected a reference to a passphrase for encryption ${create.encryption}, got nothing` })
  }
  return problems.length > 0 ? E.left(problems) : decoded
}

export const LockBody = closed('why the lock is to be broken', { reason: Text }, {})

export const decodeLockBody = (body: unknown): E.Either<ReadonlyArray<Problem>, t.TypeOf<typeof LockBody>> => decodeWith(LockBody, body)

export const decodeRepositoryPatch = (body: unknown): E.Either<ReadonlyArray<Problem>, RepositoryPatch> => {
  const decoded = decodeWith(RepositoryPatch, body)
  if (E.isLeft(decoded) || decoded.right.location === undefined) return decoded
  const problems = locationProblems(decoded.right.location)
  return problems.length > 0 ? E.left(problems) : decoded
}

const locationProblems = (location: string): Problem[] => {
  if (isRemote(location) || location.startsWith('/')) return []
  return [{ path: 'location', message: `expected an absolute path, ssh://… or host:path, got ${JSON.stringify(location)}` }]
}
