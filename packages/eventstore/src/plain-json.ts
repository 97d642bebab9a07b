/**
 * Is a value plain JSON, so that storing it and reading it back gives the same value?
 *
 * `JSON.stringify` alone drops `undefined`, turns a Date into a text and NaN into null without a word; here each is named instead.
 */

/** What stands at `path` and is not JSON. */
export interface NotJson {
  readonly path: string
  readonly actual: string
}

const depthMax = 200

/** The first value below `path` that is not plain JSON, or null when all of it is. A cycle is found as nesting deeper than 200. */
export const findNotJson = (value: unknown, path: string, depth = 0): NotJson | null => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return null
  if (typeof value === 'number') return Number.isFinite(value) ? null : { path, actual: String(value) }
  if (typeof value !== 'object') return { path, actual: typeof value }
  if (depth >= depthMax) return { path, actual: `nested deeper than ${depthMax}` }
  return Array.isArray(value) ? findInArray(value, path, depth) : findInObject(value, path, depth)
}

const findInArray = (list: ReadonlyArray<unknown>, path: string, depth: number): NotJson | null => {
  for (let index = 0; index < list.length; index++) {
    const found = findNotJson(list[index], `${path}[${index}]`, depth + 1)
    if (found !== null) return found
  }
  return null
}

const findInObject = (value: object, path: string, depth: number): NotJson | null => {
  if (!isPlainObject(value)) return { path, actual: `an instance of ${value.constructor?.name ?? 'an unnamed class'}` }
  for (const [key, inner] of Object.entries(value)) {
    const found = findNotJson(inner, `${path}.${key}`, depth + 1)
    if (found !== null) return found
  }
  return null
}

/** An object literal or what `JSON.parse` makes: no array, no class instance. */
export const isPlainObject = (value: unknown): value is Readonly<Record<string, unknown>> => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const prototype: unknown = Object.getPrototypeOf(value)
  return prototype === null || Object.getPrototypeOf(prototype) === null
}
