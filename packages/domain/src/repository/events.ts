/**
 * What can happen to a registered repository. The id is its identity; name and location are attributes that may change.
 */
import * as t from 'io-ts'
import { Id, nullable, oneOf, someOf, Text } from '../codec/index.js'

/** Where a passphrase comes from. A reference, never the secret. */
export const SecretRef = oneOf('a reference to a secret', [
  t.readonly(t.strict({ env: Text })),
  t.readonly(t.strict({ file: Text })),
  t.readonly(t.strict({ command: someOf(Text, 'a command with its arguments') })),
  t.readonly(t.strict({ secret: Id })),
])
export type SecretRef = t.TypeOf<typeof SecretRef>

/** How borg reaches a repository. `executable` null: the borg on the host's path. */
export const RepositoryAccess = t.readonly(t.type({ location: Text, passphrase: nullable(SecretRef), executable: nullable(Text) }))
export type RepositoryAccess = t.TypeOf<typeof RepositoryAccess>

/** An archive as a list of the repository shows it. `at`: when it was begun, RFC 3339 UTC. */
export const ArchiveListed = t.readonly(t.type({ name: Text, id: Text, at: Text, comment: t.string }))
export type ArchiveListed = t.TypeOf<typeof ArchiveListed>

const change = { added: t.readonlyArray(ArchiveListed), removed: t.readonlyArray(Text) }
/** What is new or different in a list of archives, and the names that are gone: far less to keep than the list. */
export const ArchivesChange = t.readonly(t.type(change))
export type ArchivesChange = t.TypeOf<typeof ArchivesChange>

const event = <N extends string, P extends t.Props>(name: N, props: P) =>
  t.readonly(t.type({ type: t.literal(name), repositoryId: Id, ...props }), name)

export const repositoryEvents = [
  /** `created`: the borg repository was made for this registration. */
  event('RepositoryRegistered', {
    name: Text,
    access: RepositoryAccess,
    remote: t.boolean,
    borgId: nullable(t.string),
    created: t.boolean,
  }),
  /** Borg's own id became known, or another repository stands at the location now. */
  event('RepositoryIdentified', { borgId: t.string }),
  event('RepositoryChanged', { name: Text, access: RepositoryAccess, remote: t.boolean }),
  event('RepositoryRemoved', {}),
  /** All archives were listed; the event tells how that differs from what was recorded of them before. */
  event('ArchivesListed', change),
] as const

export const RepositoryEvent = t.union([...repositoryEvents])
export type RepositoryEvent = t.TypeOf<typeof RepositoryEvent>
