/** What is answered where there is no route, or none for the method. */
import type { Context } from 'hono'
import { problem } from './problem.js'
import type { Route } from './route.js'

export const routeNotFound = (c: Context): Response =>
  problem(c, { code: 'route-not-found', message: `there is nothing at ${c.req.method} ${c.req.path}` })

export const methodNotAllowed = (routes: ReadonlyArray<Route>) => {
  const methods = routes.flatMap(({ method }) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ')
  return (c: Context): Response => {
    c.header('Allow', methods)
    return problem(c, { code: 'method-not-allowed', message: `expected ${methods} at ${c.req.path}, got ${c.req.method}` })
  }
}
