import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { isRemote } from './location.js'

test('what borg reaches by ssh is remote', () => {
  for (const location of ['ssh://anna@host:22/backups', 'ssh://host/./backups', 'anna@host:backups', 'host:/backups', 'host:backups'])
    assert.ok(isRemote(location), location)
})

test('everything else is a path on this machine', () => {
  for (const location of ['/backups', './a:b', '../a:b', 'file:///backups', '/backups/with:colon', 'backups', 'dir/a:b'])
    assert.not(isRemote(location), location)
})

test.run()
