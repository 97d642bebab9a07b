/** A route as data: what is asked for, who may ask, and what answers. */
import type { Context } from 'hono'
import type * as t from 'io-ts'
import type { Principal, Role } from '../access/principal.js'

export interface AppEnv {
  readonly Variables: {
    readonly principal: Principal
    /** Whether their token still opens this door. */
    readonly isKnown: () => boolean
  }
  /** Node's own response, where there is one: a client that takes nothing any more is cut off through it. */
  readonly Bindings: { readonly outgoing?: { readonly destroy: () => void } }
}

export type AppContext = Context<AppEnv>

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  /** Below `/api/v1`, with `:name` for what differs. */
  readonly path: string
  /** The least role that may ask. */
  readonly role: Role
  /** The parameters that may be asked with; any other is refused. */
  readonly query?: t.Props
  readonly handle: (c: AppContext) => Response | Promise<Response>
}
