/** How values are built, as text: the paths at which they hold something, and of what kind. For telling whether their shape has changed. */

/** Adds the paths of the value to those seen. The names of fields count; the keys of maps and the places in lists do not. */
export const addStructure = (value: unknown, seen: Set<string>, path = ''): void => {
  if (value instanceof Map) {
    seen.add(`${path} map`)
    for (const [key, item] of value) {
      addStructure(key, seen, `${path} key`)
      addStructure(item, seen, `${path}{}`)
    }
  } else if (Array.isArray(value)) {
    seen.add(`${path} list`)
    for (const item of value) addStructure(item, seen, `${path}[]`)
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value)) if (item !== undefined) addStructure(item, seen, `${path}.${key}`)
  } else seen.add(`${path} ${value === null ? 'null' : typeof value}`)
}
