/** Starts a child process that appends to a log, and hears what was acknowledged. */
import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { Acknowledged, Appender, AppenderPlan } from '@borgledger/eventstore/conformance'

const child = fileURLToPath(new URL('child.ts', import.meta.url))

export const spawnAppender = (file: string, plan: AppenderPlan): Appender => {
  const forked = fork(child, [file, JSON.stringify(plan)])
  const acknowledged: Acknowledged[] = []
  const waiting = new Set<() => void>()
  let ended = false
  const wake = (): void => {
    for (const check of [...waiting]) check()
  }
  forked.on('message', (message: Acknowledged) => {
    acknowledged.push(message)
    wake()
  })
  const exited = new Promise<number | null>((resolve) => {
    // After the last message, unlike `exit`.
    forked.on('close', (code) => {
      ended = true
      wake()
      resolve(code)
    })
  })
  return {
    acknowledged,
    exited,
    kill: (signal) => {
      forked.kill(signal)
    },
    reached: (count) =>
      new Promise((resolve, reject) => {
        const check = (): void => {
          if (acknowledged.length < count && !ended) return
          waiting.delete(check)
          if (acknowledged.length >= count) resolve()
          else reject(new Error(`the appender ended after ${acknowledged.length} of ${count} acknowledgements`))
        }
        waiting.add(check)
        check()
      }),
  }
}
