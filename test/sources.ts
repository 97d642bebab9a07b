/** The project's own source files as texts, with what each imports: what the tests of style look at. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { isBuiltin } from 'node:module'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** Every workspace package, by its folder. */
export const packageFolders: ReadonlyArray<string> = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).workspaces

export interface Import {
  /** As it stands in the file, such as `../event.js` or `fp-ts/lib/Either.js`. */
  readonly specifier: string
  /** The file of ours that a relative specifier means; null for a package. */
  readonly target: string | null
}

export interface Source {
  /** From the root, such as `packages/domain/src/event.ts`. */
  readonly path: string
  readonly text: string
  /** The workspace package that it is part of, such as `packages/domain`. */
  readonly folder: string
  /** A test, or something only tests use. */
  readonly isTest: boolean
  readonly imports: ReadonlyArray<Import>
}

const testFile = /(\.test|\.harness)\.ts$|\/fixtures\//

const filesBelow = (folder: string): ReadonlyArray<string> =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => relative(root, join(entry.parentPath, entry.name)))
        .filter((path) => !/(^|\/)(node_modules|dist)\//.test(path))
        .sort()
    : []

/** The files below these folders whose names end in one of the endings. */
export const findFiles = (folders: ReadonlyArray<string>, endings: ReadonlyArray<string>): ReadonlyArray<string> =>
  folders.flatMap(filesBelow).filter((path) => endings.some((ending) => path.endsWith(ending)))

const statement = /^(?:import|export)\s(?:[^'"`;]*?\sfrom\s)?'([^']+)'|\b(?:import|createRequire\([^)]*\))\('([^']+)'\)/gm

/** The imports of a text that stands at `path`. */
export const importsOf = (path: string, text: string): ReadonlyArray<Import> =>
  [...text.matchAll(statement)].map(([, named = '', called = '']) => {
    const specifier = named || called
    return { specifier, target: specifier.startsWith('.') ? sourceOf(join(dirname(path), specifier)) : null }
  })

/** `.js` in a specifier means the source that it is made from. */
const sourceOf = (path: string): string =>
  [path.replace(/\.js$/, '.ts'), path.replace(/\.js$/, '.tsx')].find((file) => existsSync(join(root, file))) ?? path

export const readText = (path: string): string => readFileSync(join(root, path), 'utf8')

const read = (folder: string): ReadonlyArray<Source> =>
  findFiles([join(folder, 'src')], ['.ts', '.tsx', '.mjs']).map((path) => {
    const text = readText(path)
    return { path, text, folder, isTest: testFile.test(path), imports: importsOf(path, text) }
  })

/** Every source of every workspace package. */
export const sources: ReadonlyArray<Source> = packageFolders.flatMap(read)

/** What only tests use, and what only runs from source. */
const isProduct = ({ path, isTest }: Source): boolean => !isTest && !path.endsWith('.boot.mjs')

/** Every source that is built and packed. */
export const product = sources.filter(isProduct)

/** The package of a specifier, or `node`: `@scope/name/deep.js` is of `@scope/name`. */
export const packageOf = (specifier: string): string =>
  isBuiltin(specifier) ? 'node' : specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/')

const nameOf = new Map(packageFolders.map((folder) => [folder, JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')).name]))

/** What a source imports from other packages. */
export const outward = ({ imports, folder }: Source): ReadonlyArray<string> =>
  imports.flatMap(({ specifier, target }) => (target === null && packageOf(specifier) !== nameOf.get(folder) ? [specifier] : []))
