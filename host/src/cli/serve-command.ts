/** `borgledger serve`: the host in the foreground, until a signal ends it. */
import { pino } from 'pino'
import { endSignals } from '../serve/signals.js'
import { startHost } from '../serve/start-host.js'
import type { HostSettings } from '../settings/settings.js'
import { exitStatus } from './exit-status.js'
import { CommandFailed, type Terminal } from './terminal.js'

const standardError = 2

/** Says where it listens in one line on standard output, once it is ready; everything else goes to standard error. */
export const serveCommand = async (settings: HostSettings, terminal: Terminal): Promise<number> => {
  const log = pino({ level: settings.logLevel }, pino.destination(standardError))
  const signals = endSignals()
  const host = await startHost(settings, log).catch((cause: unknown): never => {
    log.debug({ err: cause }, 'the start failed')
    throw new CommandFailed(`borgledger cannot start: ${(cause as Error).message}`)
  })
  terminal.print(`borgledger listens on ${host.url}`)
  await signals.first
  terminal.complain('borgledger ends once its running jobs have ended; another signal ends it now and leaves them to the next start')
  await Promise.race([host.close(), signals.second.then(leave)])
  signals.forget()
  return exitStatus.success
}

const leave = (): never => process.exit(exitStatus.failed)
