import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import type { ReadableStream as NodeReadableStream } from 'node:stream/web'
import { pipeline } from 'node:stream/promises'
import { constants, createZstdCompress, createZstdDecompress } from 'node:zlib'
import { HeavyliftError } from '@heavylift/core'
import { createTarDecoder, createTarPacker } from 'modern-tar'
import { damaged } from './load-database.ts'

/** A POSIX tar, compressed with Zstandard: `tar --zstd -tf FILE` lists it. The last entry is its manifest. */
export interface ArchiveWriter {
  /** Adds a file; `body` gives exactly `size` bytes. Rejects with `RangeError` when it gives fewer. */
  add(name: string, size: number, body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): Promise<void>
  /** Writes the manifest and flushes everything to the disk. Resolves with the archive's size in bytes. */
  finish(facts: Record<string, unknown>): Promise<number>
  /** Closes the file without finishing it; for failures. */
  abort(): Promise<void>
}

interface ManifestEntry {
  name: string
  size: number
  sha256: string
}

export interface Manifest {
  format: 1
  entries: ManifestEntry[]
  [fact: string]: unknown
}

export const manifestName = 'manifest.json'

/** Creates `path`, readable by its owner only; `finish` rejects with EEXIST when it is there. */
export function createArchive(path: string): ArchiveWriter {
  const { readable, controller } = createTarPacker()
  const compress = createZstdCompress({ params: { [constants.ZSTD_c_compressionLevel]: 3 } })
  const written = pipeline(
    Readable.fromWeb(readable as NodeReadableStream<Uint8Array>),
    compress,
    // Flushed to the disk before it is closed.
    createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }),
  )
  // Awaited at the end; a failure before that surfaces there.
  written.catch(() => undefined)
  const entries: ManifestEntry[] = []

  async function add(
    name: string,
    size: number,
    body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  ): Promise<void> {
    const hash = createHash('sha256')
    const writer = controller.add({ name, size, type: 'file', mode: 0o600 }).getWriter()
    let left = size
    for await (const chunk of body) {
      const bytes = chunk.length > left ? chunk.subarray(0, left) : chunk
      left -= bytes.length
      hash.update(bytes)
      await writer.write(bytes)
      if (left === 0) break
    }
    if (left > 0) throw new RangeError(`"${name}" ended ${left} bytes early.`)
    await writer.close()
    entries.push({ name, size, sha256: hash.digest('hex') })
  }

  return {
    add,
    async finish(facts) {
      const manifest: Manifest = { format: 1, ...facts, entries: [...entries] }
      const bytes = Buffer.from(JSON.stringify(manifest))
      await add(manifestName, bytes.length, [bytes])
      controller.finalize()
      await written
      return (await stat(path)).size
    },
    async abort() {
      controller.error(new Error('The backup was given up.'))
      await written.catch(() => undefined)
    },
  }
}

/** One entry of an archive. Whoever takes it reads its body to the end before the next one comes. */
export interface ArchiveEntry {
  name: string
  size: number
  body: AsyncIterable<Uint8Array>
}

/**
 * Reads an archive entry by entry, checks each against the manifest at the end, and returns that.
 * @throws HeavyliftError `backup-damaged` when it is cut, changed, or no backup
 */
export async function readArchive(
  path: string,
  take: (entry: ArchiveEntry) => Promise<void>,
): Promise<Manifest> {
  const seen: ManifestEntry[] = []
  let manifest: Manifest | null = null
  let isReading = true
  const decompress = createZstdDecompress()
  const source = createReadStream(path)
  source.on('error', (error) => decompress.destroy(error)).pipe(decompress)
  try {
    const decoded = (Readable.toWeb(decompress) as ReadableStream<Uint8Array<ArrayBuffer>>).pipeThrough(
      createTarDecoder({ strict: true }),
    )
    for await (const { header, body } of decoded) {
      if ((header.type ?? 'file') !== 'file') throw damaged(`"${header.name}" is no plain file`)
      if (manifest !== null) throw damaged('something follows its manifest')
      if (header.name === manifestName) {
        manifest = parseManifest(await new Response(body).text())
        continue
      }
      const hash = createHash('sha256')
      let size = 0
      async function* counted(): AsyncGenerator<Uint8Array> {
        try {
          for await (const chunk of body) {
            hash.update(chunk)
            size += chunk.length
            yield chunk
          }
        } catch (error) {
          isReading = true
          throw error
        }
      }
      isReading = false
      await take({ name: header.name, size: header.size, body: counted() })
      isReading = true
      seen.push({ name: header.name, size, sha256: hash.digest('hex') })
    }
  } catch (error) {
    // The disk's own errors and those of whoever takes entries are told as they are.
    const isOfDisk = error instanceof Error && 'syscall' in error
    if (!isReading || isOfDisk || HeavyliftError.isInstance(error)) throw error
    throw damaged(`it cannot be read to its end (${error instanceof Error ? error.message : String(error)})`)
  } finally {
    source.destroy()
    decompress.destroy()
  }
  if (manifest === null) throw damaged('it ends before its manifest, so it was cut')
  checkEntries(manifest.entries, seen)
  return manifest
}

function parseManifest(text: string): Manifest {
  let manifest: Manifest
  try {
    manifest = JSON.parse(text) as Manifest
  } catch {
    throw damaged('its manifest is no JSON')
  }
  if (manifest.format !== 1) {
    throw damaged(`it has the format ${String(manifest.format)}, and this release reads 1`)
  }
  return manifest
}

function checkEntries(promised: ManifestEntry[], seen: ManifestEntry[]): void {
  if (promised.length !== seen.length) {
    throw damaged(`its manifest lists ${promised.length} entries, and ${seen.length} are there`)
  }
  for (const [at, entry] of promised.entries()) {
    const found = seen[at]
    if (found?.name !== entry.name || found.size !== entry.size || found.sha256 !== entry.sha256) {
      throw damaged(`"${entry.name}" is not what its checksum says`)
    }
  }
}
