/**
 * Does a run still live? The kernel answers through the run's lock, for any pid namespace; the process table is asked as well.
 */
import { execFile } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import type { RunTraces } from '@borgledger/domain'
import type { RunDir } from '../run-dir.js'
import { currentBootId, readIdentity, type Sight, sightOf } from './identity.js'

/** `unknown`: there is no lock file, or no `flock` to ask with. The probe shares the lock, so that probes never see each other. */
const probeLock = (lock: string): Promise<'held' | 'free' | 'unknown'> =>
  new Promise((resolve) => {
    if (!existsSync(lock)) return resolve('unknown')
    execFile('flock', ['--shared', '--nonblock', lock, 'true'], (error) => {
      if (error === null) return resolve('free')
      resolve(error.code === 1 ? 'held' : 'unknown')
    })
  })

const startedInAnotherBoot = (run: RunDir): boolean => {
  const bootId = currentBootId()
  try {
    return bootId !== null && readFileSync(run.started, 'utf8').trim() !== bootId
  } catch {
    return false
  }
}

/** Only ever `gone` when the kernel or the process table says so. */
export const livenessOf = async (run: RunDir): Promise<Sight> => {
  if (startedInAnotherBoot(run)) return 'gone'
  const process = readIdentity(run.pid)
  const sight = process === null ? 'unknown' : sightOf(process)
  if (sight === 'alive') return 'alive'
  const lock = await probeLock(run.lock)
  if (lock === 'unknown') return existsSync(run.started) ? sight : 'gone'
  return lock === 'held' ? 'alive' : 'gone'
}

export const tracesOf = async (run: RunDir): Promise<RunTraces> => {
  if (existsSync(run.exit)) return { report: 'ended', liveness: 'gone' }
  const liveness = await livenessOf(run)
  if (existsSync(run.exit)) return { report: 'ended', liveness: 'gone' }
  return { report: existsSync(run.started) || liveness === 'alive' ? 'none' : 'never', liveness }
}
