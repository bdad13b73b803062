import { NotFoundError, route, uploadRoute } from '@heavylift/core'
import type { Caller } from '@heavylift/core'
import { z } from 'zod'
import type { AgentsContext } from '../context.ts'
import { agentName } from '../definition/definition.ts'
import { faceCaller } from '../faces/call.ts'
import type { A2aCall } from '../faces/a2a/endpoint.ts'
import { addressOfServer } from '../faces/address.ts'

const maxBodyBytes = 4 * 1024 * 1024
const media = ['application/json', 'application/a2a+json', 'text/event-stream']
const named = z.object({ name: agentName })
const name = z.string().max(200)
const oneTask = named.extend({ taskId: z.string().max(200) })
const oneConfig = oneTask.extend({ configId: z.string().max(200) })
/** Parameters of operations without a body, as the query has them. */
const query = z.looseObject({ 'A2A-Version': z.string().max(20).optional() })

const sends = { 'message:send': 'SendMessage', 'message:stream': 'SendStreamingMessage' } as const
const reads = { tasks: 'ListTasks', extendedAgentCard: 'GetExtendedAgentCard' } as const
const acts = { cancel: 'CancelTask', subscribe: 'SubscribeToTask' } as const

/** @throws NotFoundError `operation-unknown` */
function operationOf<Name extends string>(of: Readonly<Record<string, Name>>, wanted: string): Name {
  const found = Object.hasOwn(of, wanted) ? of[wanted] : undefined
  if (found !== undefined) return found
  throw new NotFoundError({
    code: 'operation-unknown',
    message: `A2A 1.0 has no such operation here. Take one of: ${Object.keys(of).join(', ')}.`,
  })
}

/** Each live agent as an agent of A2A 1.0, at `/api/agents/a2a/:name`. */
export function a2aRoutes({ a2a, publicUrl }: Pick<AgentsContext, 'a2a' | 'publicUrl'>) {
  const callOf = (input: {
    caller: Caller
    headers: Headers
    params: { name: string }
    query?: { 'A2A-Version'?: string | undefined }
    signal: AbortSignal
  }): A2aCall => ({
    caller: faceCaller(input.caller, input.headers),
    agent: input.params.name,
    version: input.headers.get('a2a-version') ?? input.query?.['A2A-Version'] ?? '',
    headers: input.headers,
    signal: input.signal,
  })
  const text = (body: ReadableStream<Uint8Array>): Promise<string> => new Response(body).text()
  return [
    route({
      method: 'get',
      path: '/a2a/:name/.well-known/agent-card.json',
      summary: 'The card of an agent (A2A 1.0), signed.',
      access: 'agents',
      params: named,
      media,
      handle: async ({ caller, params, headers }) =>
        (await a2a()).card(
          faceCaller(caller, headers),
          params.name,
          `${addressOfServer(publicUrl, headers)}/api/agents/a2a`,
          headers.get('if-none-match'),
        ),
    }),
    route({
      method: 'get',
      path: '/a2a/jwks.json',
      summary: 'The public key with which cards of agents are signed.',
      access: 'public',
      response: z.object({ keys: z.array(z.record(z.string(), z.unknown())) }),
      handle: async () => (await a2a()).keys(),
    }),
    // Some clients take the address for a folder.
    ...(['/a2a/:name', '/a2a/:name/'] as const).map((path) =>
      uploadRoute({
        method: 'post',
        path,
        summary: 'A2A 1.0 by JSON-RPC.',
        access: 'agents',
        maxBodyBytes,
        params: named,
        query,
        media,
        handle: async (input) => (await a2a()).jsonRpc(callOf(input), await text(input.body)),
      }),
    ),
    uploadRoute({
      method: 'post',
      path: '/a2a/:name/:operation',
      summary: 'A2A 1.0 by HTTP and JSON: sends a message, `message:send` or `message:stream`.',
      access: 'agents',
      maxBodyBytes,
      params: named.extend({ operation: name }),
      query,
      media,
      handle: async (input) =>
        (await a2a()).rest(
          callOf(input),
          operationOf(sends, input.params.operation),
          {},
          await text(input.body),
        ),
    }),
    route({
      method: 'get',
      path: '/a2a/:name/:operation',
      summary: 'A2A 1.0 by HTTP and JSON: lists `tasks`, those that changed last first.',
      access: 'agents',
      params: named.extend({ operation: name }),
      query,
      media,
      handle: async (input) =>
        (await a2a()).rest(callOf(input), operationOf(reads, input.params.operation), typed(input.query)),
    }),
    route({
      method: 'get',
      path: '/a2a/:name/tasks/:taskId',
      summary: 'A2A 1.0 by HTTP and JSON: one task.',
      access: 'agents',
      params: oneTask,
      query,
      media,
      handle: async (input) =>
        (await a2a()).rest(callOf(input), 'GetTask', { ...typed(input.query), id: input.params.taskId }),
    }),
    uploadRoute({
      method: 'post',
      path: '/a2a/:name/tasks/:taskId',
      summary: 'A2A 1.0 by HTTP and JSON: `ID:cancel` ends a task, `ID:subscribe` follows it.',
      access: 'agents',
      maxBodyBytes,
      params: oneTask,
      query,
      media,
      handle: async (input) => {
        const [, id = '', act = ''] = /^(.*):(\w+)$/.exec(input.params.taskId) ?? []
        const operation = operationOf(acts, act)
        return (await a2a()).rest(callOf(input), operation, { id }, await text(input.body))
      },
    }),
    uploadRoute({
      method: 'post',
      path: '/a2a/:name/tasks/:taskId/pushNotificationConfigs',
      summary: 'A2A 1.0: an address that is told when a task changes.',
      access: 'agents',
      maxBodyBytes,
      params: oneTask,
      query,
      media,
      handle: async (input) => {
        const { taskId } = input.params
        const body = await text(input.body)
        return (await a2a()).rest(callOf(input), 'CreateTaskPushNotificationConfig', { taskId }, body)
      },
    }),
    route({
      method: 'get',
      path: '/a2a/:name/tasks/:taskId/pushNotificationConfigs',
      summary: 'A2A 1.0: addresses that are told when a task changes.',
      access: 'agents',
      params: oneTask,
      query,
      media,
      handle: async (input) =>
        (await a2a()).rest(callOf(input), 'ListTaskPushNotificationConfigs', {
          taskId: input.params.taskId,
        }),
    }),
    ...(
      [
        ['get', 'GetTaskPushNotificationConfig', 'A2A 1.0: one such address.'],
        ['delete', 'DeleteTaskPushNotificationConfig', 'A2A 1.0: takes such an address away.'],
      ] as const
    ).map(([method, operation, summary]) =>
      route({
        method,
        path: '/a2a/:name/tasks/:taskId/pushNotificationConfigs/:configId',
        summary,
        access: 'agents',
        params: oneConfig,
        query,
        media,
        handle: async (input) => {
          const { taskId, configId: id } = input.params
          return (await a2a()).rest(callOf(input), operation, { taskId, id })
        },
      }),
    ),
  ]
}

/** What a query says, with numbers and truths as JSON has them. */
function typed(given: Record<string, unknown>): Record<string, unknown> {
  const numbers = new Set(['pageSize', 'historyLength'])
  return Object.fromEntries(
    Object.entries(given).map(([name, value]) => {
      if (numbers.has(name)) return [name, Number(value)]
      return [name, name === 'includeArtifacts' ? value === 'true' : value]
    }),
  )
}
