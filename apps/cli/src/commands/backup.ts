import { existsSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { silentLogger } from '@heavylift/core'
import type { CliContext } from '../cli-context.ts'
import { createProgressRenderer } from '@heavylift/core/runtime/progress-bar'
import { resolveDataDir, resolveSharedDir } from '../installation.ts'
import { hasEmbeddedDatabase } from '../keeping.ts'
import { installationRoot } from '../root.ts'
import type { StoreConfig } from '../installation.ts'
import { printJson } from '../output.ts'

/** Files of people beside the data folder, which a backup takes along. */
const configFileNames = ['heavylift.config.json', 'models.config.json']

/** Which backup of a data folder was the last, for `heavylift doctor`. */
export const lastBackupPath = (dataDir: string): string => join(dataDir, 'last-backup.json')

/** Writes one archive of everything while the installation runs or stands, and reads it back. */
export async function backUp(context: CliContext, file: string, options: { json?: boolean }): Promise<void> {
  const { writeBackup } = await import('@heavylift/store')
  const config = await context.config()
  const { databaseUrl, objectsUrl } = config.section<StoreConfig>('store')
  const progress = createProgressRenderer(context.stderr)
  const present = configFileNames.filter((name) => existsSync(join(installationRoot, name)))
  const dataDir = resolveDataDir(config)
  const result = await writeBackup({
    file: resolve(context.cwd, file),
    databaseUrl,
    hasDatabase: databaseUrl !== null || hasEmbeddedDatabase(dataDir),
    log: silentLogger,
    dataDir,
    configFiles: Object.fromEntries(present.map((name) => [name, join(installationRoot, name)])),
    version: context.version,
    nowMs: Date.now(),
    report: progress.report,
    signal: context.signal,
  }).finally(() => progress.finish())
  await writeFile(lastBackupPath(dataDir), JSON.stringify({ file: result.file, atMs: Date.now() }))
  const sharedDir = resolveSharedDir(config)
  const answer = {
    ...result,
    objects: objectsUrl ?? (sharedDir === null ? 'included' : sharedDir),
    ...(sharedDir === null ? {} : { notIncluded: sharedDir }),
  }
  if (options.json === true) return printJson(context.stdout, answer)
  const megabytes = (result.bytes / 1e6).toFixed(1)
  context.stdout.write(
    `${result.file}: ${megabytes} MB with the rows of ${result.tables} tables and ${result.files} files, read back and checked.\n`,
  )
  if (objectsUrl !== null) {
    context.stdout.write(
      `Objects are in ${objectsUrl} and not in it: keep versions there, by your provider's own means.\n`,
    )
  }
  if (sharedDir !== null) {
    context.stdout.write(
      `${sharedDir} (data.sharedDir: jobs, clearances${objectsUrl === null ? ', objects' : ''}) is not in it: copy that folder too.\n`,
    )
  }
}

/** Restores an archive into the configured data folder (and database), which must be empty; with `check` only reads it. */
export async function restore(
  context: CliContext,
  file: string,
  options: { check?: boolean; json?: boolean },
): Promise<void> {
  const { restoreBackup, verifyBackup } = await import('@heavylift/store')
  const path = resolve(context.cwd, file)
  if (options.check === true) {
    const { entries, ...facts } = await verifyBackup(path, context.signal)
    if (options.json === true)
      return printJson(context.stdout, { file: path, entries: entries.length, ...facts })
    context.stdout.write(
      `${path} is whole: ${entries.length} entries, made by ${String(facts['version'])}.\n`,
    )
    return
  }
  const config = await context.config()
  const dataDir = resolveDataDir(config)
  const progress = createProgressRenderer(context.stderr)
  const result = await restoreBackup({
    file: path,
    dataDir,
    databaseUrl: config.section<StoreConfig>('store').databaseUrl,
    log: silentLogger,
    report: progress.report,
    signal: context.signal,
  }).finally(() => progress.finish())
  if (options.json === true) return printJson(context.stdout, { dataDir, ...result })
  context.stdout.write(
    `Restored into ${dataDir}: ${result.tables} tables and ${result.files} files of ${result.createdAt}, made by ${result.version}.\n`,
  )
  if (result.configDir !== null) {
    context.stdout.write(`Its configuration files lie in ${result.configDir}; compare them with yours.\n`)
  }
}
