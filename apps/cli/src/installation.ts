import { dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadConfig } from '@heavylift/core/runtime'
import type { ConfigSection, LoadedConfig } from '@heavylift/core/runtime'
import { z } from 'zod'

/** The folder that holds package.json, `heavylift.config.json` and, by default, `.heavylift/`. */
export const installationRoot = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))))

export const dataConfigSchema = z.object({
  dir: z
    .string()
    .min(1)
    .default('.heavylift')
    .describe('Folder of the embedded database, objects, indexes and logs; relative to the installation.')
    .meta({ env: 'HEAVYLIFT_HOME' }),
})

export const storeConfigSchema = z.object({
  databaseUrl: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'expected an address like postgres://user:password@host:5432/database')
    .nullable()
    .default(null)
    .describe('PostgreSQL 14 or later to use instead of the embedded one.')
    .meta({ env: 'DATABASE_URL', secret: true }),
  objectsUrl: z
    .string()
    .regex(/^s3:\/\//, 'expected an address like s3://bucket/prefix?region=eu-central-1')
    .nullable()
    .default(null)
    .describe(
      'S3 bucket for objects instead of the data folder, with &endpoint=https://host for servers other than Amazon; credentials come from AWS_ACCESS_KEY_ID and its kin.',
    )
    .meta({ env: 'OBJECTS_URL' }),
  maxConnectionsPerSystem: z
    .int()
    .min(1)
    .max(500)
    .default(10)
    .describe('Most database connections that one system holds.'),
})

export const modelsConfigSchema = z.object({
  baseUrl: z
    .url({ protocol: /^https?$/ })
    .nullable()
    .default(null)
    .describe(
      'OpenAI-compatible endpoint up to and with /v1, e.g. http://127.0.0.1:8000/v1. Unset: systems work without a model.',
    ),
  model: z.string().min(1).nullable().default(null).describe('Name of the model, as the endpoint names it.'),
  apiKey: z
    .string()
    .regex(/^(env|file):./, 'expected env:NAME or file:/path, never the key itself')
    .nullable()
    .default(null)
    .describe('Where the key of the endpoint is kept: env:NAME or file:/path. Unset for one without keys.')
    .meta({ secret: true }),
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

export const logConfigSchema = z.object({
  level: z.enum(['debug', 'info', 'warn', 'error']).default('info').describe('Least level that is logged.'),
  destination: z
    .enum(['file', 'stdout'])
    .default('file')
    .describe(
      'file: JSON lines in <data.dir>/logs, and warnings on the terminal. stdout: JSON lines on standard output.',
    ),
})

export type StoreConfig = z.output<typeof storeConfigSchema>
export type ModelsConfig = z.output<typeof modelsConfigSchema>
export type LogConfig = z.output<typeof logConfigSchema>

/** Sections that every installation has. The server's and the systems' own are added by `allSections`. */
export const baseSections: ConfigSection[] = [
  { name: 'data', schema: dataConfigSchema },
  { name: 'store', schema: storeConfigSchema },
  { name: 'models', schema: modelsConfigSchema },
  { name: 'log', schema: logConfigSchema },
]

/** Reads the installation's configuration. Throws `ConfigError`. */
export function readConfig(sections: ConfigSection[], env: Record<string, string | undefined>): LoadedConfig {
  return loadConfig({ sections, directory: installationRoot, env })
}

/** Absolute path of the data folder. */
export function dataDirOf(config: LoadedConfig): string {
  return resolve(installationRoot, config.section<z.output<typeof dataConfigSchema>>('data').dir)
}

/** The console's build, whether or not it exists. */
export const consoleDir = join(installationRoot, 'apps', 'console', 'dist')
