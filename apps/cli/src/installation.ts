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
export type LogConfig = z.output<typeof logConfigSchema>

/** Sections that every installation has. The server's and the systems' own are added by `allSections`. */
export const baseSections: ConfigSection[] = [
  { name: 'data', schema: dataConfigSchema },
  { name: 'store', schema: storeConfigSchema },
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
