/** The HTTP API over a ledger, as a function from requests to responses: it listens nowhere by itself. */
import type { Borgledger } from 'borgledger'
import { Hono } from 'hono'
import type { Logger } from 'pino'
import type { Authenticate } from '../access/authenticator.js'
import { openApiDocument } from '../openapi/index.js'
import { pageRoutes } from '../page/page-routes.js'
import { authenticated, permitted } from './authorise.js'
import { methodNotAllowed, routeNotFound } from './not-found.js'
import type { OpenStreams } from './open-streams.js'
import { problem } from './problem.js'
import { knownParameters } from './query.js'
import type { AppEnv, Route } from './route.js'
import { auditRoutes } from './routes/audit.js'
import { eventRoutes } from './routes/events.js'
import { health } from './routes/health.js'
import { jobRoutes } from './routes/jobs.js'
import { logRoutes } from './routes/logs.js'
import { metricsRoute } from './routes/metrics.js'
import { notificationRoutes } from './routes/notifications.js'
import { repositoryRoutes } from './routes/repositories.js'
import { scheduleRoutes } from './routes/schedules.js'
import { scriptRoutes } from './routes/scripts.js'
import { secretRoutes } from './routes/secrets.js'
import { settingsRoutes } from './routes/settings.js'
import { tokenRoutes } from './routes/tokens.js'

export interface AppParts {
  readonly ledger: Borgledger
  readonly authenticate: Authenticate
  readonly streams: OpenStreams
  readonly log: Logger
}

export type App = Hono<AppEnv>

export const createApp = (parts: AppParts): App => {
  const { ledger, log } = parts
  const app: App = new Hono<AppEnv>()
  app.get('/healthz', health(ledger)).get('/readyz', health(ledger))
  const routes = apiRoutes(parts)
  const description = openApiDocument(routes)
  // Holds nothing that needs a token, and comes before what does.
  app.get('/api/v1/openapi.json', (c) => c.json(description))
  app.route('/api/v1', guarded('*', routes, parts))
  app.route('/', guarded('/metrics', [metricsRoute(ledger)], parts))
  app.route('/', pageRoutes())
  app.notFound(routeNotFound)
  app.onError((cause, c) => {
    if (c.req.raw.signal.aborted) return c.body(null)
    log.error({ err: cause, method: c.req.method, path: c.req.path }, 'a request failed')
    return problem(c, { code: 'internal-error', message: 'the request failed; the log of the program says why' })
  })
  return app
}

/** Below `/api/v1`. */
const apiRoutes = ({ ledger, streams }: AppParts): ReadonlyArray<Route> => [
  ...jobRoutes(ledger, streams),
  ...logRoutes(ledger, streams),
  ...repositoryRoutes(ledger),
  ...scriptRoutes(ledger),
  ...notificationRoutes(ledger),
  ...scheduleRoutes(ledger),
  ...settingsRoutes(ledger),
  ...secretRoutes(ledger),
  ...tokenRoutes(ledger, streams),
  ...eventRoutes(ledger, streams),
  ...auditRoutes(ledger, streams),
]

/** Nothing at `where` is told without a token, not even whether it is there. */
const guarded = (where: string, routes: ReadonlyArray<Route>, { authenticate }: AppParts): App => {
  const app: App = new Hono<AppEnv>()
  app.use(where, authenticated(authenticate))
  for (const { method, path, role, query, handle } of routes) app.on(method, path, permitted(role), knownParameters(query), handle)
  for (const path of new Set(routes.map((route) => route.path))) app.all(path, methodNotAllowed(routesAt(routes, path)))
  return app
}

const routesAt = (routes: ReadonlyArray<Route>, path: string): ReadonlyArray<Route> => routes.filter((route) => route.path === path)
