import type { Clock, ReportProgress } from '@heavylift/core'
import { toDatabaseJson } from '@heavylift/store'
import type { Kysely } from 'kysely'
import type { Api, JsonObject } from '../wire/codec.ts'
import type { Answer } from './answer.ts'
import { requestKey } from './request-key.ts'
import { ResponseCache } from './response-cache.ts'

/** Rows of `src/migrations/cache.ts`. */
export interface CacheTables {
  ready_answer: {
    tenant_id: string
    request_key: string
    answer: unknown
    model: string
    tag: string
    made_at: Date
    expires_at: Date
  }
}

/** A request to be answered before it is asked. */
export interface ReadyRequest {
  api: Api
  /** The name under which clients will ask. */
  model: string
  body: JsonObject
}

export interface PrepareOptions {
  tenantId: string
  /** What the answers are for, e.g. `shop:pills`; they are dropped by it. */
  tag: string
  ttlMs: number
  /** Requests under way together. */
  concurrency: number
  signal: AbortSignal
  report: ReportProgress
}

/** What `prepare` did. `failed` are worth another try; `refused` cannot be kept (see `requestKey`). */
export interface Prepared {
  kept: number
  made: number
  refused: number
  failed: { index: number; error: unknown }[]
}

/**
 * Answers made ahead, in PostgreSQL. Every process knows the keys of all that have not expired, so that a request that
 * has none costs no query; the answers themselves are read on demand and the recent ones stay in memory.
 */
export class ReadyAnswers {
  readonly #database: Kysely<CacheTables>
  readonly #clock: Clock
  readonly #front: ResponseCache
  readonly #onChange: () => void
  /** Expiry by request key. Tenants are part of a key. */
  #known = new Map<string, number>()
  /** Tenants and models of those, so that nobody else's requests are hashed. Shrinks at a refresh. */
  #knownFor = new Set<string>()
  #refreshing: Promise<void> | null = null
  /** Changes made here while a refresh reads: what it reads may be older. */
  #changes: (() => void)[] = []

  /** `onChange`: answers were made or dropped here, which other processes do not know of. */
  constructor(
    database: Kysely<CacheTables>,
    clock: Clock,
    maxBytes: number,
    onChange: () => void = () => undefined,
  ) {
    this.#onChange = onChange
    this.#database = database
    this.#clock = clock
    this.#front = new ResponseCache(maxBytes, () => clock.nowMs())
  }

  get size(): number {
    return this.#known.size
  }

  /** Reads which answers there are, at start and now and then for those that other processes made; drops expired rows. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#refresh().finally(() => (this.#refreshing = null))
    return this.#refreshing
  }

  /** Whether a tenant has any for a model. */
  mayHave(tenantId: string, model: string): boolean {
    return this.#knownFor.has(forWhom(tenantId, model))
  }

  /** The answer made ahead for a key (made with the tenant, also where a model's cache is shared). Null at once, without a query, when there is none. */
  find(tenantId: string, key: string): Answer | null | Promise<Answer | null> {
    const expiresAtMs = this.#known.get(key)
    if (expiresAtMs === undefined) return null
    if (expiresAtMs <= this.#clock.nowMs()) {
      this.#known.delete(key)
      return null
    }
    return this.#front.get(key) ?? this.#read(tenantId, key)
  }

  /**
   * Has `run` answer those of `requests` that have no answer yet, and keeps what it returns. `run` asks at batch
   * priority and returns null for an answer that is not whole. One that fails does not stop the others; an abort does,
   * and is thrown; what was made until then stays.
   */
  async prepare(
    requests: readonly ReadyRequest[],
    run: (request: ReadyRequest, signal: AbortSignal) => Promise<Answer | null>,
    options: PrepareOptions,
  ): Promise<Prepared> {
    const result: Prepared = { kept: 0, made: 0, refused: 0, failed: [] }
    const queue = requests.entries()
    let done = 0
    const work = async () => {
      // The workers take from one iterator: each request goes to one of them.
      for (const [index, request] of queue) {
        options.signal.throwIfAborted()
        const key = requestKey({ ...request, tenantId: options.tenantId })
        if (key === null) result.refused += 1
        else if (await this.#isReady(options.tenantId, request.model, key)) result.kept += 1
        else {
          try {
            const answer = await run(request, options.signal)
            if (answer === null) throw new Error('The answer was not whole.')
            await this.keep(key, request.model, answer, options)
            result.made += 1
          } catch (error) {
            options.signal.throwIfAborted()
            result.failed.push({ index, error })
          }
        }
        done += 1
        options.report({ stage: 'answering', done, total: requests.length, unit: 'answers' })
      }
    }
    const workers = Array.from({ length: Math.max(1, options.concurrency) }, work)
    // All have stopped before this returns or throws.
    const ends = await Promise.allSettled(workers)
    for (const end of ends) if (end.status === 'rejected') throw end.reason
    return result
  }

  /** Keeps one answer under its tag; one that was kept for the key before goes. `key` is of that tenant and model. */
  async keep(
    key: string,
    model: string,
    answer: Answer,
    options: Pick<PrepareOptions, 'tenantId' | 'tag' | 'ttlMs'>,
  ): Promise<void> {
    const nowMs = this.#clock.nowMs()
    const row = {
      answer: toDatabaseJson(answer),
      model,
      tag: options.tag,
      made_at: new Date(nowMs),
      expires_at: new Date(nowMs + options.ttlMs),
    }
    await this.#database
      .insertInto('ready_answer')
      .values({ ...row, tenant_id: options.tenantId, request_key: key })
      .onConflict((conflict) => conflict.columns(['tenant_id', 'request_key']).doUpdateSet(row))
      .execute()
    this.#front.delete(key)
    this.#change(() => this.#learn(options.tenantId, model, key, nowMs + options.ttlMs))
    this.#onChange()
  }

  /** Drops a tenant's answers of one tag. Other processes may give them until their next `refresh`, a moment later. */
  async invalidate(tenantId: string, tag: string): Promise<number> {
    const rows = await this.#database
      .deleteFrom('ready_answer')
      .where('tenant_id', '=', tenantId)
      .where('tag', '=', tag)
      .returning('request_key')
      .execute()
    for (const row of rows) this.#change(() => this.#forget(row.request_key))
    if (rows.length > 0) this.#onChange()
    return rows.length
  }

  async #refresh(): Promise<void> {
    this.#changes = []
    const now = new Date(this.#clock.nowMs())
    await this.#database.deleteFrom('ready_answer').where('expires_at', '<=', now).execute()
    const rows = await this.#database
      .selectFrom('ready_answer')
      .select(['tenant_id', 'model', 'request_key', 'expires_at'])
      .execute()
    const before = this.#known
    this.#known = new Map(rows.map((row) => [row.request_key, row.expires_at.getTime()]))
    this.#knownFor = new Set(rows.map((row) => forWhom(row.tenant_id, row.model)))
    for (const [key, expiresAtMs] of before) {
      // Gone, or made anew elsewhere.
      if (this.#known.get(key) !== expiresAtMs) this.#front.delete(key)
    }
    for (const change of this.#changes) change()
  }

  async #isReady(tenantId: string, model: string, key: string): Promise<boolean> {
    const row = await this.#database
      .selectFrom('ready_answer')
      .select('expires_at')
      .where('tenant_id', '=', tenantId)
      .where('request_key', '=', key)
      .executeTakeFirst()
    if (!row || row.expires_at.getTime() <= this.#clock.nowMs()) return false
    this.#change(() => this.#learn(tenantId, model, key, row.expires_at.getTime()))
    return true
  }

  async #read(tenantId: string, key: string): Promise<Answer | null> {
    const row = await this.#database
      .selectFrom('ready_answer')
      .select(['answer', 'expires_at'])
      .where('tenant_id', '=', tenantId)
      .where('request_key', '=', key)
      .executeTakeFirst()
    const leftMs = row ? row.expires_at.getTime() - this.#clock.nowMs() : 0
    if (!row || leftMs <= 0) {
      this.#forget(key)
      return null
    }
    const answer = row.answer as Answer
    this.#front.set(key, answer, leftMs)
    return answer
  }

  #learn(tenantId: string, model: string, key: string, expiresAtMs: number): void {
    this.#known.set(key, expiresAtMs)
    this.#knownFor.add(forWhom(tenantId, model))
  }

  #forget(key: string): void {
    this.#known.delete(key)
    this.#front.delete(key)
  }

  #change(apply: () => void): void {
    apply()
    if (this.#refreshing) this.#changes.push(apply)
  }
}

function forWhom(tenantId: string, model: string): string {
  return `${model}\n${tenantId}`
}
