import { existsSync } from 'node:fs'
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { text } from 'node:stream/consumers'
import { Readable } from 'node:stream'
import { HeavyliftError } from '@heavylift/core'
import type { Logger, ReportProgress } from '@heavylift/core'
import { startEmbeddedPostgres } from '../postgres/embedded.ts'
import { readArchive } from './archive.ts'
import type { ArchiveEntry } from './archive.ts'
import { flushFolder, splitName, verifyBackup } from './backup.ts'
import type { DatabaseDescription } from './describe-database.ts'
import { damaged, openLoad } from './load-database.ts'
import type { DatabaseLoad } from './load-database.ts'

export interface RestoreOptions {
  file: string
  /** Must not exist, or be empty. */
  dataDir: string
  /** An empty database to fill; null for the embedded one of the new data folder. */
  databaseUrl: string | null
  log: Logger
  report: ReportProgress
  signal: AbortSignal
}

export interface RestoreResult {
  /** Of the program that made the backup. */
  version: string
  createdAt: string
  tables: number
  files: number
  /** Where the configuration files of the backup lie now, for a person to compare; null when there were none. */
  configDir: string | null
}

/**
 * Checks the whole archive first, then restores it beside the data folder, and gives that its name as the very last
 * step: until then nothing of the installation has changed, whatever fails.
 * @throws HeavyliftError `backup-damaged`, `restore-not-empty`, `restore-differs`
 */
export async function restoreBackup(options: RestoreOptions): Promise<RestoreResult> {
  const { file, dataDir, report, signal } = options
  await requireEmpty(dataDir)
  report({ stage: 'checking', done: 0, unit: 'entries' })
  const manifest = await verifyBackup(file, signal)
  const unfinished = `${dataDir}.unfinished`
  await rm(unfinished, { recursive: true, force: true })
  await mkdir(unfinished, { recursive: true, mode: 0o700 })
  const hasDatabase = manifest.entries.some(({ name }) => name.startsWith('database/'))
  const embedded =
    options.databaseUrl === null && hasDatabase
      ? await startEmbeddedPostgres({ dir: join(unfinished, 'postgres'), log: options.log })
      : null
  let load: DatabaseLoad | null = null
  try {
    const url = embedded?.url ?? options.databaseUrl ?? ''
    const restored = { files: 0, hasConfig: false }
    await readArchive(file, async (entry) => {
      signal.throwIfAborted()
      const [kind, path] = splitName(entry.name)
      if (kind === 'files' || kind === 'config') {
        await writeFile(join(unfinished, kind === 'files' ? '' : 'restored-config', path), entry)
        restored.files++
        restored.hasConfig ||= kind === 'config'
        report({ stage: 'writing files', done: restored.files, unit: 'files' })
      } else if (path === 'description.json') {
        load = await openLoad(url, JSON.parse(await text(Readable.from(entry.body))) as DatabaseDescription)
      } else {
        if (load === null) throw damaged('rows come before the description of their tables')
        const table = decodeURIComponent(path.slice(path.indexOf('-') + 1))
        await load.write({ table, bytes: Buffer.concat(await Array.fromAsync(entry.body)) })
        report({ stage: 'writing rows', done: restored.files, unit: 'files', message: table })
      }
    })
    await (load as DatabaseLoad | null)?.commit()
    await (load as DatabaseLoad | null)?.close()
    await embedded?.close()
    await rm(dataDir, { recursive: true, force: true })
    await rename(unfinished, dataDir)
    await flushFolder(dirname(dataDir))
    return {
      version: String(manifest['version']),
      createdAt: String(manifest['createdAt']),
      tables: Number(manifest['tables']),
      files: restored.files,
      configDir: restored.hasConfig ? join(dataDir, 'restored-config') : null,
    }
  } catch (error) {
    await (load as DatabaseLoad | null)?.close().catch(() => undefined)
    await embedded?.close()
    await rm(unfinished, { recursive: true, force: true })
    throw error
  }
}

async function requireEmpty(dataDir: string): Promise<void> {
  if (!existsSync(dataDir) || (await readdir(dataDir)).length === 0) return
  throw new HeavyliftError({
    code: 'restore-not-empty',
    message: `${dataDir} is not empty, and a restore never writes over data. Restore into a new folder (HEAVYLIFT_HOME), or move this one away.`,
  })
}

async function writeFile(path: string, entry: ArchiveEntry): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 })
  const file = await open(path, 'wx', 0o600)
  try {
    for await (const chunk of entry.body) await file.write(chunk)
    await file.sync()
  } finally {
    await file.close()
  }
}
