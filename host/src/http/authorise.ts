/** Lets nobody in without a token, and nobody do what their role may not. */
import type { MiddlewareHandler } from 'hono'
import type { Authenticate } from '../access/authenticator.js'
import { mayActAs, type Role } from '../access/principal.js'
import { problem } from './problem.js'
import type { AppEnv } from './route.js'

export const authenticated =
  (authenticate: Authenticate): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const principal = authenticate(c.req.header('Authorization'))
    if (principal === null) {
      c.header('WWW-Authenticate', 'Bearer')
      return problem(c, {
        code: 'not-authenticated',
        message: 'expected the header Authorization: Bearer <token> with a token that is known',
      })
    }
    c.set('principal', principal)
    c.set('isKnown', () => authenticate(c.req.header('Authorization')) !== null)
    return next()
  }

export const permitted =
  (role: Role): MiddlewareHandler<AppEnv> =>
  async (c, next) =>
    mayActAs(c.var.principal, role) ? next() : notPermitted(c, role)

export const notPermitted = (c: Parameters<typeof problem>[0], role: Role): Response =>
  problem(c, { code: 'not-permitted', message: `expected a token of role ${role}` })
