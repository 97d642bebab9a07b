/** The processes below another one, as /proc shows them. */
import { readdirSync, readFileSync } from 'node:fs'

/** Children before their own children. */
export const descendantsOf = (pid: number): ReadonlyArray<number> => {
  const children = childrenByParent()
  const found: number[] = []
  for (const queue = [pid]; queue.length > 0; ) {
    const below = children.get(queue.shift() ?? 0) ?? []
    found.push(...below)
    queue.push(...below)
  }
  return found
}

export const kill = (pid: number, signal: NodeJS.Signals = 'SIGKILL'): void => {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

const childrenByParent = (): ReadonlyMap<number, ReadonlyArray<number>> => {
  const children = new Map<number, number[]>()
  for (const name of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const parent = parentOf(name)
    if (parent !== null) children.set(parent, [...(children.get(parent) ?? []), Number(name)])
  }
  return children
}

/** Null when it is gone by now. The name of a process may hold brackets: the fields count from the last one. */
const parentOf = (pid: string): number | null => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1])
  } catch {
    return null
  }
}
