/**
 * An owner that comes for a look: it recovers nothing and starts nothing. Should it record something after all, its own start comes first,
 * which closes the dispatch that its predecessor may have died with.
 */
import { rulesVersion } from '@borgledger/domain'
import * as E from 'fp-ts/lib/Either.js'
import type { Submitter } from '../submit/submitter.js'

export const submitQuietly = (
  { submit }: Pick<Submitter, 'submit'>,
  { host, software }: { readonly host: string; readonly software: string },
): Submitter['submit'] => {
  const start = submit({ command: { type: 'StartOwner', host, software, rules: rulesVersion }, actor: 'system:owner' })
  let started: ReturnType<typeof start> | null = null
  return (submission) => async () => {
    started ??= start()
    const first = await started
    return E.isLeft(first) ? first : submit(submission)()
  }
}
