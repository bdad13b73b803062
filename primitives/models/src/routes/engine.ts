import { route } from '@heavylift/core'
import { z } from 'zod'
import type { ModelsContext } from '../context.ts'
import { requireManager } from './visibility.ts'

const engineSchema = z.object({
  isInstalled: z.boolean(),
  engines: z.array(
    z.object({
      provider: z.string(),
      state: z.enum(['starting', 'ready', 'restarting', 'draining', 'stopped', 'failed']),
      model: z.string(),
      progress: z.number().describe('0 to 1, of loading the model.'),
      reason: z.string().nullable().describe('Why it failed last, and what to do about it.'),
      gpu: z
        .union([z.string(), z.literal(false)])
        .nullable()
        .describe('Null until it is ready.'),
      restarts: z.number(),
    }),
  ),
  pulled: z.array(
    z.object({
      name: z.string(),
      bytes: z.number(),
      source: z.string(),
      licence: z.string().nullable(),
      architecture: z.string(),
      contextTokens: z.number().nullable(),
      hasChatTemplate: z.boolean(),
      pulledAtMs: z.number(),
    }),
  ),
})

export type EngineAnswer = z.output<typeof engineSchema>

/** The engines on this machine. */
export function engineRoutes(models: ModelsContext) {
  // Without paths, addresses and process ids, which are nobody's business.
  const overview = async () => engineSchema.parse(await models.engine.overview())
  return [
    route({
      method: 'get',
      path: '/engine',
      summary: 'The local engines with their state and model, and the models that were pulled.',
      access: 'operator',
      response: engineSchema,
      handle: overview,
    }),
    route({
      method: 'post',
      path: '/engine',
      summary: 'Serves a pulled model.',
      access: 'admin',
      body: z.object({ model: z.string().min(1).max(500) }),
      response: engineSchema,
      handle: async ({ caller, body }) => {
        requireManager(caller)
        await models.engine.use(body.model)
        return overview()
      },
    }),
    route({
      method: 'post',
      path: '/engine/restart',
      summary: 'Starts the engine of a provider anew; calls that it has end as cut.',
      access: 'admin',
      body: z.object({ provider: z.string().min(1).max(128) }),
      response: engineSchema,
      handle: async ({ caller, body }) => {
        requireManager(caller)
        await models.engine.restart(body.provider)
        return overview()
      },
    }),
  ]
}
