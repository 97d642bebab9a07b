/** Whether a value is built like another: the same fields, a map where it has a map, and so on. What stands in maps and lists is not looked at. */

/** The first place at which it is built otherwise, as a path; null when there is none. Where the model says null, anything may stand. */
export const strayFrom = (model: unknown, value: unknown, path = 'state'): string | null => {
  if (model === null) return null
  if (kindOf(model) !== kindOf(value)) return path
  if (kindOf(model) !== 'fields') return null
  const [due, there] = [model, value] as ReadonlyArray<Readonly<Record<string, unknown>>>
  for (const key of new Set([...Object.keys(due ?? {}), ...Object.keys(there ?? {})])) {
    const stray = key in (due ?? {}) && key in (there ?? {}) ? strayFrom(due?.[key], there?.[key], `${path}.${key}`) : `${path}.${key}`
    if (stray !== null) return stray
  }
  return null
}

const kindOf = (value: unknown): string => {
  if (value instanceof Map) return 'map'
  if (Array.isArray(value)) return 'list'
  return typeof value === 'object' && value !== null ? 'fields' : typeof value
}
