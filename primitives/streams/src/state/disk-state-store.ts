import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Snapshot, StateStore } from './state-store.ts'

const keep = 2
const checksumBytes = 32
const pattern = /^(\d{16})\.snapshot$/

/**
 * One file a snapshot, `<dir>/<name>@<version>/<offset>.snapshot`: SHA-256 of the rest, then the bytes. Written beside, flushed
 * (fsync) and renamed, so a crash leaves the old ones whole; a file that is torn all the same is passed over. The two newest are
 * kept. Several processes may share the folder.
 */
export class DiskStateStore implements StateStore {
  readonly #dir: string

  constructor(dir: string) {
    this.#dir = dir
  }

  async load(name: string, version: number): Promise<Snapshot | null> {
    const folder = this.#folder(name, version)
    for (const offset of await offsetsIn(folder)) {
      // Another process may have removed it since it was listed.
      const file = await readFile(pathOf(folder, offset)).catch(() => null)
      if (file === null || file.length < checksumBytes) continue
      const bytes = file.subarray(checksumBytes)
      if (checksum(bytes).equals(file.subarray(0, checksumBytes))) return { offset, bytes }
    }
    return null
  }

  async save(name: string, version: number, offset: number, bytes: Uint8Array): Promise<void> {
    const folder = this.#folder(name, version)
    await mkdir(folder, { recursive: true })
    const [newest = 0] = await offsetsIn(folder)
    if (newest > offset) return
    const temporary = join(folder, `${randomUUID()}.tmp`)
    try {
      const file = await open(temporary, 'w')
      try {
        await file.writev([checksum(bytes), bytes])
        await file.sync()
      } finally {
        await file.close()
      }
      await rename(temporary, pathOf(folder, offset))
    } catch (error) {
      await rm(temporary, { force: true })
      throw error
    }
    for (const old of (await offsetsIn(folder)).slice(keep)) await rm(pathOf(folder, old), { force: true })
  }

  #folder(name: string, version: number): string {
    return join(this.#dir, `${encodeURIComponent(name)}@${version}`)
  }
}

/** Newest first. */
async function offsetsIn(folder: string): Promise<number[]> {
  const names = await readdir(folder).catch(() => [])
  return names
    .map((name) => Number(pattern.exec(name)?.[1] ?? 0))
    .filter((offset) => offset > 0)
    .sort((a, b) => b - a)
}

function pathOf(folder: string, offset: number): string {
  return join(folder, `${String(offset).padStart(16, '0')}.snapshot`)
}

function checksum(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
