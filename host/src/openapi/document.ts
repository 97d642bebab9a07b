/** The OpenAPI document: the routes as they are, with their codecs as schemas. */
import { JobError, Progress, Settings } from '@borgledger/domain'
import type * as t from 'io-ts'
import type { Route } from '../http/route.js'
import { hostVersion } from '../serve/version.js'
import type { Content, Operation } from './operation.js'
import { operations } from './operations.js'
import { pathParameters, queryParameters, templateOf } from './parameters.js'
import { JobRecord } from './records/job.js'
import { DeliveryRecord, EventRecorded, HealthRecord, ProblemRecord, ScriptRecord, TargetRecord, TokenRecord } from './records/others.js'
import { RepositoryRecord } from './records/repository.js'
import { ScheduleRecord, TickRecord } from './records/schedule.js'
import { type Schema, schemaOf, wholeSchemaOf } from './schema-of.js'

/** The records that are referred to by name. */
const named: ReadonlyMap<t.Mixed, string> = new Map<t.Mixed, string>([
  [JobRecord, 'Job'],
  [Progress, 'Progress'],
  [JobError, 'JobError'],
  [RepositoryRecord, 'Repository'],
  [ScheduleRecord, 'Schedule'],
  [TickRecord, 'Tick'],
  [Settings, 'Settings'],
  [ScriptRecord, 'Script'],
  [TargetRecord, 'NotificationTarget'],
  [DeliveryRecord, 'Delivery'],
  [TokenRecord, 'Token'],
  [EventRecorded, 'Event'],
  [HealthRecord, 'Health'],
  [ProblemRecord, 'Problem'],
])

/** `routes`: those below `/api/v1`. Throws for a route that no operation describes. */
export const openApiDocument = (routes: ReadonlyArray<Route>): Schema => ({
  openapi: '3.1.0',
  info: { title: 'borgledger', version: hostVersion, description: 'An event-sourced job ledger for BorgBackup.' },
  security: [{ token: [] }],
  paths: { ...rootPaths, ...pathsOf(routes) },
  components: {
    securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    schemas: Object.fromEntries([...named].map(([codec, name]) => [name, wholeSchemaOf(codec, named)])),
  },
})

const pathsOf = (routes: ReadonlyArray<Route>): Readonly<Record<string, Schema>> => {
  const paths: Record<string, Schema> = {}
  for (const route of routes) {
    const path = `/api/v1${templateOf(route.path)}`
    paths[path] = { ...paths[path], [route.method.toLowerCase()]: described(route) }
  }
  return paths
}

const described = ({ method, path, role, query }: Route): Schema => {
  const operation = operations[`${method} ${path}`]
  if (operation === undefined) throw new Error(`no operation describes ${method} ${path}`)
  const { summary, body } = operation
  return {
    summary,
    description: `Role: ${role}.`,
    parameters: [...pathParameters(path), ...queryParameters(query)],
    ...(body === undefined ? {} : { requestBody: { required: true, content: contentOf({ 'application/json': body }) } }),
    responses: { ...answersOf(operation), default: problem },
  }
}

const answersOf = ({ answers }: Operation): Readonly<Record<string, Schema>> =>
  Object.fromEntries(
    Object.entries(answers).map(([status, content]) => [
      status,
      { description: said[status] ?? 'As asked.', ...(content === null ? {} : { content: contentOf(content) }) },
    ]),
  )

const said: Readonly<Record<string, string>> = { 201: 'Made.', 202: 'Accepted.', 204: 'Done.', 206: 'The part that was asked for.' }

const contentOf = (content: Content): Schema =>
  Object.fromEntries(Object.entries(content).map(([type, codec]) => [type, codec === null ? {} : { schema: schemaOf(codec, named) }]))

const problem: Schema = { description: 'A problem.', content: contentOf({ 'application/problem+json': ProblemRecord }) }

const health: Schema = {
  security: [],
  summary: 'Is the ledger well?',
  responses: Object.fromEntries(
    ['200', '503'].map((status) => [status, { description: 'How it is.', content: contentOf({ 'application/json': HealthRecord }) }]),
  ),
}

/** What stands at the root. */
const rootPaths: Readonly<Record<string, Schema>> = {
  '/healthz': { get: health },
  '/readyz': { get: health },
  '/metrics': {
    get: {
      summary: 'What Prometheus scrapes',
      description: 'Role: metrics.',
      responses: { 200: { description: 'As asked.', content: { 'text/plain': {} } }, default: problem },
    },
  },
  '/api/v1/openapi.json': {
    get: { security: [], summary: 'This document', responses: { 200: { description: 'As asked.', content: { 'application/json': {} } } } },
  },
}
