import { randomUUID } from 'node:crypto'
import { mkdir, open as openFile, readdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { HeavyliftError } from '@heavylift/core'
import { Wakeup } from '@heavylift/core/async'
import { makeCacheFolder } from '@heavylift/core/runtime/cache-folder'
import type { ProductSearch } from '../domain/ports.ts'
import type { Product } from '../domain/product.ts'
import type { IndexBuild, SearchIndexes } from '../domain/search-indexes.ts'
import type { LanguageCode } from '../language/languages.ts'
import { lexiconOf } from '../language/lexicon.ts'
import type { Lexicon } from '../language/lexicon.ts'
import type { BuildInput, BuildOutput, BuildTask } from './build-worker.ts'
import type { Meanings } from '@heavylift/models/meaning'
import { OpenIndex } from './open-index.ts'
import { isReadable, readIndex } from './index-files.ts'

const batchSize = 250
/** Batches that may wait in the thread before the feed is asked for more. */
const batchesAhead = 4
/** Past this share of changed products a build from nothing is as fast. */
const changedShare = 0.3
const stagingPrefix = '.staging-'

/**
 * Indexes on disk, `<folder>/<tenant>/<version>`. A build writes a staging folder and renames it, so a version is
 * there whole or not at all; what a crash leaves behind, `prune` deletes.
 */
export class StoredSearchIndexes implements SearchIndexes {
  readonly #folder: string
  readonly #language: LanguageCode
  readonly #meanings: Pick<Meanings, 'cosines'> | null
  readonly #mostOpen: number
  /** By path, least lately used first. */
  readonly #open = new Map<string, Promise<OpenIndex>>()
  readonly #staging = new Set<string>()

  /**
   * `meanings`: what texts mean, where that is known. `mostOpen`: how many indexes are kept in memory; one of 50,000 products takes
   * about 100 MB.
   */
  constructor(
    folder: string,
    language: LanguageCode = 'en',
    meanings: Pick<Meanings, 'cosines'> | null = null,
    mostOpen = 8,
  ) {
    this.#folder = folder
    this.#language = language
    this.#meanings = meanings
    this.#mostOpen = mostOpen
  }

  async build(request: IndexBuild): Promise<void> {
    request.signal.throwIfAborted()
    const tenantFolder = this.#tenantFolder(request.tenantId)
    const target = join(tenantFolder, folderName(request.version))
    const staging = join(tenantFolder, `${stagingPrefix}${randomUUID()}`)
    this.#staging.add(staging)
    try {
      await makeCacheFolder(this.#folder)
      await mkdir(staging, { recursive: true })
      const base = await this.#baseOf(request)
      const products = base === null ? request.products() : (request.changes?.upserts() ?? request.products())
      const removedIds = base === null ? [] : (request.changes?.removedIds ?? [])
      await buildInThread({ target: staging, base, removedIds, language: this.#language }, products, request)
      await syncFolder(staging)
      this.#open.delete(target)
      await rm(target, { recursive: true, force: true })
      await rename(staging, target)
      await syncFolder(tenantFolder, false)
    } finally {
      this.#staging.delete(staging)
      await rm(staging, { recursive: true, force: true })
    }
  }

  /** Reads the index on the first search. That search rejects with `search-index-missing` when it was never built. */
  open(tenantId: string, version: string, lexicon: Lexicon = lexiconOf(this.#language)): ProductSearch {
    const path = join(this.#tenantFolder(tenantId), folderName(version))
    return {
      search: async (request) => {
        const index = await this.#loaded(path)
        const byMeaning = request.sort === 'relevance' && request.text.trim() !== ''
        const cosines = byMeaning ? await this.#meanings?.cosines(tenantId, index.data, request.text) : null
        return index.search(request, lexicon, cosines ?? null)
      },
    }
  }

  async prune(tenantId: string, keep: readonly string[]): Promise<void> {
    const tenantFolder = this.#tenantFolder(tenantId)
    const kept = new Set(keep.map(folderName))
    for (const name of await namesIn(tenantFolder)) {
      const path = join(tenantFolder, name)
      if (kept.has(name) || this.#staging.has(path)) continue
      this.#open.delete(path)
      await rm(path, { recursive: true, force: true })
    }
  }

  #tenantFolder(tenantId: string): string {
    return join(this.#folder, folderName(tenantId))
  }

  async #baseOf({ tenantId, total, changes }: IndexBuild): Promise<string | null> {
    if (changes === null) return null
    if (changes.upsertCount + changes.removedIds.length > total * changedShare) return null
    const path = join(this.#tenantFolder(tenantId), folderName(changes.base))
    return (await isReadable(path, this.#language)) ? path : null
  }

  #loaded(path: string): Promise<OpenIndex> {
    const known = this.#open.get(path)
    const loading = known ?? load(path, this.#language)
    this.#open.delete(path)
    this.#open.set(path, loading)
    if (known === undefined) {
      // A failed read is tried again by the next search.
      loading.catch(() => {
        if (this.#open.get(path) === loading) this.#open.delete(path)
      })
      for (const oldest of this.#open.keys()) {
        if (this.#open.size <= this.#mostOpen) break
        this.#open.delete(oldest)
      }
    }
    return loading
  }
}

async function load(path: string, language: LanguageCode): Promise<OpenIndex> {
  const data = await readIndex(path, language)
  if (data === null)
    throw new HeavyliftError({
      code: 'search-index-missing',
      message:
        'The search index of this catalog version is not there, or another release made it. A search builds it again.',
      status: 503,
    })
  return new OpenIndex(data)
}

/** Feeds products to a build thread in batches, never more than a few ahead of it. */
async function buildInThread(
  task: BuildTask,
  products: AsyncIterable<Product>,
  request: IndexBuild,
): Promise<void> {
  const worker = new Worker(new URL('./build-worker.ts', import.meta.url), { workerData: task })
  const { signal } = request
  let taken = 0
  let waiting = 0
  const answered = new Wakeup()
  let failure: Error | null = null
  const { promise: ended, resolve: finish } = Promise.withResolvers<void>()
  const fail = (error: Error): void => {
    failure ??= error
    answered.wake()
    finish()
  }
  worker.on('message', (output: BuildOutput) => {
    if (output.kind === 'done') return finish()
    taken += output.count
    waiting -= 1
    request.report(taken)
    answered.wake()
  })
  worker.on('error', fail)
  worker.on('exit', () => fail(new Error('The thread that builds the search index ended early.')))
  const abort = (): void => fail(signal.reason instanceof Error ? signal.reason : new Error('Aborted.'))
  signal.addEventListener('abort', abort, { once: true })
  const send = async (input: BuildInput): Promise<void> => {
    while (waiting >= batchesAhead && failure === null) await answered.wait()
    if (failure !== null) throw failure
    if (input.kind === 'products') waiting += 1
    worker.postMessage(input)
  }
  try {
    let batch: Product[] = []
    for await (const product of products) {
      batch.push(product)
      if (batch.length < batchSize) continue
      await send({ kind: 'products', products: batch })
      batch = []
    }
    if (batch.length > 0) await send({ kind: 'products', products: batch })
    await send({ kind: 'end' })
    await ended
    if (failure !== null) throw failure
  } finally {
    signal.removeEventListener('abort', abort)
    worker.removeAllListeners('exit')
    await worker.terminate()
  }
}

/** A name that is safe as one folder, whatever characters an id holds. */
function folderName(id: string): string {
  return `v-${encodeURIComponent(id).replaceAll('.', '%2E').replaceAll('*', '%2A')}`
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** Forces a folder, and by default all in it, to disk. */
async function syncFolder(folder: string, deep = true): Promise<void> {
  if (deep)
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) await syncFolder(path)
      else await syncPath(path)
    }
  await syncPath(folder)
}

async function syncPath(path: string): Promise<void> {
  const handle = await openFile(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}
