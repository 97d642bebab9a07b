// Keeps something that is asked for often from being done too often.

/** At once, then at most once in `paceMs`, and once more after the last asking. */
export const paced = (act, paceMs) => {
  let state = 'idle'
  const run = async () => {
    state = 'busy'
    await act()
    setTimeout(() => {
      if (state === 'again') void run()
      else state = 'idle'
    }, paceMs)
  }
  return () => {
    if (state === 'idle') void run()
    else state = 'again'
  }
}
