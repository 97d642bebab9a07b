/** A worker's module that cannot be loaded for as long as it is told so: it throws at import, as it does when there is no memory for it. */
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

export interface UnloadableWorker {
  /** Of the module. */
  readonly url: string
  /** From now on it can be loaded. */
  readonly mend: () => void
  /** From now on it cannot, as at the beginning; a thread that has loaded it ends. */
  readonly spoil: () => void
  /** How many times it was to be loaded. */
  readonly tries: () => number
}

/** Made in `folder`. Once it can be loaded it is the module at the URL `worker`. */
export const unloadableWorker = (folder: string, worker: string): UnloadableWorker => {
  const [file, spoilt, tries] = [join(folder, 'worker.mjs'), join(folder, 'worker-spoilt'), join(folder, 'worker-tries')]
  const spoil = (): void => writeFileSync(spoilt, '')
  const lines = [
    `import { appendFileSync, existsSync } from 'node:fs'`,
    `appendFileSync(${JSON.stringify(tries)}, '.')`,
    `if (existsSync(${JSON.stringify(spoilt)})) throw new Error('ENOMEM: not enough memory')`,
    `setInterval(() => { if (existsSync(${JSON.stringify(spoilt)})) process.exit(3) }, 10).unref()`,
    `export const { ready, supervise } = await import(${JSON.stringify(worker)})`,
  ]
  writeFileSync(file, `${lines.join('\n')}\n`)
  appendFileSync(tries, '')
  spoil()
  return {
    url: pathToFileURL(file).href,
    mend: () => rmSync(spoilt, { force: true }),
    spoil,
    tries: () => readFileSync(tries, 'utf8').length,
  }
}
