import { existsSync } from 'node:fs'
import { open, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join, normalize, sep } from 'node:path'
import { HeavyliftError } from '@heavylift/core'
import { cacheTagName } from '@heavylift/core/runtime/cache-folder'
import type { Logger, ReportProgress } from '@heavylift/core'
import { startEmbeddedPostgres } from '../postgres/embedded.ts'
import { createArchive, readArchive } from './archive.ts'
import type { ArchiveWriter, Manifest } from './archive.ts'
import { openDump } from './dump-database.ts'
import { damaged } from './load-database.ts'

export interface BackupOptions {
  /** Where the archive goes; must not exist yet. */
  file: string
  /** Null for the embedded database of the data folder, which is joined where it runs and started where not. */
  databaseUrl: string | null
  /** False for an installation on files alone: there is no database then, and none is begun. */
  hasDatabase: boolean
  log: Logger
  /** The data folder: its files go along, except the embedded database's own and what can be made again. */
  dataDir: string
  /** Files beside the data folder, by the name they get in the archive, e.g. `heavylift.config.json`. */
  configFiles: Record<string, string>
  /** Of the program, e.g. `0.1.0+3c12f59`. */
  version: string
  nowMs: number
  report: ReportProgress
  signal: AbortSignal
}

export interface BackupResult {
  file: string
  bytes: number
  /** Tables whose rows are in it. */
  tables: number
  files: number
}

/**
 * Writes everything into one archive while the installation runs, reads it back, and only then gives it its name.
 * The database is as it was at one moment. Files of the data folder are copied before it and objects after it, so every
 * object that a row names is there, and a position never lies beyond what it points into.
 * @throws HeavyliftError `backup-exists`, `backup-unsupported`, `backup-damaged` (the disk gave back something else)
 */
export async function writeBackup(options: BackupOptions): Promise<BackupResult> {
  const { file, report, signal } = options
  if (existsSync(file)) {
    throw new HeavyliftError({
      code: 'backup-exists',
      message: `${file} is there already, and a backup never replaces another. Choose another name.`,
    })
  }
  const unfinished = `${file}.unfinished`
  await rm(unfinished, { force: true })
  const embedded =
    options.databaseUrl === null && options.hasDatabase
      ? await startEmbeddedPostgres({ dir: join(options.dataDir, 'postgres'), log: options.log })
      : null
  const archive = createArchive(unfinished)
  try {
    const copied = await fill(archive, embedded?.url ?? options.databaseUrl ?? '', options)
    const bytes = await archive.finish({
      version: options.version,
      createdAt: new Date(options.nowMs).toISOString(),
      tables: copied.tables,
    })
    report({ stage: 'reading it back', done: 0, unit: 'entries' })
    await verifyBackup(unfinished, signal)
    await rename(unfinished, file)
    await flushFolder(dirname(file))
    return { file, bytes, ...copied }
  } catch (error) {
    await archive.abort()
    await rm(unfinished, { force: true })
    throw error
  } finally {
    await embedded?.close()
  }
}

/** Reads a whole archive and checks every entry. @throws HeavyliftError `backup-damaged` */
export function verifyBackup(file: string, signal: AbortSignal): Promise<Manifest> {
  return readArchive(file, async ({ name, body }) => {
    signal.throwIfAborted()
    splitName(name)
    for await (const _ of body);
  })
}

/** The parts of an entry's name. A name that would leave its folder is refused: an archive is text from outside. */
export function splitName(name: string): ['files' | 'config' | 'database', string] {
  const found = /^(files|config|database)\/(.+)$/s.exec(name)
  const path = found?.[2] ?? ''
  const isInside = normalize(path) === path.replaceAll('/', sep) && !/^(?:\/|\.\.(?:\/|$))/.test(path)
  if (!found || !isInside || path.includes('\0'))
    throw damaged(`an entry has the name ${JSON.stringify(name)}`)
  return [found[1] as 'files' | 'config' | 'database', path]
}

async function fill(
  archive: ArchiveWriter,
  databaseUrl: string,
  options: BackupOptions,
): Promise<{ tables: number; files: number }> {
  const { dataDir, report, signal } = options
  let files = 0
  const addFile = async (name: string, path: string) => {
    signal.throwIfAborted()
    if (await copyFile(archive, name, path)) files++
    report({ stage: 'copying files', done: files, unit: 'files' })
  }
  for (const [name, path] of Object.entries(options.configFiles)) await addFile(`config/${name}`, path)
  for (const path of await filesBelow(dataDir, '')) await addFile(`files/${path}`, join(dataDir, path))
  const tables = options.hasDatabase ? await copyDatabase(archive, databaseUrl, options) : 0
  for (const path of await filesBelow(dataDir, 'objects')) await addFile(`files/${path}`, join(dataDir, path))
  return { tables, files }
}

async function copyDatabase(
  archive: ArchiveWriter,
  databaseUrl: string,
  options: BackupOptions,
): Promise<number> {
  const dump = await openDump(databaseUrl)
  try {
    const description = Buffer.from(JSON.stringify(dump.description))
    await archive.add('database/description.json', description.length, [description])
    const copied = new Set<string>()
    const all = dump.description.tables.length
    let number = 0
    for await (const { table, bytes } of dump.parts()) {
      options.signal.throwIfAborted()
      copied.add(table)
      number++
      // Encoded, since a table's name may hold anything.
      const name = `database/rows/${String(number).padStart(6, '0')}-${encodeURIComponent(table)}`
      await archive.add(name, bytes.length, [bytes])
      options.report({ stage: 'copying rows', done: copied.size, total: all, unit: 'tables', message: table })
    }
    return copied.size
  } finally {
    await dump.close()
  }
}

/** At the top of the data folder: the embedded database (copied as rows), logs, and marks of the running process. */
const leftOut = /^(?:postgres|logs|objects|server\.json|server-lock.*)$/

/**
 * Paths of plain files below a folder of the data folder, with `/`. Snapshots of states come before all else: what they
 * point into grows meanwhile, and must reach at least as far as they say.
 */
async function filesBelow(dataDir: string, start: string): Promise<string[]> {
  const found: string[] = []
  async function walk(folder: string): Promise<void> {
    const entries = await readdir(join(dataDir, folder), { withFileTypes: true }).catch(missing)
    if (entries.some(({ name }) => name === cacheTagName)) return
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      if (folder === '' && leftOut.test(entry.name)) continue
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`
      if (entry.isDirectory()) await walk(path)
      else if (entry.isFile()) found.push(path)
    }
  }
  await walk(start)
  const isState = (path: string) => path.includes('/states/')
  return [...found.filter(isState), ...found.filter((path) => !isState(path))]
}

/** False when the file has gone meanwhile. A file that grows is copied up to the size that it had. */
async function copyFile(archive: ArchiveWriter, name: string, path: string): Promise<boolean> {
  const file = await open(path, 'r').catch(missing)
  if ('length' in file) return false
  try {
    const { size } = await file.stat()
    await archive.add(
      name,
      size,
      size === 0 ? [] : file.createReadStream({ autoClose: false, end: size - 1 }),
    )
    return true
  } finally {
    await file.close()
  }
}

/** An empty list for what is not there (any more); anything else is thrown. */
function missing(error: unknown): never[] {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return []
  throw error
}

/** So that the name survives a power cut as well. */
export async function flushFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  await folder.sync()
  await folder.close()
}
