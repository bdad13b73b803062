import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { randomBytes } from 'node:crypto'
import { checkKey, checkPrefix } from './keys.ts'
import type { Objects } from './objects.ts'

/** Begins the name of a file that is still being written; no key holds this character. */
const TEMPORARY = '~'

/** Objects as files below `root`, one a key. A crash leaves at worst a temporary file that no key names. */
export function diskObjects(root: string): Objects {
  // A key may be a prefix of another (`a` and `a/b`), which a file and a folder of one name cannot be.
  const fileOf = (key: string) => join(root, ...folders(key), lastSegment(key))

  return {
    async put(key, body) {
      checkKey(key)
      const path = fileOf(key)
      const folder = dirname(path)
      await mkdir(folder, { recursive: true })
      const temporary = join(folder, `${TEMPORARY}${process.pid}-${randomBytes(6).toString('hex')}`)
      let bytes = 0
      try {
        const file = await open(temporary, 'wx', 0o600)
        try {
          if (typeof body === 'string' || body instanceof Uint8Array) {
            const data = typeof body === 'string' ? Buffer.from(body) : body
            await file.writeFile(data)
            bytes = data.byteLength
          } else {
            for await (const chunk of body) {
              await file.writeFile(chunk)
              bytes += chunk.byteLength
            }
          }
          await file.sync()
        } finally {
          await file.close()
        }
        await rename(temporary, path)
      } catch (error) {
        await rm(temporary, { force: true })
        throw error
      }
      await syncFolder(folder)
      return { bytes }
    },

    async get(key) {
      checkKey(key)
      // Opened here, so that a missing object is null and not an error in the middle of a stream.
      const file = await open(fileOf(key)).catch(nullWhenMissing)
      if (file === null) return null
      return fileStream(file)
    },

    async head(key) {
      checkKey(key)
      const found = await stat(fileOf(key)).catch(nullWhenMissing)
      return found === null ? null : { bytes: found.size }
    },

    async *list(prefix) {
      checkPrefix(prefix)
      // Only the folder that the prefix's whole segments name is read.
      const base = prefix.split('/').slice(0, -1)
      yield* listFolder(join(root, ...base.map((name) => name + FOLDER)), base, prefix)
    },

    async delete(key) {
      checkKey(key)
      await rm(fileOf(key), { force: true })
    },
  }
}

const CHUNK_BYTES = 256 * 1024

/**
 * The file's bytes in chunks, read as they are asked for. Owns `file`: it is closed at the end, on an error and when the
 * reader stops early. (`Readable.toWeb` over a file stream throws past every handler when data comes after a cancel.)
 */
function fileStream(file: FileHandle): ReadableStream<Uint8Array> {
  let cancelled = false
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        try {
          const buffer = new Uint8Array(CHUNK_BYTES)
          const { bytesRead } = await file.read(buffer, 0, CHUNK_BYTES, null)
          // Cancelled while reading, the controller takes nothing more: `cancel` closes the file once this read is done.
          if (cancelled) return
          if (bytesRead > 0) return controller.enqueue(buffer.subarray(0, bytesRead))
          await file.close()
          if (!cancelled) controller.close()
        } catch (error) {
          await file.close().catch(() => undefined)
          throw error
        }
      },
      async cancel() {
        cancelled = true
        await file.close()
      },
    },
    { highWaterMark: 1 },
  )
}

/** Ends a folder's name on disk, so that it is never also a file's: no key holds this character. */
const FOLDER = '+'

function folders(key: string): string[] {
  return key
    .split('/')
    .slice(0, -1)
    .map((name) => name + FOLDER)
}

function lastSegment(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1)
}

/** Keys in byte order: an entry's place is its name, and a folder's is its name with `/`. */
async function* listFolder(path: string, segments: string[], prefix: string): AsyncIterable<string> {
  const entries = await readdir(path, { withFileTypes: true }).catch(nullWhenMissing)
  if (entries === null) return
  const before = segments.length === 0 ? '' : `${segments.join('/')}/`
  const places = entries
    .filter((entry) => !entry.name.startsWith(TEMPORARY))
    .map((entry) => (entry.isDirectory() ? `${entry.name.slice(0, -FOLDER.length)}/` : entry.name))
    .sort((a, b) => (a < b ? -1 : 1))
  for (const place of places) {
    const key = before + place
    if (!place.endsWith('/')) {
      if (key.startsWith(prefix)) yield key
    } else if (key.startsWith(prefix) || prefix.startsWith(key)) {
      const name = place.slice(0, -1)
      yield* listFolder(join(path, name + FOLDER), [...segments, name], prefix)
    }
  }
}

function nullWhenMissing(error: unknown): null {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT' || code === 'ENOTDIR') return null
  throw error
}

/** Makes the rename itself durable. Some file systems cannot sync a folder; the object is there all the same. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder).catch(() => null)
  if (handle === null) return
  await handle.sync().catch(() => undefined)
  await handle.close()
}
