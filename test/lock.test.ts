/** package-lock.json: it names no registry, every package in it can be checked by its hash, and `npm ci` takes it on every platform. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { test } from 'uvu'
import * as assert from 'uvu/assert'

const root = fileURLToPath(new URL('..', import.meta.url))

interface LockedPackage {
  readonly resolved?: string
  readonly integrity?: string
  readonly link?: boolean
  readonly dependencies?: Readonly<Record<string, string>>
  readonly optionalDependencies?: Readonly<Record<string, string>>
}

const text = readFileSync(join(root, 'package-lock.json'), 'utf8')
const locked: Readonly<Record<string, LockedPackage>> = JSON.parse(text).packages

/** Where Node would find `name` from the package at `from`: beside it, or in a folder further up. */
const find = (packages: Readonly<Record<string, unknown>>, from: string, name: string): string | undefined => {
  const folders = from === '' ? [''] : from.split('/').map((_, index, parts) => `${parts.slice(0, parts.length - index).join('/')}/`)
  return [...folders, ''].map((folder) => `${folder}node_modules/${name}`).find((path) => path in packages)
}

const missingFrom = (packages: Readonly<Record<string, LockedPackage>>): ReadonlyArray<string> =>
  Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => find(packages, path, name) === undefined)
      .map((name) => `${path || 'the root'} wants ${name}`),
  )

test('it names no registry', () => {
  const named = Object.values(locked).flatMap(({ resolved }) => (resolved === undefined || !/^[a-z+]+:/.test(resolved) ? [] : [resolved]))
  assert.equal(named, [], 'remedy: keep omit-lockfile-registry-resolved in .npmrc, and install again')
  assert.not.match(text, /https?:\/\/[^"]*registry/)
})

test('every package that comes from outside has a hash', () => {
  const outside = Object.entries(locked).filter(([path, { link }]) => path.includes('node_modules/') && link !== true)
  assert.ok(outside.length > 100)
  assert.equal(
    outside.filter(([, { integrity }]) => integrity === undefined).map(([path]) => path),
    [],
  )
})

test('nothing that is depended on is missing, the binaries of other platforms included', () => {
  assert.equal(missingFrom(locked), [], 'remedy: pin the package to a version whose platform packages are all there')
})

test('a binary of another platform that is missing is found out', () => {
  const path = Object.keys(locked).find((name) => name.includes('/@esbuild/win32')) ?? ''
  const { [path]: _, ...rest } = locked
  const name = path.replace(/^.*node_modules\//, '')
  assert.ok(missingFrom(rest).some((line) => line.endsWith(`wants ${name}`)))
})

test('npm ci takes it', () => {
  const cache = mkdtempSync(join(tmpdir(), 'npm-cache-'))
  try {
    const ran = spawnSync('npm', ['ci', '--dry-run', '--offline', '--cache', cache], { cwd: root, encoding: 'utf8' })
    assert.is(ran.status, 0, ran.stderr)
  } finally {
    rmSync(cache, { recursive: true })
  }
})

test.run()
