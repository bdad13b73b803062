import { route, type Route } from '@heavylift/core'
import { z } from 'zod'
import type { ModelsContext } from '../models-context.ts'
import { requireManager } from './visibility.ts'

const engineSchema = z.object({
  state: z.enum(['missing', 'none', 'starting', 'running', 'restarting', 'failed']),
  model: z.string().nullable(),
  pulled: z.array(z.object({ name: z.string(), bytes: z.number() })),
  startedAtMs: z.number().nullable(),
  restarts: z.number(),
  message: z.string().nullable().describe('Why it is not running, and what to do about it.'),
})

/** The engine on this machine. */
export function engineRoutes(models: ModelsContext): Route[] {
  return [
    route({
      method: 'get',
      path: '/engine',
      summary: 'The local engine: its state, its model, and the models that it could serve.',
      access: 'operator',
      response: engineSchema,
      handle: () => models.engine.status(),
    }),
    route({
      method: 'post',
      path: '/engine',
      summary: 'Serves another pulled model.',
      access: 'admin',
      body: z.object({ model: z.string().min(1).max(500) }),
      response: engineSchema,
      handle: ({ caller, body }) => {
        requireManager(caller)
        return models.engine.use(body.model)
      },
    }),
    route({
      method: 'post',
      path: '/engine/restart',
      summary: 'Starts the engine anew; calls that it has end as cut.',
      access: 'admin',
      response: engineSchema,
      handle: ({ caller }) => {
        requireManager(caller)
        return models.engine.restart()
      },
    }),
  ]
}
