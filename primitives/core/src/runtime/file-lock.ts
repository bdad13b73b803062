import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { DatabaseSync } from 'node:sqlite'
import { HeavyliftError } from '../errors.ts'

// Locks that the operating system keeps on a file of SQLite (fcntl, https://sqlite.org/lockingv3.html). They end with the process, whatever
// ends it, and hold between containers that share a volume, where a process id means nothing.

/** Files that are held: a lock would end with the object that nobody needs any more, whenever garbage is collected. */
const held = new Set<DatabaseSync>()

function keep(file: DatabaseSync): () => void {
  held.add(file)
  return () => {
    held.delete(file)
    file.close()
  }
}

/**
 * Takes the file for this process alone; null while another process has it. The returned function gives it back.
 * @throws HeavyliftError `lock-unusable` where the file system has no locks
 */
export function lockAlone(path: string): (() => void) | null {
  const file = open(path)
  const begin = () => {
    file.exec('BEGIN EXCLUSIVE')
    return true
  }
  if (unlessHeld(path, file, begin) === true) return keep(file)
  file.close()
  return null
}

const attempts = 50
const pauseMs = 20

/**
 * Takes the file together with the processes of one group, by default those that see each other's ids; null while processes of
 * another group have it. Waits up to a second for whoever is just taking or leaving it.
 * @throws HeavyliftError `lock-unusable`
 */
export function lockAmong(path: string, group = processNamespace()): (() => void) | null {
  const file = open(path)
  for (let attempt = 0; attempt < attempts; attempt++) {
    // What is read in a transaction is held against writers until the file is closed.
    const isOurs = unlessHeld(path, file, () => {
      file.exec('BEGIN')
      return readGroup(file) === group
    })
    if (isOurs === true) return keep(file)
    if (file.isTransaction) file.exec('ROLLBACK')
    const isWritten = unlessHeld(path, file, () => {
      file.exec('BEGIN EXCLUSIVE')
      file.exec('CREATE TABLE IF NOT EXISTS held (by TEXT); DELETE FROM held')
      file.prepare('INSERT INTO held VALUES (?)').run(group)
      file.exec('COMMIT')
      return true
    })
    if (isWritten !== true) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pauseMs)
  }
  file.close()
  return null
}

/** Processes of one namespace see each other by their ids; those of two containers, or of two machines, do not. */
function processNamespace(): string {
  try {
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return hostname()
  }
}

function open(path: string): DatabaseSync {
  try {
    return new DatabaseSync(path, { timeout: 0 })
  } catch (cause) {
    throw unusable(path, cause)
  }
}

function readGroup(file: DatabaseSync): unknown {
  const isMade = file.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'held'").get() !== undefined
  return isMade ? file.prepare('SELECT by FROM held').get()?.['by'] : undefined
}

/** What `use` returns, or null where it meets a lock of somebody else (SQLITE_BUSY). */
function unlessHeld(path: string, file: DatabaseSync, use: () => boolean): boolean | null {
  try {
    return use()
  } catch (error) {
    if ((error as { errcode?: number }).errcode === 5) return null
    file.close()
    throw unusable(path, error)
  }
}

function unusable(path: string, cause: unknown): HeavyliftError {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new HeavyliftError({
    code: 'lock-unusable',
    message: `${path} cannot be locked (${reason}). Keep the data folder where files can be written and locked: on a local disk, a volume, or NFS with its lock service.`,
    cause,
  })
}
