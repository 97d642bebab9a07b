/** Every captured run of borg 1.2.4 and 1.4.0 lands on what it was: a good end, damage, or a fault by its code. */
import { type Exit, faultOf, type RunEvidence } from '@borgledger/domain'
import { evidenceOf, given, jobRunning, reportRunEnded, repositoryRegistered } from '@borgledger/testkit'
import * as E from 'fp-ts/lib/Either.js'
import { test } from 'uvu'
import * as assert from 'uvu/assert'
import { type Sample, samples } from '../fixtures/samples.js'
import { decodeLine } from './decode.js'
import { nothingSeen, type Seen, see } from './seen.js'

const good = `breaklock_idle check_archives check_maxdur check_repo check_verify compact cond_diskfull_compact cond_diskfull_list
  cond_filechanged corrupt_check_arch create_after_checkpoint create_json_first create_progress_json create_warn_missing delete_archive
  delete_many_one_missing err_no_paths_match err_unknown_unenc_stdin_yes export_tar_null extract extract_dryrun_full extract_list
  extract_nomatch init_none init_repokey lock_bypass lock_foreign_break lock_waitok lock_withlock_holder prune prune_noop_info rename
  restorecheck_dry_paths restorecheck_stdout_hash signal_KILL_next_list signal_STOPCONT signal_USR1 sigop_checkverify_INT
  sigop_compact_INT sigop_extract_INT ssh_check ssh_create ssh_init`

/** Whatever borg ended with; `corrupt_repair` with 0, for it took the damage away together with the archives. */
const damage = 'corrupt_check_repo corrupt_check_verify corrupt_missing_seg_check corrupt_repair'

/** What has no code of its own keeps borg's key and exit code. */
const withoutCode = `err_archname_slash err_argparse err_argparse_cmd err_check_repair_q err_init_exists err_placeholder
  err_unknown_unenc_stdin_no lock_broken_while_running signal_INT signal_INT_nochk signal_KILL signal_TERM signal_TERM_nochk
  sigop_check_INT_INT sigop_checkverify_TERM sigop_compact_KILL sigop_compact_TERM sigop_delete_INT sigop_delete_KILL sigop_delete_TERM
  sigop_extract_KILL sigop_extract_TERM sigop_prune_INT sigop_prune_KILL sigop_startup_INT ssh_rsh_missing sshdrop_killborg
  sshdrop_killserve sshdrop_stall sshdrop_termborg`

const expected: Readonly<Record<string, string>> = {
  good,
  damage,
  'borg-failed': withoutCode,
  'no-space': 'cond_diskfull',
  integrity: 'corrupt_extract_real corrupt_missing_seg_create corrupt_missing_seg_extract_dry',
  'archive-not-found': 'corrupt_after_repair_extract extract_noarchive',
  'archive-exists': 'create_exists',
  'repository-missing': 'err_legacy_codes err_repo_missing ssh_repo_missing',
  'repository-invalid': 'err_repo_empty_dir err_repo_invalid',
  'repository-relocated': 'err_relocated_back err_relocated_q',
  'repository-locked': 'lock_foreign_w1 lock_malformed lock_pidreuse_w1 lock_timeout_w2',
  'passphrase-wrong': 'err_passphrase_wrong',
  'passphrase-missing': 'err_passcommand_fail err_passphrase_missing',
  'connection-failed': 'ssh_auth_denied ssh_hostkey_changed ssh_hostkey_unknown ssh_port_closed ssh_remote_path_bad',
  'connection-lost': 'sshdrop_killsrv sshdrop_killssh sshdrop_stallalive sshdrop_termgroup',
}

const seenOf = ({ lines }: Sample): Seen => lines.flatMap(decodeLine).reduce(see, nothingSeen)
/** As the shell around borg reports it. */
const exitOf = ({ exitCode }: Sample): Exit => ({ code: exitCode < 0 ? 128 - exitCode : exitCode, signal: null })
const isGoodCode = (code: number): boolean => code === 0 || code === 1 || (code >= 100 && code <= 127)

const kindOf = (sample: Sample): string => {
  const { problems, lastError } = seenOf(sample)
  if (!isGoodCode(sample.exitCode)) return faultOf({ lastError, exit: exitOf(sample) })
  return problems > 0 ? 'damage' : 'good'
}

for (const [version, all] of Object.entries(samples))
  test(`borg ${version}: every captured run is what it was`, () => {
    const table = Object.entries(expected).flatMap(([kind, names]) => names.split(/\s+/).map((name) => [name, kind] as const))
    assert.equal(Object.fromEntries(all.map((sample) => [sample.name, kindOf(sample)])), Object.fromEntries(table))
  })

/** How the job of a type ends whose run said this. */
const endOf = (type: 'check' | 'restore' | 'compact', evidence: RunEvidence): string => {
  const { decision } = given(repositoryRegistered(), jobRunning(type)).when(reportRunEnded('job_1', { evidence }))
  if (E.isLeft(decision)) throw new Error(decision.left.tag)
  const end = decision.right.find(({ type }) => type === 'JobFailed' || type === 'JobCompleted')
  if (end?.type === 'JobFailed') return end.error.code
  return end?.type === 'JobCompleted' ? end.outcome : (end?.type ?? 'nothing')
}

const told = (sample: Sample) => {
  const { lastError, warnings } = seenOf(sample)
  return { exit: exitOf(sample), lastError, warnings, lock: null }
}
const ends = {
  check: (sample: Sample) => endOf('check', evidenceOf('check', { ...told(sample), ...pick(seenOf(sample)) })),
  restore: (sample: Sample) => endOf('restore', evidenceOf('extract', { ...told(sample), unmatched: seenOf(sample).unmatched })),
  compact: (sample: Sample) => endOf('compact', evidenceOf('compact', told(sample))),
}
const pick = ({ problems, firstProblem }: Seen) => ({ problems, firstProblem })

const jobs: Readonly<Record<keyof typeof ends, Readonly<Record<string, string>>>> = {
  check: {
    success: 'check_archives check_maxdur check_repo check_verify corrupt_check_arch sigop_checkverify_INT ssh_check',
    integrity: 'corrupt_check_repo corrupt_check_verify corrupt_missing_seg_check',
    'borg-failed': 'sigop_check_INT_INT sigop_checkverify_TERM',
  },
  restore: {
    success: 'export_tar_null extract extract_list sigop_extract_INT',
    'paths-not-found': 'extract_nomatch',
    'archive-not-found': 'extract_noarchive corrupt_after_repair_extract',
    integrity: 'corrupt_extract_real',
    'borg-failed': 'sigop_extract_KILL sigop_extract_TERM',
  },
  compact: { success: 'compact cond_diskfull_compact sigop_compact_INT', 'borg-failed': 'sigop_compact_KILL sigop_compact_TERM' },
}

for (const type of ['check', 'restore', 'compact'] as const)
  test(`a ${type} that said what was captured ends as it must, whatever its exit code`, () => {
    for (const [end, names] of Object.entries(jobs[type]))
      for (const sample of Object.values(samples).flatMap((all) => all.filter(({ name }) => names.split(' ').includes(name))))
        assert.is(ends[type](sample), end, sample.name)
  })

test.run()
