import { route, uploadRoute } from '@heavylift/core'
import { z } from 'zod'
import type { AgentsContext } from '../context.ts'
import { agentName } from '../definition/definition.ts'
import { readCloudEvents } from '../triggers/cloud-event.ts'

const mostBytes = 1024 * 1024
const started = z.object({ runId: z.string(), isNew: z.boolean() })
const topic = z.string().min(1).max(200)
const message = z.object({
  id: z.string().min(1).max(200).describe('The same id again is no new message.'),
  key: z.string().min(1).max(200).default('-').describe('Messages of one key keep their order.'),
  data: z.unknown(),
})

/** What starts runs without a person, below `/api/agents`. */
export function triggerRoutes({ agents, triggers }: Pick<AgentsContext, 'agents' | 'triggers'>) {
  return [
    route({
      method: 'get',
      path: '/agents/:name/triggers',
      summary: 'What starts runs of an agent by itself; a webhook with its address and secret.',
      access: 'admin',
      params: z.object({ name: agentName }),
      response: z.object({
        triggers: z.array(
          z.object({
            triggerId: z.string(),
            kind: z.string(),
            path: z.string().nullable().describe('Of a webhook, below the address of this server.'),
            secret: z.string().nullable().describe('For the sender, as Standard Webhooks has it.'),
            nextMs: z.number().nullable().describe('Of a schedule.'),
            lastRunId: z.string().nullable(),
          }),
        ),
      }),
      handle: async ({ caller, params }) => {
        await agents.find(caller.tenantId, params.name)
        return {
          triggers: (await triggers.list(caller.tenantId, params.name)).map((row) => ({
            triggerId: row.id,
            kind: row.kind,
            path: row.hook_id === null ? null : `/api/agents/hooks/${row.hook_id}`,
            secret: row.secret,
            nextMs: row.next_ms,
            lastRunId: row.last_run,
          })),
        }
      },
    }),
    uploadRoute({
      method: 'post',
      path: '/hooks/:hookId',
      summary: 'A webhook, signed as Standard Webhooks says. The same webhook-id again starts nothing.',
      access: 'public',
      maxBodyBytes: mostBytes,
      params: z.object({ hookId: z.string().max(64) }),
      response: started,
      handle: async ({ params, headers, body }) => {
        const bytes = new Uint8Array(await new Response(body).arrayBuffer())
        const { id, isNew } = await triggers.webhook(params.hookId, headers, bytes)
        return { runId: id, isNew }
      },
    }),
    uploadRoute({
      method: 'post',
      path: '/cloudevents',
      summary:
        'CloudEvents 1.0, structured, binary or batched: starts runs by their triggers, and wakes runs that wait.',
      access: 'operator',
      maxBodyBytes: mostBytes,
      response: z.object({ started: z.number(), woken: z.number() }),
      handle: async ({ caller, headers, body }) => {
        let [started, woken] = [0, 0]
        for (const event of readCloudEvents(headers, await new Response(body).text())) {
          const found = await triggers.cloudEvent(caller.tenantId, event)
          started += found.started
          woken += found.woken
        }
        return { started, woken }
      },
    }),
    route({
      method: 'post',
      path: '/queues',
      summary:
        'Puts a message on a queue: a run of each agent that takes from it, also of one that does so later.',
      access: 'operator',
      body: message.extend({ queue: topic }),
      response: z.object({ isNew: z.boolean() }),
      handle: ({ caller, body: { queue, id, key, data = null } }) =>
        triggers.put(caller.tenantId, 'queue', queue, { id, key, data }),
    }),
    route({
      method: 'post',
      path: '/streams',
      summary: 'Appends an event to a stream: a run of each agent that follows it.',
      access: 'operator',
      body: message.extend({ stream: topic }),
      response: z.object({ isNew: z.boolean() }),
      handle: ({ caller, body: { stream, id, key, data = null } }) =>
        triggers.put(caller.tenantId, 'stream', stream, { id, key, data }),
    }),
  ]
}
