/** Whether a real borg is on the path: tests that need one are skipped, and counted as such, where it is not. */
import { spawnSync } from 'node:child_process'

export const hasBorg = (): boolean => spawnSync('borg', ['--version'], { stdio: 'ignore' }).status === 0
