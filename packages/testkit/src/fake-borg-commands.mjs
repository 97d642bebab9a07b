// The commands of the scripted borg that take a while: each says what it is about, which lock it needs and what its effect is.
import { files } from './fake-borg-behaviour.mjs'
import { extract } from './fake-borg-contents.mjs'
import { committed, fail, info, warn } from './fake-borg-words.mjs'

const missing = (archive) => fail({ msgid: 'Archive.DoesNotExist', message: `Archive ${archive} does not exist` })

/** `effect` may give an exit code (0 when not) and an answer for stdout. */
export const commands = {
  create: {
    locks: true,
    effect: (repository, { archive, flags, paths }) => {
      const made = repository.add({ name: archive, comment: flags['--comment'] ?? '', files, paths })
      committed()
      return { answer: { archive: made, repository: repository.identity } }
    },
  },
  extract: {
    locks: false,
    effect: (repository, { archive, flags, paths, behaviour }) => {
      const found = repository.archives().find(({ name }) => name === archive)
      const options = {
        dryRun: flags['--dry-run'] === true,
        strip: Number(flags['--strip-components'] ?? 0),
        tamper: behaviour.kind === 'tamper',
      }
      return { code: found === undefined ? missing(archive) : extract(found, paths, options) }
    },
  },
  check: { locks: true, effect: () => void info('Finished full repository check, no problems found.', 'borg.repository') },
  compact: { locks: true, effect: () => void info('compaction freed about 89.70 MB repository space.', 'borg.repository') },
  prune: { locks: true, effect: (repository, { flags }) => void prune(repository, flags) },
  /** An archive that is not there is a mere warning, as in borg 1.2. */
  delete: {
    locks: true,
    effect: (repository, { archive }) => {
      const ids = repository.archives().flatMap(({ id, name }) => (name === archive ? [id] : []))
      if (ids.length === 0) warn({ message: `Archive ${archive} not found (1/1).` })
      repository.remove(ids)
    },
  },
}

/** Keeps as many of the newest as the most generous rule counts, whatever its unit; `--keep-within` keeps all. */
const prune = (repository, flags) => {
  const rules = Object.entries(flags).filter(([name]) => name.startsWith('--keep-'))
  const keep = Math.max(...rules.map(([name, value]) => (name === '--keep-within' ? Number.POSITIVE_INFINITY : Number(value))))
  const newest = repository.archives().filter(matching(flags['--glob-archives'])).reverse()
  const [kept, pruned] = [newest.slice(0, keep), newest.slice(keep)]
  const line = (words, { name, id }) => info(`${words.padEnd(40)} ${name.padEnd(36)} Mon, 2026-11-23 19:23:38 [${id}]`)
  for (const [index, archive] of kept.entries()) line(`Keeping archive (rule: secondly #${index + 1}):`, archive)
  for (const archive of pruned) line(flags['--dry-run'] ? 'Would prune:' : 'Pruning archive:', archive)
  if (!flags['--dry-run']) repository.remove(pruned.map(({ id }) => id))
}

/** Borg's shell style, as far as it is needed: `*`, `?` and classes. */
export const matching = (pattern = '*') => {
  const source = pattern.replace(/\[(!?)([^\]]+)\]|[\\^$.|?*+(){}[\]]/g, (part, not, signs) => {
    if (part === '*') return '.*'
    if (part === '?') return '.'
    return signs === undefined ? `\\${part}` : `[${not === '!' ? '^' : ''}${signs.replace(/[\\^[]/g, '\\$&')}]`
  })
  const wanted = new RegExp(`^${source}$`)
  return ({ name }) => wanted.test(name)
}
