/** A sample of every event about a registered repository, with every kind of reference to its passphrase. */
import type { EventOf } from '@borgledger/domain'
import { repositoryRegistered } from './facts.js'

type RepositoryEventType = 'RepositoryRegistered' | 'RepositoryIdentified' | 'RepositoryChanged' | 'RepositoryRemoved'

const access = (passphrase: EventOf<'RepositoryChanged'>['access']['passphrase']) => ({
  location: '/b',
  passphrase,
  executable: '/usr/bin/borg',
})

export const everyRepositoryEvent: { readonly [T in RepositoryEventType]: readonly [EventOf<T>, ...ReadonlyArray<EventOf<T>>] } = {
  RepositoryRegistered: [
    repositoryRegistered(),
    repositoryRegistered('desk', {
      access: { location: 'u@h:b', passphrase: { env: 'PASS' }, executable: null },
      remote: true,
      created: true,
    }),
  ],
  RepositoryIdentified: [{ type: 'RepositoryIdentified', repositoryId: 'laptop', borgId: 'b'.repeat(64) }],
  RepositoryChanged: [
    { type: 'RepositoryChanged', repositoryId: 'laptop', name: 'L', access: access({ file: '/run/pass' }), remote: false },
    { type: 'RepositoryChanged', repositoryId: 'laptop', name: 'L', access: access({ command: ['pass', 'show', 'x'] }), remote: false },
    { type: 'RepositoryChanged', repositoryId: 'laptop', name: 'L', access: access({ secret: 'laptop' }), remote: false },
  ],
  RepositoryRemoved: [{ type: 'RepositoryRemoved', repositoryId: 'laptop' }],
}
