import { createHash, randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { NotFoundError, TryLaterError, type Clock, type Logger } from '@heavylift/core'
import { createSafeFetch, OutboundError, type SafeFetch } from '@heavylift/core/safe-fetch'
import { pictureType } from './picture-type.ts'

const keepMs = 7 * 24 * 60 * 60 * 1000
/** A picture that could not be had is not asked for again so soon. */
const keepFailureMs = 5 * 60 * 1000
const maxFailures = 10_000
const maxPictureBytes = 8 * 1024 * 1024
/** Fetched at once, and how many more may wait for that. */
const maxFetches = 8
const maxWaiting = 500

export interface Picture {
  contentType: string
  bytes: Uint8Array
}

interface Kept {
  bytes: number
  fetchedAtMs: number
}

export interface PictureCacheOptions {
  dir: string
  /** Of all pictures together, on disk; those that were looked at longest ago go first. */
  maxBytes: number
  clock: Clock
  log: Logger
  fetch?: SafeFetch
}

/**
 * Pictures of other hosts, fetched by the client for outbound calls (public addresses only, 15 s, 8 MiB), checked to be pictures
 * by their first bytes, and kept on disk for a week. Two that ask for one picture wait for the same fetch.
 */
export class PictureCache {
  readonly #options: PictureCacheOptions
  readonly #fetch: SafeFetch
  /** By hash of the address; the one that was looked at last stands last. */
  #kept: Promise<Map<string, Kept>> | null = null
  #keptBytes = 0
  readonly #failedUntilMs = new Map<string, number>()
  readonly #running = new Map<string, Promise<Picture>>()
  #fetching = 0
  readonly #waiting: (() => void)[] = []

  constructor(options: PictureCacheOptions) {
    this.#options = options
    this.#fetch = options.fetch ?? createSafeFetch({ maxBytes: maxPictureBytes })
  }

  /**
   * @throws NotFoundError `picture-not-had` when its host does not give it, or gives something else
   * @throws TryLaterError `too-many-pictures` (429)
   */
  async read(url: string): Promise<Picture> {
    const name = createHash('sha256').update(url).digest('hex')
    const known = await this.#readKept(name)
    if (known) return known
    if ((this.#failedUntilMs.get(name) ?? 0) > this.#options.clock.nowMs()) throw notHad()
    let running = this.#running.get(name)
    if (!running) {
      running = this.#fetchAndKeep(url, name).finally(() => this.#running.delete(name))
      this.#running.set(name, running)
    }
    return running
  }

  async #readKept(name: string): Promise<Picture | null> {
    const kept = await this.#index()
    const one = kept.get(name)
    if (!one || one.fetchedAtMs + keepMs < this.#options.clock.nowMs()) return null
    const bytes = await readFile(join(this.#options.dir, name)).catch(() => null)
    const contentType = bytes && pictureType(bytes)
    if (!bytes || !contentType) return null
    // Read again by now, perhaps, or dropped meanwhile.
    if (kept.delete(name)) kept.set(name, one)
    return { contentType, bytes }
  }

  async #fetchAndKeep(url: string, name: string): Promise<Picture> {
    await this.#takePlace()
    try {
      const answer = await this.#fetch(url, { headers: { accept: 'image/avif,image/webp,image/*' } })
      const contentType = answer.status === 200 ? pictureType(answer.body) : null
      if (contentType === null) throw new OutboundError('outbound-content-type', 'The answer is no picture.')
      await this.#keep(name, answer.body).catch((error: unknown) =>
        this.#options.log.warn({ error }, 'picture not kept'),
      )
      return { contentType, bytes: answer.body }
    } catch (error) {
      this.#options.log.warn({ url, reason: error instanceof Error ? error.message : '' }, 'picture not had')
      if (this.#failedUntilMs.size >= maxFailures) this.#failedUntilMs.clear()
      this.#failedUntilMs.set(name, this.#options.clock.nowMs() + keepFailureMs)
      throw notHad()
    } finally {
      this.#leavePlace()
    }
  }

  async #keep(name: string, bytes: Uint8Array): Promise<void> {
    const { dir, maxBytes, clock } = this.#options
    const kept = await this.#index()
    await mkdir(dir, { recursive: true })
    const draft = join(dir, `${randomUUID()}.part`)
    await writeFile(draft, bytes)
    await rename(draft, join(dir, name))
    this.#keptBytes += bytes.byteLength - (kept.get(name)?.bytes ?? 0)
    kept.delete(name)
    kept.set(name, { bytes: bytes.byteLength, fetchedAtMs: clock.nowMs() })
    for (const [oldest, one] of kept) {
      if (this.#keptBytes <= maxBytes) break
      kept.delete(oldest)
      this.#keptBytes -= one.bytes
      await rm(join(dir, oldest), { force: true })
    }
  }

  /** What lies in the folder from before; a draft of a process that died is removed. */
  #index(): Promise<Map<string, Kept>> {
    return (this.#kept ??= this.#readFolder())
  }

  async #readFolder(): Promise<Map<string, Kept>> {
    const { dir } = this.#options
    const found: [string, Kept][] = []
    for (const name of await readdir(dir).catch(() => [])) {
      const stats = await stat(join(dir, name)).catch(() => null)
      if (!/^[0-9a-f]{64}$/.test(name)) await rm(join(dir, name), { force: true, recursive: true })
      else if (stats) {
        found.push([name, { bytes: stats.size, fetchedAtMs: stats.mtimeMs }])
        this.#keptBytes += stats.size
      }
    }
    return new Map(found.toSorted((a, b) => a[1].fetchedAtMs - b[1].fetchedAtMs))
  }

  async #takePlace(): Promise<void> {
    if (this.#fetching < maxFetches) {
      this.#fetching++
      return
    }
    if (this.#waiting.length >= maxWaiting) {
      throw new TryLaterError({
        code: 'too-many-pictures',
        message: 'Too many pictures are being fetched. Ask again in 5 s.',
        status: 429,
        retryAfterSeconds: 5,
      })
    }
    await new Promise<void>((resolve) => void this.#waiting.push(resolve))
  }

  /** The place goes to whoever waits longest. */
  #leavePlace(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#fetching--
  }
}

const notHad = (): NotFoundError =>
  new NotFoundError({
    code: 'picture-not-had',
    message:
      'The host of this picture does not give it, or gives something that is no picture of at most 8 MiB.',
  })
