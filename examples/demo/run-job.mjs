// Starts a job and tells of it while it runs: on a terminal in one line that changes, elsewhere in a line for each change.

const megabytes = (bytes) => `${(bytes / 1e6).toFixed(1)} MB`

export const runJob = async (call, body, say) => {
  const started = await call('POST', '/jobs', body)
  let job = started
  let last = ''
  for await (job of call.stream(`/jobs/${started.id}/stream`)) {
    const line = `${job.type} ${job.id} ${job.state}${sayProgress(job)}`
    if (line !== last) process.stdout.isTTY ? process.stdout.write(`\r\x1b[K${line}`) : say(line)
    last = line
  }
  if (process.stdout.isTTY) say()
  if (job.error !== null) say(`  ${job.error.code}: ${job.error.message}`)
  for (const warning of job.warnings) say(`  ${warning.code}: ${warning.message}`)
  return job
}

const sayProgress = ({ progress }) => {
  if (progress === null) return ''
  const { percent, files, originalBytes, bytesPerSecond } = progress
  const parts = []
  if (percent !== null) parts.push(`${Math.round(percent)} %`)
  if (files !== undefined) parts.push(`${files} files`)
  if (originalBytes !== undefined) parts.push(megabytes(originalBytes))
  if (bytesPerSecond !== undefined) parts.push(`${megabytes(bytesPerSecond)}/s`)
  return `   ${parts.join(', ')}`
}
