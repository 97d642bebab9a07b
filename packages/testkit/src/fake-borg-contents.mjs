// What is in the archives of the scripted borg: a few small files below the first path that was backed up, always the same.
import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { warn } from './fake-borg-words.mjs'

const bytesEach = 1000

const contentsOf = ({ stats, paths = [] }) =>
  Array.from({ length: stats.nfiles }, (_, index) => ({
    path: join((paths[0] ?? 'source').replace(/^\/+/, ''), `file${index}`),
    text: `file ${index} `.padEnd(bytesEach, '.'),
  }))

/** The files at or below the paths, all when there are none; and the paths at which there is nothing. */
export const choose = (archive, paths) => {
  const wanted = paths.map((path) => path.replace(/^pp:/, '').replace(/^\/+|\/+$/g, ''))
  const isAt = (file, path) => file.path === path || file.path.startsWith(`${path}/`)
  const all = contentsOf(archive)
  const chosen = wanted.length === 0 ? all : all.filter((file) => wanted.some((path) => isAt(file, path)))
  return { chosen, unmatched: wanted.filter((path) => !all.some((file) => isAt(file, path))) }
}

/** Gives the exit code. `tamper`: what is written differs from what the archive holds. */
export const extract = (archive, paths, { dryRun, strip, tamper }) => {
  const { chosen, unmatched } = choose(archive, paths)
  for (const file of dryRun ? [] : chosen) restore(file, archive, { strip, tamper })
  for (const path of unmatched) warn({ message: `Include pattern '${path}' never matched.` })
  return unmatched.length > 0 ? 1 : 0
}

const restore = ({ path, text }, { start }, { strip, tamper }) => {
  const place = path.split('/').slice(strip).join('/')
  if (place === '') return
  mkdirSync(join('.', dirname(place)), { recursive: true })
  writeFileSync(place, tamper ? text.toUpperCase() : text)
  chmodSync(place, 0o644)
  utimesSync(place, new Date(`${start}Z`), new Date(`${start}Z`))
}

/** As lines of JSON. */
export const listContents = (archive, paths) =>
  choose(archive, paths).chosen.map(({ path, text }) =>
    JSON.stringify({
      type: '-',
      mode: '-rw-r--r--',
      path,
      healthy: true,
      linktarget: '',
      mtime: archive.start,
      size: text.length,
      sha256: createHash('sha256').update(text).digest('hex'),
    }),
  )
