/** The command that unpacks borg's tar stream on another machine. */
import type { WorkOf } from '@borgledger/domain'
import { quoted, type SshOptions, sshArgv } from '../ssh.js'

type Destination = Extract<WorkOf<'extract'>['destination'], { readonly ssh: string }>

/** For the shell. The folder is quoted twice: for our shell and for the one over there. */
export const sinkOf = (options: SshOptions | undefined, { ssh, path, port }: Destination): string => {
  const folder = quoted(path)
  const unpack = `mkdir -p -- ${folder} && exec tar -x -p -f - -C ${folder}`
  const words = [...sshArgv(options), ...(port === undefined ? [] : ['-p', String(port)]), '--', ssh, unpack]
  return `exec ${words.map(quoted).join(' ')}`
}
