/** `borgledger audit head`. What it prints is what `--check` takes. */
import { decodeWith, SignedHead } from 'borgledger'
import * as E from 'fp-ts/lib/Either.js'
import { granted, type SharedOptions, type Work } from '../command.js'
import { exitStatus } from '../exit-status.js'
import { CommandFailed } from '../terminal.js'
import { jsonIn } from './json-in.js'

interface HeadOptions extends SharedOptions {
  readonly check?: string
}

export const head = async ({ ledger, show, print }: Work, { check: file }: HeadOptions): Promise<number> => {
  if (file === undefined) {
    print(JSON.stringify(granted(await ledger.head())))
    return exitStatus.success
  }
  const verdict = granted(await ledger.checkHead(await signedHeadIn(file)))
  show(verdict, () => [`${verdict.ok ? 'verified' : 'not verified'}: ${verdict.what}`])
  return verdict.ok ? exitStatus.success : exitStatus.failed
}

const signedHeadIn = async (file: string): Promise<SignedHead> => {
  const decoded = decodeWith(SignedHead, await jsonIn(file))
  if (E.isRight(decoded)) return decoded.right
  throw new CommandFailed(`${file} holds no signed head`, exitStatus.wrongUsage)
}
