import { route } from '@heavylift/core'
import { z } from 'zod'
import type { AgentsContext } from '../context.ts'
import { agentName } from '../definition/definition.ts'

/** What agents keep, below `/api/agents`. */
export function memoryRoutes({ memory }: Pick<AgentsContext, 'memory'>) {
  return [
    route({
      method: 'get',
      path: '/memory',
      summary: 'What agents keep of subjects, newest first; with a text those that have its words.',
      access: 'operator',
      query: z.object({
        agent: agentName.optional(),
        subject: z.string().max(200).optional(),
        text: z.string().max(1_000).optional(),
        limit: z.coerce.number().int().min(1).max(500).default(100),
      }),
      response: z.object({
        memories: z.array(
          z.object({
            memoryId: z.string(),
            agent: z.string(),
            subject: z.string(),
            kind: z.enum(['fact', 'message']),
            text: z.string(),
            value: z.unknown(),
            trust: z.enum(['user', 'outside']).describe('Who wrote the words.'),
            runId: z.string().nullable(),
            origins: z.array(z.string()),
            madeMs: z.number(),
            expiresMs: z.number().nullable(),
          }),
        ),
      }),
      handle: async ({ caller, query }) => ({
        memories: (await memory.find(caller.tenantId, query)).map((row) => ({
          memoryId: row.id,
          agent: row.agent,
          subject: row.subject,
          kind: row.kind,
          text: row.text,
          value: row.value,
          trust: row.trust,
          runId: row.source.runId,
          origins: [...row.source.origins],
          madeMs: row.made_ms,
          expiresMs: row.expires_ms,
        })),
      }),
    }),
    route({
      method: 'post',
      path: '/memory/erase',
      summary: 'Erases one memory, or everything that is known of a subject, for good.',
      access: 'operator',
      body: z.union([
        z.strictObject({ memoryId: z.string().min(1).max(200) }),
        z.strictObject({ subject: z.string().min(1).max(200), agent: agentName.optional() }),
      ]),
      response: z.object({ erased: z.int() }),
      handle: async ({ caller, body }) => ({
        erased: await memory.erase(caller.tenantId, 'memoryId' in body ? { id: body.memoryId } : body),
      }),
    }),
  ]
}
