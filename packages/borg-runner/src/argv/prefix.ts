/** What every call of borg begins with: JSON lines, the exit code in words too, and a short wait for somebody else's lock. */
export const prefix = ['--log-json', '--show-rc', '--lock-wait', '5']
