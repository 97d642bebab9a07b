/**
 * Whatever Apprise reaches, through its program. The addresses hold passwords, so they come to it by a file that has no name any more: not by
 * its arguments, not by its environment, and not by anything that a crash could leave on the disk.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ChannelOf, DeliveryProblem, NotificationMessage } from '@borgledger/domain'
import * as E from 'fp-ts/lib/Either.js'
import { within } from './limit.js'
import { secretOf } from './secrets.js'
import { type Circumstances, mayPass, type Sent } from './way.js'

/** As the program finds the file: it is its fourth open file. */
const configPath = '/dev/fd/3'
const passedOn = new Set(['PATH', 'HOME', 'LANG', 'TMPDIR', 'http_proxy', 'https_proxy', 'no_proxy'])

export const runApprise =
  ({ config }: ChannelOf<'apprise'>, message: NotificationMessage, circumstances: Circumstances): Sent =>
  async () => {
    const urls = await secretOf(circumstances.resolveSecret, config.urls)()
    if (E.isLeft(urls)) return urls
    const problem = await withNamelessFile(urls.right, (fd) => tell(fd, message, circumstances))
    return problem === null ? E.right(undefined) : E.left(problem)
  }

/** The name goes before there is anything in the file. */
const withNamelessFile = async <A>(text: string, use: (fd: number) => Promise<A>): Promise<A> => {
  const folder = await mkdtemp(join(tmpdir(), 'borgledger-apprise-'))
  const file = await open(join(folder, 'addresses'), 'wx+', 0o600).finally(() => rm(folder, { recursive: true }))
  try {
    await file.write(`${text}\n`, 0)
    return await use(file.fd)
  } finally {
    await file.close()
  }
}

/** Null: the program says that it was sent. What it writes is thrown away, since it may repeat the addresses. */
const tell = (fd: number, { title, text }: NotificationMessage, circumstances: Circumstances): Promise<DeliveryProblem | null> =>
  within(circumstances, ({ signal, said }) => {
    const { apprise } = circumstances
    const child = spawn(apprise, [`--title=${title}`, `--config=${configPath}`], {
      stdio: ['pipe', 'ignore', 'ignore', fd],
      env: environment(),
      detached: true,
    })
    signal.addEventListener('abort', () => killGroup(child.pid), { once: true })
    if (signal.aborted) killGroup(child.pid)
    // A program that ends without reading is told of by its exit.
    child.stdin?.on('error', () => undefined)
    child.stdin?.end(text)
    return new Promise((resolve) => {
      child.on('error', ({ code }: NodeJS.ErrnoException) => resolve(mayPass(`${apprise} cannot be run: ${code ?? 'unknown'}`)))
      child.on('exit', (code) => resolve(code === 0 ? null : mayPass(said() ?? sayExit(code))))
    })
  })

const environment = (): NodeJS.ProcessEnv => Object.fromEntries(Object.entries(process.env).filter(([name]) => passedOn.has(name)))

const killGroup = (pid: number | undefined): void => {
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // It is gone already.
  }
}

const sayExit = (code: number | null): string => (code === null ? 'apprise was killed' : `apprise ended with exit code ${code}`)
