import { z } from 'zod'
import { referenceProblem } from './secret.ts'

/**
 * Options of the models system. One endpoint can be named here; everything else (replicas, routes, prices, limits) stands
 * in the gateway's own table, `models.config.json`, which is read again whenever it changes.
 */
export const modelsConfigSchema = z.object({
  configFile: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe(
      "The gateway's table: a path, relative to this file's folder; it need not exist. Unset: `models.config.json` in the data folder's `models`.",
    ),
  sample: z
    .boolean()
    .default(true)
    .describe(
      'Shows sample traffic, marked as such and free of charge, until the first real call. Turn it off in production.',
    ),
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null)
    .describe(
      'One OpenAI-compatible endpoint up to and with /v1, e.g. http://127.0.0.1:8000/v1, without writing a table.',
    ),
  model: z.string().min(1).nullable().default(null).describe('Name of the model, as the endpoint names it.'),
  // No secret option of the configuration, which would be read at the start: the reference is, at each use.
  apiKey: z
    .string()
    .refine((reference) => referenceProblem(reference) === null, {
      error: 'expected env:NAME or file:NAME, never the key itself',
    })
    .nullable()
    .default(null)
    .describe(
      'Where the key of the endpoint is kept: file:NAME in the secrets folder, or env:NAME with a name that begins with HEAVYLIFT_SECRET_ or is usual for a provider. Unset for one without keys.',
    ),
  secretsDir: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe(
      "The folder of secret files, relative to this file's folder; keys of providers are read from nowhere else. Unset: `secrets` in the data folder.",
    ),
  promptPrice: z
    .number()
    .min(0)
    .default(0)
    .describe('What a million prompt tokens cost, in US dollars; for the cost of each answer in the ledger.'),
  completionPrice: z
    .number()
    .min(0)
    .default(0)
    .describe('What a million completion tokens cost, in US dollars.'),
})

export type ModelsConfig = z.output<typeof modelsConfigSchema>
