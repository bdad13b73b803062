import { join, resolve } from 'node:path'
import type { ConfigSection } from '@heavylift/core/runtime'
import { loadConfig } from '@heavylift/core/runtime/config'
import type { LoadedConfig } from '@heavylift/core/runtime/config'
import { serverConfigSchema } from '@heavylift/server/config'
import { z } from 'zod'
import { installationRoot } from './root.ts'

export const dataConfigSchema = z.object({
  dir: z
    .string()
    .min(1)
    .default('.heavylift')
    .describe('Folder of the embedded database, objects, indexes and logs; relative to the installation.')
    .meta({ env: 'HEAVYLIFT_HOME' }),
  sharedDir: z
    .string()
    .min(1)
    .nullable()
    .default(null)
    .describe(
      'Folder that all servers on one database see, at the same path: jobs, clearances and, without store.objectsUrl, objects are kept there. Unset: in data.dir.',
    )
    .meta({ env: 'HEAVYLIFT_SHARED' }),
})

export const storeConfigSchema = z.object({
  kind: z
    .enum(['auto', 'files', 'postgresql'])
    .default('auto')
    .describe(
      'Where keys, usage and all else is kept. auto: in PostgreSQL, but in files of the data folder where only systems run that need no database (models), databaseUrl is not set, and the folder has no database yet.',
    ),
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

export const systemsConfigSchema = z
  .union([
    z.array(z.string().min(1)),
    z.string().transform((text) => text.split(',').flatMap((name) => name.trim() || [])),
  ])
  .nullable()
  .default(null)
  .describe(
    'Names of the systems that run, e.g. ["shop", "models"]; null for every one. One that another needs runs with it.',
  )

export type StoreConfig = z.output<typeof storeConfigSchema>
export type SystemsConfig = z.output<typeof systemsConfigSchema>
export type LogConfig = z.output<typeof logConfigSchema>

/** Sections that every installation has, whichever systems run. */
const baseSections: ConfigSection[] = [
  { name: 'server', schema: serverConfigSchema },
  { name: 'data', schema: dataConfigSchema },
  { name: 'store', schema: storeConfigSchema },
  { name: 'log', schema: logConfigSchema },
  { name: 'systems', schema: systemsConfigSchema },
]

/** Reads the installation's configuration. What is set for an installed system that is not among `systems` is not looked at. Throws `ConfigError`. */
export function readConfig(input: {
  systems: readonly { name: string; config: z.ZodType }[]
  installed: readonly string[]
  env: Record<string, string | undefined>
}): LoadedConfig {
  const read = new Set(input.systems.map(({ name }) => name))
  return loadConfig({
    sections: [...baseSections, ...input.systems.map(({ name, config }) => ({ name, schema: config }))],
    otherSections: input.installed.filter((name) => !read.has(name)),
    directory: installationRoot,
    env: input.env,
  })
}

/** Absolute path of the data folder. */
export function resolveDataDir(config: LoadedConfig): string {
  return resolve(installationRoot, config.section<z.output<typeof dataConfigSchema>>('data').dir)
}

/** Absolute path of the folder that all servers on one database see; null where there is none. */
export function resolveSharedDir(config: LoadedConfig): string | null {
  const { sharedDir } = config.section<z.output<typeof dataConfigSchema>>('data')
  return sharedDir === null ? null : resolve(installationRoot, sharedDir)
}

/** The folders of a system, as its services and its commands get them. */
export function foldersOf(config: LoadedConfig, system: string): { dataDir: string; sharedDir?: string } {
  const sharedDir = resolveSharedDir(config)
  return {
    dataDir: join(resolveDataDir(config), system),
    ...(sharedDir === null ? {} : { sharedDir: join(sharedDir, system) }),
  }
}

/** Keys and tenants of an installation without a database. */
export const accessPathOf = (dataDir: string): string => join(dataDir, 'server', 'access.json')

/** The secret of the installation: who can read it administers it. */
export const tokenPathOf = (dataDir: string): string => join(dataDir, 'token')

/** The console's build, whether or not it exists. */
export const consoleDir = join(installationRoot, 'apps', 'console', 'dist')
