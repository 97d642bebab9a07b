/** What a run left behind, in words: how its process ended, what borg said, and what was then seen. */
import type { LockOutcome, RunEvidence } from '../job/index.js'
import { listed, some } from './phrases.js'

export const sayEvidence = (evidence: RunEvidence): string =>
  [sayExit(evidence.exit), saidLast(evidence), seen(evidence), sayLock(evidence.lock)].filter((part) => part !== '').join('; ')

const sayExit = (exit: RunEvidence['exit']): string => {
  if (exit === null) return 'the process was gone and had left no report'
  return exit.signal === null ? `the process ended with exit code ${exit.code}` : `the process was ended by ${exit.signal}`
}

const saidLast = ({ lastError }: RunEvidence): string => {
  if (lastError === null) return ''
  return `its last error was ${lastError.msgid === null ? '' : `${lastError.msgid}: `}${lastError.message}`
}

const seen = (evidence: RunEvidence): string => {
  switch (evidence.kind) {
    case 'create':
      if (evidence.archive !== null) return `the archive ${evidence.archive.name} was made`
      return evidence.looked ? 'no archive was found in the repository' : 'no archive was reported'
    case 'extract':
      return evidence.unmatched.length === 0 ? '' : `not in the archive: ${some(evidence.unmatched)}`
    case 'check':
      return evidence.problems === 0 ? '' : `${evidence.problems} lines told of damage, the first: ${evidence.firstProblem}`
    case 'compact':
      return evidence.freedBytes === null ? '' : `${evidence.freedBytes} bytes were freed`
    case 'prune-plan':
      return evidence.prunes === null ? '' : `it would delete ${some(evidence.prunes)}`
    case 'prune':
    case 'delete':
      return sayRemoved(evidence.before, evidence.after)
    case 'restore-check':
      return evidence.mismatches.length === 0 && evidence.unmatched.length === 0
        ? `${evidence.files} files were compared, ${evidence.hashed} of them by their content`
        : `different or missing: ${some([...evidence.mismatches.map(({ path }) => path), ...evidence.unmatched])}`
    case 'script':
      return evidence.timedOut ? 'it was ended at its time limit' : ''
    case 'package':
      return evidence.version === null ? 'the package is not installed' : `version ${evidence.version} is installed`
  }
}

type Archives = ReadonlyArray<{ readonly name: string }> | null

const sayRemoved = (before: Archives, after: Archives): string => {
  if (before === null || after === null) return 'the archives could not be listed'
  const left = new Set(after.map(({ name }) => name))
  const gone = before.map(({ name }) => name).filter((name) => !left.has(name))
  return gone.length === 0 ? 'no archive is gone' : `gone from the repository: ${some(gone)}`
}

const sayLock = (lock: LockOutcome | null): string => {
  const holder = lock?.holder == null ? '' : ` (held by ${listed([lock.holder])})`
  switch (lock?.outcome) {
    case undefined:
    case 'not-needed':
      return ''
    case 'broken':
      return `the lock that it left was broken${holder}`
    case 'refused':
      return `the repository's lock was left as it is${holder}`
    case 'failed':
      return 'the lock that it left could not be broken'
    case 'out-of-reach':
      return 'whether its lock is still held cannot be seen from here'
  }
}
