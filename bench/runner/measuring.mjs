// CPU time of this process with all its threads, without its children.
/** Gives what was used since then, each time it is asked. */
export const cpuSince = () => {
  const [begunMs, begun] = [performance.now(), process.cpuUsage()]
  return () => {
    const { user, system } = process.cpuUsage(begun)
    const [ms, wallMs] = [(user + system) / 1000, performance.now() - begunMs]
    return { ms, seconds: wallMs / 1000, share: ms / wallMs }
  }
}

export const value = (result) => {
  if (!result.ok) throw new Error(`${result.error.code}: ${result.error.message}`)
  return result.value
}
