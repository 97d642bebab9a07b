// Source mode only: tsx's hooks do not reach worker threads on Node 20, so the thread registers them itself.
import { register } from 'tsx/esm/api'

register()
export const { ready, supervise } = await import(new URL('./worker.ts', import.meta.url).href)
