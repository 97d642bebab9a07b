/** From the spool to the job log: whole lines, exactly once, within the log's limit. */
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { runDir } from '../run-dir.js'
import { SpoolFollower } from './follower.js'

let dataDir = ''
test.before.each(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'borg-spool-'))
  mkdirSync(runDir(dataDir, 'run').path, { recursive: true })
})
test.after.each(() => rmSync(dataDir, { recursive: true }))

const follow = (logBytesMax = 1_000_000) =>
  new SpoolFollower(runDir(dataDir, 'run'), {
    dataDir,
    jobId: 'job',
    reading: { program: 'borg', plain: false, phases: [], timeoutMs: null },
    logBytesMax,
  })
const say = (text: string | Buffer): void => appendFileSync(runDir(dataDir, 'run').stderr, text)
const log = (): ReadonlyArray<string> => {
  const text = readFileSync(join(dataDir, 'logs', 'job.log'), 'utf8')
  return text === ''
    ? []
    : text
        .trimEnd()
        .split('\n')
        .map((line) => line.slice(33))
}
const readAll = (follower: ReturnType<typeof follow>): void => {
  while (follower.drain(false)) {}
}

test('half a line waits for its other half', () => {
  const follower = follow()
  say('one\ntw')
  readAll(follower)
  assert.equal(log(), ['one'])
  say('o\n')
  readAll(follower)
  assert.equal(log(), ['one', 'two'])
  follower.close()
})

test('a follower that takes over goes on exactly there, also when its forerunner died between log and tail', () => {
  const first = follow()
  say('one\n')
  readAll(first)
  const tail = readFileSync(runDir(dataDir, 'run').tail)
  say('two\n')
  readAll(first)
  first.close()
  writeFileSync(runDir(dataDir, 'run').tail, tail)
  const second = follow()
  say('three\n')
  readAll(second)
  assert.equal(log(), ['one', 'two', 'three'])
  second.close()
})

test('what a forerunner wrote and did not remember is taken off, also where less is written in its place', () => {
  const first = follow()
  say('one\n')
  readAll(first)
  const tail = readFileSync(runDir(dataDir, 'run').tail)
  first.note('INFO', 'a long note that nobody will remember')
  first.close()
  writeFileSync(runDir(dataDir, 'run').tail, tail)
  const second = follow()
  say('two\n')
  readAll(second)
  assert.equal(log(), ['one', 'two'])
  second.close()
})

test('however the bytes arrive and the followers change, every line is in the log once', () => {
  const lines = fc.array(fc.stringMatching(/^[a-zäö€]{1,12}$/), { minLength: 1, maxLength: 20 })
  fc.assert(
    fc.property(lines, fc.array(fc.nat(40), { maxLength: 12 }), fc.array(fc.boolean(), { maxLength: 12 }), (texts, cuts, changes) => {
      rmSync(dataDir, { recursive: true })
      mkdirSync(runDir(dataDir, 'run').path, { recursive: true })
      const bytes = Buffer.from(texts.map((text) => `${text}\n`).join(''))
      let follower = follow()
      let at = 0
      for (const [index, cut] of [...cuts, bytes.length].entries()) {
        say(bytes.subarray(at, at + cut))
        at += cut
        readAll(follower)
        if (changes[index] === true) {
          follower.close()
          follower = follow()
        }
      }
      follower.finish(0, [])
      follower.close()
      assert.equal(log(), texts)
    }),
    { seed: 20261123, numRuns: 60 },
  )
})

test('the last line needs no newline once nobody writes any more', () => {
  const follower = follow()
  say('one\ntwo')
  const { seen, ended } = follower.finish(0, ['that was it'])
  assert.equal(log(), ['one', 'two', 'that was it'])
  assert.equal(seen.words, ['one', 'two'])
  assert.equal(ended, { exitCode: 0, logBytes: statSync(join(dataDir, 'logs', 'job.log')).size })
  follower.close()
})

test('a log that reaches its limit keeps its head and its last part, with a mark between', () => {
  const follower = follow(20_000)
  for (let part = 0; part < 20; part += 1) {
    say(Array.from({ length: 50 }, (_, index) => `line ${part * 50 + index}\n`).join(''))
    readAll(follower)
  }
  follower.finish(0, ['the end'])
  const all = log()
  assert.ok(statSync(join(dataDir, 'logs', 'job.log')).size <= 20_000 + 1_000)
  assert.is(all[0], 'line 0')
  const mark = all.findIndex((line) => line.includes('the log is cut here'))
  assert.ok(mark > 50 && mark < 900)
  const last = all.slice(mark + 1, -1)
  assert.is(last[last.length - 1], 'line 999')
  assert.ok(last.length > 50)
  assert.equal(
    last,
    Array.from({ length: last.length }, (_, index) => `line ${1_000 - last.length + index}`),
  )
  assert.is(all[all.length - 1], 'the end')
  follower.close()
})

/** What a follower says of a log with which something happens in the middle. */
const troubledBy = (what: (path: string) => void): ReturnType<SpoolFollower['finish']> => {
  const follower = follow()
  say('one\n')
  readAll(follower)
  what(join(dataDir, 'logs', 'job.log'))
  say('two\n')
  const tail = follower.finish(0, [])
  follower.close()
  assert.is(tail.ended?.logBytes, null)
  return tail
}
const goneWhileWritten = [{ code: 'log-not-written', message: 'it was removed or renamed while the job ran', count: 1 }]

test('a log that is removed while it is written stops nothing, and the job says so', () => {
  assert.equal(troubledBy((path) => rmSync(path)).seen.warnings, goneWhileWritten)
})

test('a log that is renamed while it is written is written to its end, and the job says so', () => {
  const renamed = join(dataDir, 'renamed')
  assert.equal(troubledBy((path) => renameSync(path, renamed)).seen.warnings, goneWhileWritten)
  assert.match(readFileSync(renamed, 'utf8'), /one\n.* two\n$/)
})

test('text of an earlier run of the same job stays before it', () => {
  mkdirSync(join(dataDir, 'logs'))
  writeFileSync(join(dataDir, 'logs', 'job.log'), `${' '.repeat(33)}before\n`)
  const follower = follow()
  say('one\n')
  readAll(follower)
  assert.equal(log(), ['before', 'one'])
  follower.close()
})

test.run()
