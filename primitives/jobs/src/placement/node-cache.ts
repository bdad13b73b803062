import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readdir, rename, rm, stat, utimes } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Objects that were fetched to this node, shared by all threads and processes on it; the least lately used go first. */
export class NodeCache {
  readonly #folder: string
  readonly #maxBytes: number

  constructor(folder: string, maxBytes: number) {
    this.#folder = folder
    this.#maxBytes = maxBytes
  }

  /**
   * Path of the object on this node's disk. Where it is not there, `fetch` writes it to the path that it is given; when that throws, nothing
   * is kept. Open the file soon: after `maxBytes` of other objects it may be gone.
   */
  async file(key: string, fetch: (path: string) => Promise<void>): Promise<string> {
    const path = join(this.#folder, nameOf(key))
    const now = new Date()
    const isThere = await utimes(path, now, now).then(
      () => true,
      () => false,
    )
    if (isThere) return path
    await mkdir(this.#folder, { recursive: true })
    const staging = join(this.#folder, `.${randomUUID()}`)
    try {
      await fetch(staging)
      await rename(staging, path)
    } finally {
      await rm(staging, { force: true })
    }
    await this.#shrink(nameOf(key))
    return path
  }

  /** Which of the keys are here. */
  async held(keys: readonly string[]): Promise<Set<string>> {
    const names = new Set(await readdir(this.#folder).catch(() => []))
    return new Set(keys.filter((key) => names.has(nameOf(key))))
  }

  async #shrink(newest: string): Promise<void> {
    const names = (await readdir(this.#folder)).filter((name) => !name.startsWith('.') && name !== newest)
    const files = await Promise.all(
      [...names, newest].map(async (name) => {
        const found = await stat(join(this.#folder, name)).catch(() => null)
        return { name, bytes: found?.size ?? 0, usedMs: name === newest ? Infinity : (found?.mtimeMs ?? 0) }
      }),
    )
    files.sort((a, b) => b.usedMs - a.usedMs)
    let bytes = 0
    for (const file of files) {
      bytes += file.bytes
      if (bytes > this.#maxBytes && file.name !== newest) {
        await rm(join(this.#folder, file.name), { force: true })
      }
    }
  }
}

function nameOf(key: string): string {
  return createHash('sha256').update(key).digest('hex').slice(0, 40)
}

/**
 * The cache of the node that this process runs on: in `HEAVYLIFT_JOBS_CACHE`, or in the system's folder for temporary files; at most
 * `HEAVYLIFT_JOBS_CACHE_BYTES` (10 GiB). Nodes of Slurm that share such a folder have a part each.
 */
export function openNodeCache(env: NodeJS.ProcessEnv = process.env): NodeCache {
  const base = env['HEAVYLIFT_JOBS_CACHE'] ?? join(tmpdir(), 'heavylift-jobs-cache')
  return new NodeCache(
    join(base, env['SLURMD_NODENAME'] ?? 'this'),
    Number(env['HEAVYLIFT_JOBS_CACHE_BYTES'] ?? 10 * 2 ** 30),
  )
}

/**
 * For tasks: path of an object on this node's disk, fetched once a node. Give the same key in `near`, and Slurm's nodes take the batches whose
 * objects they have.
 */
export function cacheOnNode(key: string, fetch: (path: string) => Promise<void>): Promise<string> {
  return openNodeCache().file(key, fetch)
}
