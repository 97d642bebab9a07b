/** The programs that the ledger needs: Node itself, borg, what stands around it, and ssh for what is remote. */
import { execFile } from 'node:child_process'
import { bad, type Finding, note, ok } from './finding.js'

const answerMsMax = 30_000
/** The first Node that can load these packages from CommonJS too. */
const nodeLeast = [20, 19] as const

/** What a program says, on either of its outputs; null when it cannot be run, or fails. */
export type Asked = (program: string, args: ReadonlyArray<string>) => Promise<string | null>

export const askedIn =
  (env: NodeJS.ProcessEnv): Asked =>
  (program, args) =>
    new Promise((resolve) => {
      execFile(program, [...args], { env: { PATH: env['PATH'], LC_ALL: 'C.UTF-8' }, timeout: answerMsMax }, (error, stdout, stderr) =>
        resolve(error === null ? `${stdout}${stderr}`.trim() : null),
      )
    })

export const nodeFinding = (version: string): Finding => {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number)
  const isOld = major < nodeLeast[0] || (major === nodeLeast[0] && minor < nodeLeast[1])
  return isOld ? bad('node', `${version} is too old: install ${nodeLeast.join('.')} or later`) : ok('node', version)
}

export const borgFinding = async (asked: Asked): Promise<Finding> => {
  const version = /^borg(?:backup)? (\S+)/m.exec((await asked('borg', ['--version'])) ?? '')?.[1]
  if (version === undefined) return bad('borg', 'there is no borg on the path that runs: install borgbackup')
  return /^1\.[24]\./.test(version) ? ok('borg', version) : note('borg', `${version} is none of those that were tried: 1.2 and 1.4`)
}

export const sshFinding = async (asked: Asked): Promise<Finding> => {
  const version = await asked('ssh', ['-V'])
  return version === null ? note('ssh', 'there is none: remote repositories cannot be reached') : ok('ssh', version.split('\n')[0] ?? '')
}

/** They come with util-linux. */
export const toolFindings = (asked: Asked): Promise<ReadonlyArray<Finding>> =>
  Promise.all(
    ['flock', 'setsid', 'setpriv'].map(async (tool) => {
      const version = await asked(tool, ['--version'])
      return version === null
        ? bad(tool, 'it is not on the path, and no borg can be run without it: install util-linux')
        : ok(tool, version)
    }),
  )
