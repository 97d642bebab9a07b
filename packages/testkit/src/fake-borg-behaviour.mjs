// How the scripted borg behaves while a command is at work. Each gives the exit code, or nothing for 0.
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { tell as answerWith, committed, fail, percent, progress, say, warn, write } from './fake-borg-words.mjs'

const hangMsMax = 120_000
export const files = 3

/** The msgid under which a command tells its percentage; `create` tells sizes instead. */
const phases = {
  extract: 'extract',
  check: 'repository.check',
  compact: 'repository.compact_segments',
  prune: 'prune',
  delete: 'archive.delete',
}

/** `effect`: what the command does, once. It is left out when the behaviour fails, unless it says that it took effect. */
export const perform = async (behaviour, { command, repository, path = '', effect }) => {
  listen(behaviour, repository, command)
  const tookEffect = behaviour.archiveMade === true || behaviour.tookEffect === true
  const tell = command === 'create' ? progress : (done) => percent(phases[command], done, Math.max(10, done))
  const done = tookEffect ? await effect() : null
  const code = (await acts[behaviour.kind]?.(behaviour, { path, tell })) ?? 0
  const { code: own = 0, answer } = done ?? (code < 2 ? await effect() : null) ?? {}
  if (answer !== undefined && Math.max(code, own) < 2) answerWith(answer)
  return Math.max(code, own)
}

/** Borg's own manners: SIGINT is heeded by `create` alone, which saves a checkpoint and ends with 2; SIGTERM ends with 143. */
const listen = ({ kind, runOn, leavesLock }, repository, command) => {
  const end = (message, exitCode) => {
    if (leavesLock !== true) repository.breakLock()
    process.exit(fail({ ...message, exitCode }))
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => {
      if (kind === 'ignore-signals') return
      if (signal !== 'SIGINT')
        return end({ msgid: `Signal.${signal}`, message: `terminated by ${signal}` }, signal === 'SIGTERM' ? 143 : 129)
      if (command !== 'create') return
      committed()
      if (runOn !== true) end({ message: 'Got Ctrl-C / SIGINT.' }, 2)
    })
}

const acts = {
  succeed: async (_, { path, tell }) => tell(files, path),
  warn: async ({ message = 'source/file: file changed while we backed it up', msgid }) => {
    warn({ message, msgid })
    return 1
  },
  fail: async (failure) => fail(failure),
  hang: async (_, { tell }) => {
    tell(1, 'a/large/file')
    await sleep(hangMsMax)
  },
  'ignore-signals': async (_, { tell }) => {
    tell(1, 'a/large/file')
    await sleep(hangMsMax)
  },
  flood: async ({ linesPerSecond, seconds, progress: asProgress, lineBytes = 0, untilFile }, { tell }) => {
    const startMs = performance.now()
    const total = linesPerSecond * seconds
    const mayEnd = released(untilFile)
    for (let said = 0; said < total || !mayEnd(); await sleep(20)) {
      const dueByNow = Math.ceil(((performance.now() - startMs) / 1000) * linesPerSecond)
      const due = untilFile === undefined ? Math.min(total, dueByNow) : dueByNow
      for (; said < due; said += 1) asProgress ? tell(said, `file/${said}`) : say(floodLine(said, lineBytes))
    }
  },
  slow: async ({ lines, everyMs, untilFile }, { tell }) => {
    for (let line = 1; line <= lines; line += 1) {
      say({ type: 'log_message', levelname: 'INFO', name: 'borg.archiver', message: `step ${line} of ${lines}` })
      tell(line, `file/${line}`)
      await sleep(everyMs)
    }
    for (const mayEnd = released(untilFile); !mayEnd(); ) await sleep(10)
  },
  problems: async ({ count = 1 }) => {
    for (let index = 0; index < count; index += 1)
      fail({ message: `Data integrity error: Segment entry checksum mismatch [segment ${index}, offset 8]` })
    fail({ message: 'Finished full repository check, errors found.' })
    return 1
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

/** Whether nothing keeps it from ending: no file is waited for, it is there, or it was waited for in vain. */
const released = (file) => {
  const endMs = performance.now() + hangMsMax
  return () => file === undefined || existsSync(file) || performance.now() >= endMs
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
