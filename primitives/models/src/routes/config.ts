import { route } from '@heavylift/core'
import { z } from 'zod'
import type { ConfigEdit, ModelsContext } from '../context.ts'
import { gatewayConfigSchema } from '../table/gateway-config.ts'
import { requireManager } from './visibility.ts'

const baseVersion = z
  .string()
  .max(200)
  .describe('The version that was read; another one since then is a conflict.')
const named = z.object({ name: z.string().min(1).max(128) })

const configProblemSchema = z.object({
  line: z.number().nullable().describe('1-based; null when it is not in the text (a missing file).'),
  column: z.number().nullable(),
  path: z.string().describe('Where in the table, e.g. models.large.targets. Empty for the whole.'),
  message: z.string(),
})

const configSchema = z.object({
  file: z.string(),
  text: z.string(),
  version: z.string(),
  problems: z.array(configProblemSchema).describe('Empty when the text is in effect.'),
  table: gatewayConfigSchema.describe(
    'The table in effect, defaults filled in. Secrets are references, never values.',
  ),
})

export type ConfigAnswer = z.output<typeof configSchema>

/** The gateway's table: as text, and by its parts. */
export function configRoutes(models: ModelsContext) {
  const answer = (state: Awaited<ReturnType<ModelsContext['configFile']['read']>>) => ({
    ...state,
    table: models.gateway.config,
  })
  const edit = async (edits: ConfigEdit[], version: string) =>
    answer(await models.configFile.edit(edits, version))

  return [
    route({
      method: 'get',
      path: '/config',
      summary: 'The table’s file, what is wrong in it, and the table in effect.',
      access: 'admin',
      response: configSchema,
      handle: async ({ caller }) => {
        requireManager(caller)
        return answer(await models.configFile.read())
      },
    }),
    route({
      method: 'put',
      path: '/config',
      summary: 'Writes the whole file; it takes effect at once, running calls end on what they began with.',
      access: 'admin',
      body: z.object({ text: z.string().max(1_000_000), baseVersion }),
      response: configSchema,
      handle: async ({ caller, body }) => {
        requireManager(caller)
        return answer(await models.configFile.write(body.text, body.baseVersion))
      },
    }),
    route({
      method: 'patch',
      path: '/models/:name',
      summary: 'Changes fields of a model, or adds the model.',
      access: 'admin',
      params: named,
      body: z.object({
        changes: z
          .record(z.string(), z.unknown())
          .refine((changes) => Object.keys(changes).length > 0, { error: 'expected at least one field' })
          .meta({ examples: [{ policy: 'least-tokens' }] }),
        baseVersion,
      }),
      response: configSchema,
      handle: ({ caller, params, body }) => {
        requireManager(caller)
        const edits = Object.entries(body.changes).map(([field, value]) => ({
          path: ['models', params.name, field],
          value,
        }))
        return edit(edits, body.baseVersion)
      },
    }),
    route({
      method: 'delete',
      path: '/models/:name',
      summary: 'Takes a model out of the table.',
      access: 'admin',
      params: named,
      query: z.object({ baseVersion: baseVersion.default('') }),
      response: configSchema,
      handle: ({ caller, params, query }) => {
        requireManager(caller)
        return edit([{ path: ['models', params.name], value: undefined }], query.baseVersion)
      },
    }),
    route({
      method: 'put',
      path: '/providers/:name',
      summary:
        'Adds or replaces a provider. Keys are given as env:NAME or file:NAME, and one that is in use does not move to another host.',
      access: 'admin',
      params: named,
      body: z.object({ provider: z.record(z.string(), z.unknown()), baseVersion }),
      response: configSchema,
      handle: ({ caller, params, body }) => {
        requireManager(caller)
        return edit([{ path: ['providers', params.name], value: body.provider }], body.baseVersion)
      },
    }),
  ]
}
