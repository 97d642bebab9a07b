/** The web page at `/` and what belongs to it. It holds nothing that needs a token; what it shows it asks of the API. */
import { Hono } from 'hono'
import { routeNotFound } from '../http/not-found.js'
import { loadAssets } from './assets.js'
import { Shell } from './shell.js'

const guards = {
  'Content-Security-Policy': [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "connect-src 'self'",
    "form-action 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'no-cache',
}

export const pageRoutes = (): Hono => {
  const assets = loadAssets()
  const html = `<!doctype html>${Shell()}`
  const page = new Hono()
  page.get('/', (c) => c.html(html, 200, guards))
  page.get('/assets/:name', (c) => {
    const asset = assets.get(c.req.param('name'))
    return asset === undefined ? routeNotFound(c) : c.body(asset.text, 200, { ...guards, 'Content-Type': asset.type })
  })
  return page
}
