#!/usr/bin/env node
// The scripted borg. Plain JavaScript without dependencies, so that it starts fast and needs no loader.
// Arguments: its behaviour as JSON, then what borg would get.
import { create } from './fake-borg-create.mjs'
import { initRepository, openRepository } from './fake-borg-repository.mjs'
import { fail, say, tell } from './fake-borg-words.mjs'

const [behaviourText = '{"kind":"succeed"}', ...argv] = process.argv.slice(2)
const behaviour = JSON.parse(behaviourText)
const commands = ['init', 'info', 'list', 'create', 'break-lock']
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
]

/** Flags with their values, and the words that are none; all words after `--` are none. */
const parse = (words) => {
  const [flags, rest] = [{}, []]
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at]
    if (word === '--') return { flags, rest: [...rest, ...words.slice(at + 1)] }
    if (withValue.includes(word)) flags[word] = words[(at += 1)]
    else if (word.startsWith('-')) flags[word] = true
    else rest.push(word)
  }
  return { flags, rest }
}

const { flags, rest } = parse(argv)
const [command, target = '', ...paths] = rest
const [location = '', archive] = target.split('::')

const glob = (pattern) =>
  new RegExp(`^${pattern.replace(/\[(.)\]|\*|[\\^$.|?+(){}]/g, (part, one) => (part === '*' ? '.*' : `\\${one ?? part}`))}$`)

const info = (repository) => {
  const archives = repository.archives().filter(({ name }) => name === archive)
  if (archive !== undefined && archives.length === 0)
    return fail({ msgid: 'Archive.DoesNotExist', message: `Archive ${archive} does not exist` })
  tell({ ...(archive === undefined ? {} : { archives }), repository: repository.identity })
  return 0
}

const list = (repository) => {
  const wanted = glob(flags['--glob-archives'] ?? '*')
  tell({ archives: repository.archives().filter(({ name }) => wanted.test(name)), repository: repository.identity })
  return 0
}

const run = async () => {
  if (argv.includes('--version')) {
    process.stdout.write('borg 1.2.4\n')
    return 0
  }
  if (!commands.includes(command)) {
    process.stderr.write(`usage: borg [-V] [-h] <command> ...\nborg: error: invalid choice: '${command}'\n`)
    return 2
  }
  if (command === 'create' && behaviour.kind === 'exit-before-output') return behaviour.exitCode
  if (command === 'init') return initRepository(location)
  const repository = openRepository(location)
  if (repository === null) return fail({ msgid: 'Repository.DoesNotExist', message: `Repository ${location} does not exist.` })
  if (command === 'info') return info(repository)
  if (command === 'list') return list(repository)
  if (command === 'break-lock') return repository.breakLock()
  return create(behaviour, repository, { archive, comment: flags['--comment'] ?? '', paths })
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
