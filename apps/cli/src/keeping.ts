import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { CliError, exitCodes } from './exit-codes.ts'
import type { StoreConfig } from './installation.ts'

/** Where an installation keeps what it must not lose. */
export type Keeping = 'files' | 'postgresql'

/**
 * The rule of `store.kind`: a database that is configured or there is used, so that nothing seems lost; without one, systems that
 * need none run on files.
 * @throws CliError `needs-database` where files are wanted for systems that cannot
 */
export function chooseKeeping(
  { kind, databaseUrl }: Pick<StoreConfig, 'kind' | 'databaseUrl'>,
  dataDir: string,
  systems: readonly { name: string; worksWithoutDatabase?: true }[],
  /** `server.processes`: several share limits and keys by the database. */
  processes: number,
): Keeping {
  const needing = systems.filter((system) => system.worksWithoutDatabase !== true).map(({ name }) => name)
  if (kind === 'files' && needing.length > 0) {
    throw new CliError({
      code: 'needs-database',
      message: `store.kind is files, and ${needing.join(', ')} ${needing.length === 1 ? 'needs' : 'need'} PostgreSQL. Set it to auto, or start with --only models.`,
      exitCode: exitCodes.usage,
    })
  }
  if (kind === 'files' && processes > 1) {
    throw new CliError({
      code: 'needs-database',
      message: `store.kind is files, and several processes (server.processes is ${processes}) share limits and keys by PostgreSQL. Set store.kind to auto, or server.processes to 1.`,
      exitCode: exitCodes.usage,
    })
  }
  if (kind !== 'auto') return kind
  if (processes > 1) return 'postgresql'
  return databaseUrl === null && !hasEmbeddedDatabase(dataDir) && needing.length === 0
    ? 'files'
    : 'postgresql'
}

/** Whether a start of this data folder has made a database in it. */
export const hasEmbeddedDatabase = (dataDir: string): boolean => existsSync(join(dataDir, 'postgres'))
