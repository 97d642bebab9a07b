/**
 * Climbs a stop ladder. Before every signal the process must still be the one that was started; a rung's wait ends early when it is gone.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { ProcessIdentity, SignalRung } from '@borgledger/domain'
import type { StopRung } from '@borgledger/engine'
import { sightOf } from './identity.js'

export interface Climb {
  readonly process: ProcessIdentity
  readonly ladder: ReadonlyArray<StopRung>
  /** How many rungs of the whole ladder were climbed before. */
  readonly climbed: number
  /** How often borg has saved a checkpoint so far. */
  readonly commits: () => number
  readonly signalled: (rung: SignalRung) => void
  /** Aborted when the run is given up, or over: nothing is signalled any more. */
  readonly abandoned: AbortSignal
}

const lookMs = 50

/** Ends when the process is gone, or every rung was climbed and waited for. */
export const climb = async ({ process, ladder, climbed, commits, signalled, abandoned }: Climb): Promise<void> => {
  for (const [index, rung] of ladder.entries()) {
    if (index < climbed) continue
    if (abandoned.aborted || sightOf(process) !== 'alive') return
    const commitsBefore = commits()
    if (!send(process.pid, rung)) return
    signalled({ rung: index + 1, signal: rung.signal, target: rung.target })
    const enough = () => rung.untilCheckpoint && commits() > commitsBefore
    await waitWhile(() => !abandoned.aborted && sightOf(process) === 'alive' && !enough(), rung.waitMsMax)
  }
}

/** False when there is nobody to signal. */
const send = (pid: number, { signal, target }: StopRung): boolean => {
  try {
    return globalThis.process.kill(target === 'group' ? -pid : pid, signal)
  } catch {
    return false
  }
}

const waitWhile = async (holds: () => boolean, msMax: number): Promise<void> => {
  const endAtMs = performance.now() + msMax
  while (holds() && performance.now() < endAtMs) await sleep(lookMs)
}
