// `create` of the scripted borg, by behaviour. Each gives the exit code; an archive is made unless the behaviour says otherwise.
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { committed, fail, progress, say, tell, warn, write } from './fake-borg-words.mjs'

const hangMsMax = 120_000
const files = 3

export const create = async (behaviour, repository, { archive, comment, paths }) => {
  if (!repository.lock())
    return fail({ msgid: 'LockTimeout', message: `Failed to create/acquire the lock ${repository.identity.location} (timeout).` })
  listen(behaviour, repository)
  const act = acts[behaviour.kind]
  const code = (await act?.(behaviour, paths)) ?? 0
  if (code < 2 || behaviour.archiveMade === true) {
    const made = repository.add({ name: archive, comment, files })
    committed()
    if (code < 2) tell({ archive: made, repository: repository.identity })
  }
  repository.breakLock()
  return code
}

/** Borg's own manners: SIGINT saves a checkpoint and ends with 2, SIGTERM ends with 143. */
const listen = ({ kind, runOn }, repository) => {
  const end = (message, exitCode) => {
    repository.breakLock()
    process.exit(fail({ ...message, exitCode }))
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      if (kind === 'ignore-signals') return
      if (signal !== 'SIGINT')
        return end({ msgid: `Signal.${signal}`, message: `terminated by ${signal}` }, signal === 'SIGTERM' ? 143 : 129)
      committed()
      if (runOn !== true) end({ message: 'Got Ctrl-C / SIGINT.' }, 2)
    })
}

const acts = {
  succeed: async (_, [path = '']) => progress(files, path),
  warn: async ({ message = 'source/file: file changed while we backed it up', msgid }) => {
    warn({ message, msgid })
    return 1
  },
  fail: async (failure) => fail(failure),
  hang: async () => {
    progress(1, 'a/large/file')
    await sleep(hangMsMax)
  },
  'ignore-signals': async () => {
    progress(1, 'a/large/file')
    await sleep(hangMsMax)
  },
  flood: async ({ linesPerSecond, seconds, progress: asProgress, lineBytes = 0 }) => {
    const startMs = performance.now()
    const total = linesPerSecond * seconds
    for (let said = 0; said < total; await sleep(20)) {
      const due = Math.min(total, Math.ceil(((performance.now() - startMs) / 1000) * linesPerSecond))
      for (; said < due; said += 1) asProgress ? progress(said, `file/${said}`) : say(floodLine(said, lineBytes))
    }
  },
  slow: async ({ lines, everyMs, untilFile }) => {
    for (let line = 1; line <= lines; line += 1) {
      say({ type: 'log_message', levelname: 'INFO', name: 'borg.archiver', message: `step ${line} of ${lines}` })
      progress(line, `file/${line}`)
      await sleep(everyMs)
    }
    const endMs = performance.now() + hangMsMax
    while (untilFile !== undefined && !existsSync(untilFile) && performance.now() < endMs) await sleep(10)
  },
  'half-lines': async () => {
    const line = `${JSON.stringify({ type: 'log_message', levelname: 'WARNING', name: 'borg.archiver', message: 'a line in pieces: ü€😀', time: 1 })}\n`
    const bytes = Buffer.from(line)
    for (const [from, to] of [
      [0, 20],
      [20, bytes.length - 8],
      [bytes.length - 8, bytes.length],
    ]) {
      write(2, bytes.subarray(from, to))
      await sleep(30)
    }
    return 1
  },
  'bad-json': async () => {
    for (const line of badLines) write(2, Buffer.concat([line, Buffer.from('\n')]))
  },
}

const floodLine = (index, lineBytes) => ({
  type: 'log_message',
  levelname: 'INFO',
  name: 'borg.archiver',
  message: `line ${index} of a flood`.padEnd(lineBytes, '.'),
})

const badLines = [
  Buffer.from('{"type": "log_message", "message": "cut in the mid'),
  Buffer.from([0x22, 0xff, 0xfe, 0x00, 0x22]),
  Buffer.alloc(1024 * 1024, 'x'),
  Buffer.from('{"type": "something_new", "value": 1}'),
  Buffer.from('[1, 2]'),
  Buffer.from('null'),
  Buffer.from('{"type": "log_message", "levelname": 7, "message": null}'),
  Buffer.from('Enter passphrase: {"type": "log_message", "levelname": "WARNING", "name": "borg.archiver", "message": "glued", "time": 1}'),
  Buffer.from(`${'{"a":'.repeat(100_000)}`),
]
