import { given, ownerReady } from '@borgledger/testkit'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { decodeWith } from '../codec/index.js'
import { defaultSettings, Settings, SettingsPatch } from './index.js'

test('only what really changes is recorded', () => {
  given(ownerReady())
    .when({ type: 'ChangeSettings', changes: { logRetentionDays: 7, maxConcurrentManualBackups: 1, allowedDestinations: [] } })
    .thenExactly({ type: 'SettingsChanged', changes: { logRetentionDays: 7 } })
})

test('a change that changes nothing is already so', () => {
  given().when({ type: 'ChangeSettings', changes: {} }).thenNothing()
  given()
    .when({ type: 'ChangeSettings', changes: { ...defaultSettings } })
    .thenNothing()
  given({ type: 'SettingsChanged', changes: { allowedPackages: ['rclone'] } })
    .when({ type: 'ChangeSettings', changes: { allowedPackages: ['rclone'] } })
    .thenNothing()
})

test('the defaults are settings, and the limits are those of the specification', () => {
  assert.ok(Settings.is(defaultSettings))
  const { maxConcurrentManualBackups, maxConcurrentScheduledBackups, maxConcurrentScheduledChecks } = defaultSettings
  assert.equal([maxConcurrentManualBackups, maxConcurrentScheduledBackups, maxConcurrentScheduledChecks], [1, 2, 4])
  assert.is(defaultSettings.staleCheckAfterMs, 900_000)
})

test('an unknown setting and a wrong value are named', () => {
  const decoded = decodeWith(SettingsPatch, { maxConcurrentManualBackups: -1, staleCheckAfterMs: 0.5, recovery: 'maybe', colour: 'red' })
  assert.ok(E.isLeft(decoded))
  assert.equal(decoded.left, [
    { path: 'maxConcurrentManualBackups', message: 'expected a whole number from 0, got -1' },
    { path: 'staleCheckAfterMs', message: 'expected a whole number from 0, got 0.5' },
    { path: 'recovery', message: 'expected "fail" | "adopt", got "maybe"' },
    { path: 'colour', message: 'expected no such field, got "red"' },
  ])
})

test.run()
