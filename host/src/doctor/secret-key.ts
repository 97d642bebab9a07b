/** The key of the secret store: there, long enough, and for its user's eyes alone. It is looked at from outside. */
import { access, constants, stat } from 'node:fs/promises'
import { bad, type Finding, note, ok } from './finding.js'

const keyBytesLeast = 16
const check = 'secret key'

export const secretKeyFinding = async (file: string | null): Promise<Finding> => {
  if (file === null) return note(check, 'BORGLEDGER_SECRET_KEY_FILE names none: the secret store is off')
  const found = await stat(file).catch(() => null)
  if (found === null) return bad(check, `there is no ${file}: make it, with ${keyBytesLeast} random bytes or more`)
  const isReadable = await access(file, constants.R_OK).then(
    () => true,
    () => false,
  )
  if (!found.isFile() || !isReadable) return bad(check, `${file} cannot be read by this user`)
  if (found.size < keyBytesLeast) return bad(check, `${file} holds ${found.size} bytes: ${keyBytesLeast} or more are needed`)
  return (found.mode & 0o077) !== 0 ? note(check, `${file} can be read by other users: chmod 600 keeps it`) : ok(check, file)
}
