// How the scripted borg speaks: JSON lines on stderr as under --log-json, one JSON object on stdout. Written at once, so that an exit loses nothing.
import { writeSync } from 'node:fs'

/** One line on stderr. */
export const say = (message) => write(2, `${JSON.stringify({ ...message, time: Date.now() / 1000 })}\n`)

/** The answer on stdout. */
export const tell = (answer) => write(1, `${JSON.stringify(answer, null, 4)}\n`)

/** An error line; gives the exit code. */
export const fail = ({ msgid, message = 'the scripted failure', exitCode = 2 }) => {
  say({ type: 'log_message', levelname: 'ERROR', name: 'borg.archiver', message, ...(msgid === undefined ? {} : { msgid }) })
  return exitCode
}

export const warn = ({ msgid, message }) =>
  say({ type: 'log_message', levelname: 'WARNING', name: 'borg.archiver', message, ...(msgid === undefined ? {} : { msgid }) })

export const progress = (files, path) => {
  const size = files * 1000
  say({
    type: 'archive_progress',
    original_size: size,
    compressed_size: size,
    deduplicated_size: size,
    nfiles: files,
    path,
    finished: false,
  })
}

export const percent = (msgid, current, total) =>
  say({ type: 'progress_percent', operation: 1, msgid, current, total, info: null, finished: false })

export const info = (message, name = 'borg.output.list') => say({ type: 'log_message', levelname: 'INFO', name, message })

export const committed = () => say({ type: 'progress_message', operation: 2, msgid: 'cache.commit', finished: true })

/** A pipe may be full for a moment. */
export const write = (fd, text) => {
  let rest = Buffer.from(text)
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(fd, rest))
    } catch (error) {
      if (error.code !== 'EAGAIN') throw error
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5)
    }
  }
}
