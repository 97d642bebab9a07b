/**
 * What can be asked about repositories. `borgId` is what was seen of the repository before; null when it could not be seen.
 */
import * as t from 'io-ts'
import { Id, nullable, Text } from '../codec/index.js'
import { RepositoryAccess } from './events.js'

const command = <N extends string, P extends t.Props>(name: N, props: P) =>
  t.readonly(t.type({ type: t.literal(name), repositoryId: Id, ...props }), name)

export const repositoryCommands = [
  command('RegisterRepository', { name: Text, access: RepositoryAccess, borgId: nullable(t.string), created: t.boolean }),
  command('ChangeRepository', { name: Text, access: RepositoryAccess }),
  command('RemoveRepository', {}),
] as const

export const RepositoryCommand = t.union([...repositoryCommands])
export type RepositoryCommand = t.TypeOf<typeof RepositoryCommand>
export type RepositoryCommandOf<T extends RepositoryCommand['type']> = Extract<RepositoryCommand, { readonly type: T }>
