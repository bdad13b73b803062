import { createHash } from 'node:crypto'
import { NotFoundError, type Clock, type Logger } from '@heavylift/core'
import type { DurableRun, DurableWorkflow, Store } from '@heavylift/store'
import { sql, type Kysely } from 'kysely'
import { AspectCache } from '../aspects/aspect-cache.ts'
import type { AnswerPart } from '../../domain/answer.ts'
import type { Catalog } from '../../domain/ports.ts'
import type { Product } from '../../domain/product.ts'
import { Phrases } from '../phrases.ts'
import { fingerprint } from './fingerprint.ts'
import type { PillTables } from './pill-tables.ts'
import { likelyQuestions } from './questions.ts'

const batchSize = 20

export interface PillDependencies {
  db: Kysely<PillTables>
  clock: Clock
  log: Logger
  durable: Store['durable']
  catalog(tenantId: string): Catalog
  /** The products to prepare, the most wanted first. */
  popular(tenantId: string, limit: number): Promise<string[]>
  /** Answers a question on a product's page for nobody in particular, and names the products that it shows. */
  answer(
    tenantId: string,
    productId: string,
    question: string,
  ): Promise<{ parts: AnswerPart[]; products: Product[] }>
  /** Of what writes answers now; answers of another version are made again. */
  answerVersion(): string
  /** How many products a build prepares. */
  buildLimit: number
  /** Aborts when the process stops. */
  stopping: AbortSignal
}

export interface PillAnswer {
  question: string
  parts: AnswerPart[]
  /** True when it was ready: answered ahead of time and every product in it unchanged since. */
  isHit: boolean
}

/** Likely questions of products: made and answered ahead of time in the background, served from there. */
export class Pills {
  readonly #deps: PillDependencies
  readonly #aspects = new AspectCache(50)
  readonly #build: DurableWorkflow<{ tenantId: string }, { answered: number }>

  constructor(deps: PillDependencies) {
    this.#deps = deps
    this.#build = deps.durable.workflow('shop.pills', (run, input) => this.#runBuild(run, input.tenantId), {
      concurrency: 1,
    })
  }

  /**
   * The product's questions; made now when no build has come by yet.
   *
   * @throws NotFoundError when there is no such product
   */
  async forProduct(tenantId: string, productId: string): Promise<{ id: string; question: string }[]> {
    const known = await this.#deps.db
      .selectFrom('pill')
      .where('tenant_id', '=', tenantId)
      .where('product_id', '=', productId)
      .select(['id', 'question'])
      .orderBy('rank')
      .execute()
    if (known.length > 0) return known
    const product = await this.#deps.catalog(tenantId).product(productId)
    if (product === null) {
      throw new NotFoundError({ code: 'product-not-found', message: `There is no product ${productId}.` })
    }
    return this.#makeQuestions(tenantId, product)
  }

  /**
   * The stored answer if it still holds, else one made now and stored.
   *
   * @throws NotFoundError when there is no such pill
   */
  async answer(tenantId: string, pillId: string): Promise<PillAnswer> {
    const pill = await this.#deps.db
      .selectFrom('pill')
      .where('tenant_id', '=', tenantId)
      .where('id', '=', pillId)
      .select(['product_id', 'question', 'parts', 'fingerprints'])
      .executeTakeFirst()
    if (pill === undefined) {
      throw new NotFoundError({
        code: 'pill-not-found',
        message: `There is no question ${pillId}; read those of the product again.`,
      })
    }
    const isHit = pill.parts !== null && (await this.#holds(tenantId, pill.fingerprints ?? {}))
    await this.#deps.db
      .updateTable('pill')
      .set(isHit ? { hits: sql`hits + 1` } : { misses: sql`misses + 1` })
      .where('tenant_id', '=', tenantId)
      .where('id', '=', pillId)
      .execute()
    if (isHit && pill.parts !== null) return { question: pill.question, parts: pill.parts, isHit }
    const parts = await this.#answerAndStore(tenantId, { id: pillId, ...pill })
    return { question: pill.question, parts, isHit: false }
  }

  /** Starts a build in the background; while one runs, joins it. */
  async build(tenantId: string): Promise<{ runId: string }> {
    const running = await this.#deps.db
      .selectFrom('pill_build')
      .where('tenant_id', '=', tenantId)
      .where('state', '=', 'running')
      .select('run_id')
      .executeTakeFirst()
    if (running !== undefined) {
      const status = await this.#build.status(running.run_id)
      if (status === 'queued' || status === 'running') return { runId: running.run_id }
    }
    const { id } = await this.#build.start({ tenantId })
    return { runId: id }
  }

  /** Resolves when a build has ended; rejects with its error. */
  buildResult(runId: string): Promise<{ answered: number }> {
    return this.#build.result(runId)
  }

  async #runBuild(run: DurableRun, tenantId: string): Promise<{ answered: number }> {
    const ids = await run.step('products', () => this.#deps.popular(tenantId, this.#deps.buildLimit))
    await run.step('begin', () => this.#saveBuild(tenantId, run.id, 'running', 0, ids.length))
    let answered = 0
    for (let start = 0; start < ids.length; start += batchSize) {
      const batch = ids.slice(start, start + batchSize)
      answered += await run.step(`batch:${start}`, (signal) => this.#buildBatch(tenantId, batch, signal))
      const done = Math.min(ids.length, start + batchSize)
      await run.step(`progress:${start}`, () =>
        this.#saveBuild(tenantId, run.id, 'running', done, ids.length),
      )
    }
    await run.step('end', () => this.#saveBuild(tenantId, run.id, 'done', ids.length, ids.length))
    return { answered }
  }

  /** Idempotent: what still holds is left as it is. Once the process stops, the batch is given up, and made again after the next start. */
  async #buildBatch(tenantId: string, productIds: readonly string[], signal: AbortSignal): Promise<number> {
    const products = await this.#deps.catalog(tenantId).products(productIds)
    let answered = 0
    for (const product of products) {
      try {
        await this.#makeQuestions(tenantId, product)
        const open = await this.#deps.db
          .selectFrom('pill')
          .where('tenant_id', '=', tenantId)
          .where('product_id', '=', product.id)
          .select(['id', 'product_id', 'question', 'fingerprints'])
          .execute()
        for (const pill of open) {
          if (pill.fingerprints !== null && (await this.#holds(tenantId, pill.fingerprints))) continue
          await this.#answerAndStore(tenantId, pill)
          answered++
        }
      } catch (error) {
        if (this.#deps.stopping.aborted) {
          // The process stops: what the step throws once its signal has fired too is not recorded.
          await whenAborted(signal)
          throw error
        }
        // One product that cannot be answered must not stop the others; it is answered when it is asked.
        this.#deps.log.warn(
          { tenantId, productId: product.id, error },
          'could not prepare the pills of a product',
        )
      }
    }
    return answered
  }

  async #makeQuestions(tenantId: string, product: Product): Promise<{ id: string; question: string }[]> {
    const catalog = this.#deps.catalog(tenantId)
    const [digest, questions, prices, { language }] = await Promise.all([
      this.#aspects.get(tenantId, catalog, product),
      catalog.questions(product.id),
      catalog.priceHistory(product.id),
      catalog.lexicon(),
    ])
    const phrases = new Phrases(language, product.id)
    const pills = likelyQuestions(product, { digest, questions, prices }, phrases).map((question, rank) => ({
      id: pillId(product.id, question),
      question,
      rank,
    }))
    await this.#deps.db.transaction().execute(async (transaction) => {
      let old = transaction
        .deleteFrom('pill')
        .where('tenant_id', '=', tenantId)
        .where('product_id', '=', product.id)
      if (pills.length > 0) {
        old = old.where(
          'id',
          'not in',
          pills.map(({ id }) => id),
        )
      }
      await old.execute()
      if (pills.length === 0) return
      await transaction
        .insertInto('pill')
        .values(
          pills.map((pill) => ({
            ...pill,
            tenant_id: tenantId,
            product_id: product.id,
            parts: null,
            fingerprints: null,
            answered_at: null,
          })),
        )
        .onConflict((conflict) =>
          conflict.columns(['tenant_id', 'id']).doUpdateSet((eb) => ({ rank: eb.ref('excluded.rank') })),
        )
        .execute()
    })
    return pills.map(({ id, question }) => ({ id, question }))
  }

  async #answerAndStore(
    tenantId: string,
    pill: { id: string; product_id: string; question: string },
  ): Promise<AnswerPart[]> {
    const { parts, products } = await this.#deps.answer(tenantId, pill.product_id, pill.question)
    await this.#deps.db
      .updateTable('pill')
      .set({
        parts: JSON.stringify(parts),
        fingerprints: JSON.stringify(
          Object.fromEntries(
            products.map((product) => [product.id, fingerprint(product, this.#deps.answerVersion())]),
          ),
        ),
        answered_at: new Date(this.#deps.clock.nowMs()),
      })
      .where('tenant_id', '=', tenantId)
      .where('id', '=', pill.id)
      .execute()
    return parts
  }

  /** Whether every product of an answer is as it was. */
  async #holds(tenantId: string, fingerprints: Record<string, string>): Promise<boolean> {
    const ids = Object.keys(fingerprints)
    const products = await this.#deps.catalog(tenantId).products(ids)
    return (
      products.length === ids.length &&
      products.every(
        (product) => fingerprints[product.id] === fingerprint(product, this.#deps.answerVersion()),
      )
    )
  }

  async #saveBuild(tenantId: string, runId: string, state: 'running' | 'done', done: number, total: number) {
    const finished = state === 'done' ? new Date(this.#deps.clock.nowMs()) : null
    const values = { run_id: runId, state, done, total, finished_at: finished }
    await this.#deps.db
      .insertInto('pill_build')
      .values({ tenant_id: tenantId, ...values })
      .onConflict((conflict) => conflict.column('tenant_id').doUpdateSet(values))
      .execute()
  }
}

/** The same question of the same product is the same pill, so that a rebuild keeps its answer and its counts. */
function pillId(productId: string, question: string): string {
  return `pill_${createHash('sha256').update(`${productId}\u0000${question}`).digest('hex').slice(0, 24)}`
}

function whenAborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}
