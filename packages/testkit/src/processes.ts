/** Processes that a test has started, and those below them, as /proc shows them. */
import { readdirSync, readFileSync } from 'node:fs'

/** A process that was killed and is not reaped yet lives no more. */
export const isAlive = (pid: number): boolean => {
  const stat = statOf(pid)
  return stat !== null && stat.state !== 'Z' && stat.state !== 'X'
}

/** Throws when there is no such process. */
export const parentOf = (pid: number): number => {
  const stat = statOf(pid)
  if (stat === null) throw new Error(`there is no process ${pid}`)
  return stat.parent
}

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

/** One that is gone by now is no problem. */
export const kill = (pid: number, signal: NodeJS.Signals = 'SIGKILL'): void => {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

const childrenByParent = (): ReadonlyMap<number, ReadonlyArray<number>> => {
  const children = new Map<number, number[]>()
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    const parent = statOf(Number(pid))?.parent
    if (parent !== undefined) children.set(parent, [...(children.get(parent) ?? []), Number(pid)])
  }
  return children
}

/** Null when it is gone by now. The name of a process may hold brackets: the fields count from the last one. */
const statOf = (pid: number): { readonly state: string; readonly parent: number } | null => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const [state = '', parent = ''] = text.slice(text.lastIndexOf(')') + 2).split(' ')
    return { state, parent: Number(parent) }
  } catch {
    return null
  }
}
