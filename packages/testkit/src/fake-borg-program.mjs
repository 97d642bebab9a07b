#!/usr/bin/env node
// The scripted borg. Plain JavaScript without dependencies, so that it starts fast and needs no loader.
// Arguments: its behaviour as JSON, then what borg would get.
import { perform } from './fake-borg-behaviour.mjs'
import { commands, matching } from './fake-borg-commands.mjs'
import { listContents } from './fake-borg-contents.mjs'
import { initRepository, openRepository } from './fake-borg-repository.mjs'
import { fail, say, tell, write } from './fake-borg-words.mjs'

const [behaviourText = '{"kind":"succeed"}', ...argv] = process.argv.slice(2)
const scripted = JSON.parse(behaviourText)
const calls = ['init', 'info', 'list', 'break-lock']
const withValue = [
  '--lock-wait',
  '--comment',
  '--checkpoint-interval',
  '--compression',
  '--encryption',
  '-e',
  '--format',
  '--glob-archives',
  '--upload-ratelimit',
  '--strip-components',
  '--threshold',
  '--max-duration',
  '--last',
]

/** Flags with their values, and the words that are none; all words after `--` are none. */
const parse = (words) => {
  const [flags, rest] = [{}, []]
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]
    if (word === '--') return { flags, rest: [...rest, ...words.slice(at + 1)] }
    const [, name, value] = /^(--[\w-]+)=(.*)$/s.exec(word) ?? []
    if (name !== undefined) flags[name] = value
    else if (withValue.includes(word)) flags[word] = words[(at += 1)]
    else if (word.startsWith('-')) flags[word] = true
    else rest.push(word)
  }
  return { flags, rest }
}

const { flags, rest } = parse(argv)
const [command, target = '', ...paths] = rest
const [location = '', archive] = target.split('::')
const behaviour = command === (scripted.on ?? 'create') ? scripted : { kind: 'succeed' }

const info = (repository) => {
  const archives = repository.archives().filter(({ name }) => name === archive)
  if (archive !== undefined && archives.length === 0)
    return fail({ msgid: 'Archive.DoesNotExist', message: `Archive ${archive} does not exist` })
  tell({ ...(archive === undefined ? {} : { archives }), repository: repository.identity })
  return 0
}

const list = (repository) => {
  if (archive === undefined) {
    tell({ archives: repository.archives().filter(matching(flags['--glob-archives'])), repository: repository.identity })
    return 0
  }
  const found = repository.archives().find(({ name }) => name === archive)
  if (found === undefined) return fail({ msgid: 'Archive.DoesNotExist', message: `Archive ${archive} does not exist` })
  write(1, `${listContents(found, paths).join('\n')}\n`)
  return 0
}

/** A call that is scripted to fail fails; it has no other behaviour. */
const call = (repository) => {
  if (behaviour.kind === 'fail') return fail(behaviour)
  if (command === 'info') return info(repository)
  return command === 'list' ? list(repository) : repository.breakLock()
}

const work = async (repository) => {
  const { locks, effect } = commands[command]
  if (locks && !repository.lock())
    return fail({ msgid: 'LockTimeout', message: `Failed to create/acquire the lock ${repository.identity.location} (timeout).` })
  const once = () => effect(repository, { archive, flags, paths, behaviour })
  const code = await perform(behaviour, { command, repository, path: paths[0], effect: once })
  if (locks) repository.breakLock()
  return code
}

const run = async () => {
  if (argv.includes('--version')) {
    process.stdout.write('borg 1.2.4\n')
    return 0
  }
  if (!calls.includes(command) && !(command in commands)) {
    process.stderr.write(`usage: borg [-V] [-h] <command> ...\nborg: error: invalid choice: '${command}'\n`)
    return 2
  }
  if (behaviour.kind === 'exit-before-output') return behaviour.exitCode
  if (command === 'init') return initRepository(location)
  const repository = openRepository(location)
  if (repository === null) return fail({ msgid: 'Repository.DoesNotExist', message: `Repository ${location} does not exist.` })
  return command in commands ? work(repository) : call(repository)
}

const code = await run()
if (flags['--show-rc']) {
  const words = code === 0 ? 'success' : code === 1 ? 'warning' : 'error'
  say({
    type: 'log_message',
    levelname: words === 'success' ? 'INFO' : words.toUpperCase(),
    name: 'borg.output.show-rc',
    message: `terminating with ${words} status, rc ${code}`,
  })
}
process.exit(code)
