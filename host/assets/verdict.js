// The question whether history still holds, and its answer.
import { post } from './api.js'
import { part } from './element.js'
import { sayTime } from './words.js'

export const verify = async () => {
  part('verify-button').disabled = true
  tell('Reading the whole log …', '')
  try {
    const { ok, events, position, divergence } = await post('/audit/verify')
    if (ok) tell(`✓ Verified at ${sayTime(Date.now())}: all ${events} events hold`, 'good')
    else tell(`▲ History does not hold after position ${position}: ${divergence?.what ?? 'unknown'}`, 'bad')
  } catch (cause) {
    tell(cause.message, 'bad')
  }
  part('verify-button').disabled = false
}

const tell = (text, tone) => {
  part('verdict').className = `health ${tone}`
  part('verdict').textContent = text
}
