import { mkdir, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Logger } from '@heavylift/core'
import { withTimeout } from '@heavylift/core/async'
import { makeCacheFolder } from '@heavylift/core/runtime/cache-folder'
import type { TextEmbedder } from '../gateway/in-process/complete.ts'
import { quantized } from './quantized.ts'
import { RowVectors } from './row-vectors.ts'
import { asPassage, asQuery, meaningKey } from './text.ts'
import { appendVectors, keyBytes, readVectors } from './vector-file.ts'

export interface MeaningDependencies {
  /** Where vectors are kept, a file for each tenant and model. */
  folder: string
  /** The model to embed with now, or null. */
  embedder: () => TextEmbedder | null
  /** The texts of the tenant's catalog as they are embedded (`clippedText`), and how many there are. */
  texts: (tenantId: string, signal: AbortSignal) => AsyncIterable<string>
  count: (tenantId: string) => Promise<number>
  /** A search waits no longer than this for what its query means, and ranks by words alone then; the vector is kept for the next. Default 250. */
  patienceMs?: number
  log: Logger
  /** Ends the reading of catalogs when the process stops. */
  signal: AbortSignal
}

/** What is searched, row by row. */
export interface MeaningRows {
  /** Of each row the key of its text (`meaningKey`), one after the other. */
  meaningKeys: Uint8Array
}

/** What a text means to a model for embeddings. */
export interface Meant {
  model: string
  /** Of length 1. */
  vector: Float32Array
}

/** How far a tenant's catalog is read for meaning. */
export interface MeaningState {
  /** Null: no model embeds. */
  model: string | null
  /** `waiting`: there is a model, and the catalog is not yet read with it. */
  state: 'off' | 'waiting' | 'reading' | 'ready' | 'failed'
  done: number
  total: number
  /** Of the last failure; what to do about it. */
  problem: string | null
}

/** Texts that the model gets at once, and how often what it gave is put on disk: a crash costs no more than that. */
const batchTexts = 32
/** Vectors of queries in memory, 1.5 kB each. */
const keptQueries = 4_000
const usualPatienceMs = 250
/** After a failure nothing is tried for this long. */
const pauseMs = 60_000
/** Below this share of rows with a vector those without one would be put behind for nothing they can help. */
const leastKnown = 0.9

interface Reading {
  state: MeaningState
  running: Promise<void> | null
  /** Counts what was put on disk, so that indexes take it up. */
  version: number
  pausedUntilMs: number
}

interface Attached {
  model: string
  version: number
  vectors: RowVectors | null
}

/**
 * What the things of a catalog and queries mean, as vectors of a model for embeddings. A catalog is read in the background, text by text; a text
 * that was read before, in whichever version, is not read again. Without a model, and until most of it is read, nothing is known.
 */
export class Meanings {
  readonly #deps: MeaningDependencies
  readonly #readings = new Map<string, Reading>()
  readonly #attached = new WeakMap<MeaningRows, Promise<Attached>>()
  /** By model and text, least lately asked for first. */
  readonly #queries = new Map<string, Promise<Float32Array>>()

  constructor(deps: MeaningDependencies) {
    this.#deps = deps
  }

  /** Cosines of a query with each row of an index (0: not known), or null while words alone must do. */
  async cosines(tenantId: string, data: MeaningRows, text: string): Promise<Float32Array | null> {
    const embedder = this.#deps.embedder()
    const rows = rowsOf(data)
    if (embedder === null || rows === 0) return null
    const { vectors } = await this.#vectorsOf(tenantId, data, embedder.name)
    const known = (vectors?.count ?? 0) / rows
    // What a stopped process left is taken up once; a change of the catalog is told by `changed`.
    if (known < leastKnown || (known < 1 && this.#reading(tenantId).version === 0)) this.read(tenantId)
    if (vectors === null || known < leastKnown) return null
    const query = await this.#query(tenantId, embedder, text)
    return query === null ? null : vectors.cosines(query)
  }

  /** What a query means, or null: without a model, or when it does not come in time. */
  async query(tenantId: string, text: string): Promise<Meant | null> {
    const embedder = this.#deps.embedder()
    const vector = embedder === null ? null : await this.#query(tenantId, embedder, text)
    return embedder === null || vector === null ? null : { model: embedder.name, vector }
  }

  /** Reads the tenant's catalog in the background, unless that runs already, was done since the last change, or has just failed. */
  read(tenantId: string): void {
    const reading = this.#reading(tenantId)
    const embedder = this.#deps.embedder()
    if (embedder === null || reading.running !== null || Date.now() < reading.pausedUntilMs) return
    reading.running = this.#readAll(tenantId, embedder, reading)
      .catch((error: unknown) => {
        if (this.#deps.signal.aborted) return
        this.#deps.log.warn({ tenantId, error }, 'the catalog could not be read for meaning')
        const problem = error instanceof Error ? error.message : String(error)
        reading.state = { ...reading.state, model: embedder.name, state: 'failed', problem }
      })
      .finally(() => {
        reading.pausedUntilMs = Date.now() + pauseMs
        reading.running = null
      })
  }

  /** The catalog changed: what is new is read, also right after another reading. */
  changed(tenantId: string): void {
    const reading = this.#reading(tenantId)
    reading.pausedUntilMs = 0
    if (reading.running === null) return this.read(tenantId)
    void reading.running.then(() => {
      reading.pausedUntilMs = 0
      this.read(tenantId)
    })
  }

  state(tenantId: string): MeaningState {
    const { state } = this.#reading(tenantId)
    const model = this.#deps.embedder()?.name ?? null
    if (model === null) return { ...state, model, state: 'off' }
    return model === state.model ? state : { ...state, model, state: 'waiting' }
  }

  /** Resolves when no reading of the tenant's catalog runs. */
  async settled(tenantId: string): Promise<void> {
    while (this.#reading(tenantId).running !== null) await this.#reading(tenantId).running
  }

  #reading(tenantId: string): Reading {
    let reading = this.#readings.get(tenantId)
    if (reading === undefined) {
      const state: MeaningState = { model: null, state: 'off', done: 0, total: 0, problem: null }
      reading = { state, running: null, version: 0, pausedUntilMs: 0 }
      this.#readings.set(tenantId, reading)
    }
    return reading
  }

  async #readAll(tenantId: string, embedder: TextEmbedder, reading: Reading): Promise<void> {
    const { folder, signal, texts, count } = this.#deps
    const path = this.#path(tenantId, embedder.name)
    await makeCacheFolder(folder)
    await mkdir(join(path, '..'), { recursive: true })
    const known = new Set<string>()
    for (const { key } of (await readVectors(path)).vectors) known.add(key.toString('latin1'))
    const state: MeaningState = {
      model: embedder.name,
      state: 'reading',
      done: 0,
      total: await count(tenantId),
      problem: null,
    }
    reading.state = state
    const live = new Set<string>()
    let waiting = new Map<string, string>()
    const flush = async (): Promise<void> => {
      if (waiting.size === 0) return
      const passages = [...waiting.values()].map((text) => asPassage(embedder.name, text))
      const vectors = await embedder.embed(passages, { signal, tenantId, priority: 'batch' })
      const keys = [...waiting.keys()]
      await appendVectors(
        path,
        vectors.map((vector, at) => ({
          key: Buffer.from(keys[at] as string, 'latin1'),
          ...quantized(vector, 127),
        })),
      )
      waiting = new Map()
    }
    for await (const text of texts(tenantId, signal)) {
      const key = meaningKey(text).toString('latin1')
      live.add(key)
      if (!known.has(key) && text !== '') {
        waiting.set(key, text)
        known.add(key)
      }
      if (waiting.size >= batchTexts) await flush()
      state.done += 1
    }
    await flush()
    if (known.size > live.size * 2) await forget(path, live)
    reading.version += 1
    reading.state = { ...state, state: 'ready', total: state.done }
  }

  #vectorsOf(tenantId: string, data: MeaningRows, model: string): Promise<Attached> {
    const { version } = this.#reading(tenantId)
    const attach = async (before: Promise<Attached> | undefined): Promise<Attached> => {
      const known = await before?.catch(() => undefined)
      if (known?.model === model && known.version === version) return known
      return { model, version, vectors: await attachVectors(this.#path(tenantId, model), data) }
    }
    const attached = attach(this.#attached.get(data))
    this.#attached.set(data, attached)
    return attached
  }

  #path(tenantId: string, model: string): string {
    return join(this.#deps.folder, encodeURIComponent(tenantId), `${encodeURIComponent(model)}.vectors`)
  }

  /** The vector of a query, or null when it does not come in time. */
  async #query(tenantId: string, embedder: TextEmbedder, text: string): Promise<Float32Array | null> {
    const asked = asQuery(embedder.name, text)
    const key = `${embedder.name}\u0000${asked}`
    const known = this.#queries.get(key)
    const asking = known ?? this.#embedQuery(tenantId, embedder, asked)
    this.#queries.delete(key)
    this.#queries.set(key, asking)
    if (known === undefined) {
      asking.catch((error: unknown) => {
        this.#queries.delete(key)
        this.#deps.log.debug({ error }, 'a query could not be embedded')
      })
      const [oldest] = this.#queries.keys()
      if (this.#queries.size > keptQueries && oldest !== undefined) this.#queries.delete(oldest)
    }
    return withTimeout(
      asking.catch(() => null),
      this.#deps.patienceMs ?? usualPatienceMs,
      () => null,
    )
  }

  async #embedQuery(tenantId: string, embedder: TextEmbedder, text: string): Promise<Float32Array> {
    const [vector] = await embedder.embed([text], { signal: this.#deps.signal, tenantId })
    if (vector === undefined) throw new TypeError('The model gave no vector.')
    return vector
  }
}

const rowsOf = ({ meaningKeys }: MeaningRows): number => meaningKeys.length / keyBytes

/** The vectors of the rows of an index that a file has; null where it has none of them. */
async function attachVectors(path: string, data: MeaningRows): Promise<RowVectors | null> {
  const rowsByKey = new Map<string, number[]>()
  const keys = Buffer.from(data.meaningKeys.buffer, data.meaningKeys.byteOffset, data.meaningKeys.byteLength)
  const count = rowsOf(data)
  for (let row = 0; row < count; row += 1) {
    const key = keys.toString('latin1', row * keyBytes, (row + 1) * keyBytes)
    const rows = rowsByKey.get(key)
    if (rows === undefined) rowsByKey.set(key, [row])
    else rows.push(row)
  }
  const { width, vectors } = await readVectors(path)
  let attached: RowVectors | null = null
  for (const { key, ...vector } of vectors) {
    const name = key.toString('latin1')
    const rows = rowsByKey.get(name)
    if (rows === undefined) continue
    attached ??= new RowVectors(count, width)
    for (const row of rows) attached.set(row, vector)
    // Two processes may have read the same text.
    rowsByKey.delete(name)
  }
  return attached
}

/** Keeps only the vectors of texts that the catalog still has. */
async function forget(path: string, live: ReadonlySet<string>): Promise<void> {
  const draft = `${path}.draft`
  await rm(draft, { force: true })
  const { vectors } = await readVectors(path)
  await appendVectors(
    draft,
    [...vectors].filter(({ key }) => live.has(key.toString('latin1'))),
  )
  await rename(draft, path)
}
