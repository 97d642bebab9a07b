/** May files be restored into a folder of this machine? Looks only, and makes nothing. */
import { constants } from 'node:fs'
import { access, realpath, stat } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'

/** Why not; null when they may. Followed to where it really is: a link into the data directory is the data directory. */
export const destinationProblem = async (dataDir: string, path: string): Promise<string | null> => {
  const { place, rest } = await nearest(path)
  const real = join(place, rest)
  if (isWithin(await realpath(dataDir), real)) return `${path} lies in the data directory`
  if (!(await stat(place)).isDirectory()) return rest === '' ? `${path} is no folder` : `${place} is no folder, so ${path} cannot be made`
  const writable = await access(place, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  )
  return writable ? null : `${place} cannot be written`
}

/** The nearest ancestor that is there, as it really is, and what is missing below it. */
const nearest = async (path: string): Promise<{ readonly place: string; readonly rest: string }> => {
  for (let at = path; ; at = dirname(at)) {
    const place = await realpath(at).catch(() => null)
    if (place !== null) return { place, rest: relative(at, path) }
  }
}

const isWithin = (folder: string, path: string): boolean =>
  path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`)
