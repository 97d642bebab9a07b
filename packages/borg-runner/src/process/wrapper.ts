/**
 * Starts borg so that it outlives us: in a session of its own, output to files, under a small shell that records how it ends.
 *
 * The shell takes the run's lock (borg inherits it, the kernel frees it), makes `started` under it, so that a run starts once for ever,
 * and waits for borg in the foreground (in the background `sh` would have SIGINT ignored). Borg stands in a second session, so that a
 * signal to its group spares the shell, which then still writes the exit code, into space that it took before.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import type { Writable } from 'node:stream'
import type { RunDir } from '../run-dir.js'
import { endGroup } from './left-group.js'

/** The exit code when borg's identity could not be written, so that borg was not started: nobody could have stopped it. */
export const notRecorded = 125

/** Writes who it is into a file, then becomes what it is told: pid and start ticks stay the same. */
const become = `file=$1; shift
read -r boot < /proc/sys/kernel/random/boot_id
read -r stat < "/proc/$$/stat"
printf '%s\\n' "$$" "$boot" "$(readlink /proc/self/ns/pid)" "$stat" >"$file.tmp" && mv "$file.tmp" "$file" || exit ${notRecorded}
exec "$@"`

/** With a sink: what borg writes to stdout goes there, and both exit codes are kept. Each stands in a session of its own, to be ended alone. */
const piped = `{ setsid sh -c "$become" sh "$run/pid" "$@"; echo "$?" > "$run/borg-exit"; } |
setsid sh -c "$become" sh "$run/sink-pid" sh -c "$sink" > /dev/null 2>> "$run/ssh.log" 3<&-
echo "$?" > "$run/sink"
read -r code < "$run/borg-exit"`

/**
 * Comes before the passphrase, and is taken by the shell before it starts anything. A host that is killed first leaves an empty pipe, which
 * borg would take for a wrong passphrase.
 */
const passphraseFollows = 'passphrase\n'

const wrapper = `run=$1; become=$2; sink=$3; grace=$4; awaited=$5; shift 5
${endGroup}
trap : HUP INT TERM
[ -e "$run/started" ] && exit 75
exec 9>>"$run/lock" || exit 75
flock -w 10 9 || exit 75
[ -e "$run/started" ] && exit 75
[ -z "$awaited" ] || read -r awaited <&3 || exit 75
cat /proc/sys/kernel/random/boot_id > "$run/started" || exit 75
echo '    ' > "$run/exit.tmp"
if [ -z "$sink" ]; then
setsid sh -c "$become" sh "$run/pid" "$@"; code=$?
else
${piped}
fi
[ -z "$grace" ] || endGroup 2> /dev/null
echo "$code" 1<> "$run/exit.tmp" && mv "$run/exit.tmp" "$run/exit"`

export interface Call {
  readonly argv: ReadonlyArray<string>
  readonly env: Readonly<Record<string, string>>
  /** Goes in by file descriptor 3, which the environment must name; null when borg needs none. */
  readonly passphrase: string | null
}

export interface Launch extends Call {
  readonly cwd: string
  /** `together`: both streams go to the spool. */
  readonly output: 'apart' | 'together'
  /** A command for the shell that takes borg's stdout; null when it goes to a file. */
  readonly sink: string | null
  /** What it leaves in its group is ended, and after how long not politely any more; null: that is its own business. */
  readonly leftGraceMs: number | null
}

/** Throws what keeps the spool from being opened. The child is the shell; its errors and its exit come as events. */
export const launch = (run: RunDir, start: Launch): ChildProcess => {
  const child = spawnShell(run, start)
  if (start.passphrase !== null) handOver(child, `${passphraseFollows}${start.passphrase}`)
  child.unref()
  return child
}

/** Starts nothing yet where a passphrase is awaited. */
export const spawnShell = (run: RunDir, { argv, env, passphrase, cwd, output, sink, leftGraceMs }: Launch): ChildProcess => {
  const spools = [openSync(output === 'apart' ? run.stdout : run.stderr, 'a', 0o600), openSync(run.stderr, 'a', 0o600)] as const
  const grace = leftGraceMs === null ? '' : String(Math.ceil(leftGraceMs / 100))
  try {
    const awaited = passphrase === null ? '' : 'yes'
    return spawn('/bin/sh', ['-c', wrapper, 'borg-run', run.path, become, sink ?? '', grace, awaited, ...argv], {
      cwd,
      env,
      detached: true,
      stdio: ['ignore', ...spools, passphrase === null ? 'ignore' : 'pipe'],
    })
  } finally {
    for (const fd of spools) closeSync(fd)
  }
}

/** A borg that ends before it has read its passphrase breaks the pipe; how it ended is told elsewhere. */
export const handOver = (child: ChildProcess, passphrase: string): void => {
  const pipe = child.stdio[3] as Writable | undefined
  pipe?.on('error', () => {})
  pipe?.end(`${passphrase}\n`)
}
