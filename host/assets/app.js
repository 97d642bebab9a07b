// The page: lets somebody in, shows what there is, and shows it anew whenever the log has grown.
import { keepStreaming, token } from './api.js'
import { part, say } from './element.js'
import { stopFollowing } from './live-jobs.js'
import { listMore, refresh, showHealth } from './overview.js'
import { paced } from './paced.js'
import { closeShown, openShown } from './shown-job.js'
import { startBackup } from './start-backup.js'
import { verify } from './verdict.js'

const refreshPaceMs = 500
let session = null

const arrange = (signedIn) => {
  part('sign-in').hidden = signedIn
  part('ledger').hidden = !signedIn
  part('verify').hidden = !signedIn
}

const signOut = (why) => {
  session?.abort()
  stopFollowing()
  closeShown()
  token.forget()
  say('sign-in-error', why)
  arrange(false)
  part('token').focus()
  return false
}

/** False when the token was refused, and with it the session. */
const refreshed = async () => {
  try {
    await refresh()
  } catch (cause) {
    if (cause.status === 401) return signOut('This token is not known here.')
    console.error(cause)
    await showHealth()
  }
  return true
}

const enter = async () => {
  if (!(await refreshed())) return
  session = new AbortController()
  const again = paced(refreshed, refreshPaceMs)
  say('sign-in-error', '')
  arrange(true)
  void keepStreaming('/events/stream', again, session.signal)
  part('more-jobs').onclick = () => {
    listMore()
    again()
  }
  await openShown()
}

part('sign-in').addEventListener('submit', (event) => {
  event.preventDefault()
  token.set(part('token').value.trim())
  part('token').value = ''
  void enter()
})
part('sign-out').addEventListener('click', () => signOut(''))
part('start').addEventListener('submit', startBackup)
part('verify-button').addEventListener('click', verify)
addEventListener('hashchange', () => token.get() !== null && openShown())

void showHealth()
if (token.get() === null) arrange(false)
else void enter()
