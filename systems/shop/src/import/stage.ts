import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { CatalogTables } from '../catalog/catalog-tables.ts'
import type { FeedEvent, FeedProduct, FeedReject } from './feed-row.ts'

/** Rows of one kind that go into staging together. */
const batchRows = 400
/** Characters of JSON after which a batch goes out, so that products with many reviews do not pile up. */
const batchLength = 2_000_000

interface Batch {
  products: { id: string; line: number; rating_from_feed: boolean; data: object; price_points: object }[]
  reviews: { id: string; product_id: string; line: number; rating: number; data: object }[]
  questions: { id: string; product_id: string; line: number; data: object }[]
  continued: FeedProduct[]
  length: number
}

const newBatch = (): Batch => ({ products: [], reviews: [], questions: [], continued: [], length: 0 })

/** What the price history of a new product begins with: the feed's, or the price that holds now. */
function pricePoints({ product, priceHistory }: FeedProduct, nowMs: number): object[] {
  if (priceHistory.length > 0) {
    const currency = product.variants[0]?.price.currency ?? 'USD'
    return priceHistory.map(({ variantId, minor, atMs }) => ({
      variant_id: variantId,
      minor,
      currency,
      at_ms: atMs,
    }))
  }
  const seen = new Set<number>()
  return product.variants.flatMap(({ id, price }) => {
    if (seen.has(price.minor)) return []
    seen.add(price.minor)
    return [{ variant_id: id, minor: price.minor, currency: price.currency, at_ms: nowMs }]
  })
}

/** Writes feed events to the staging tables, one batch in flight while the next is read. */
export class Stager {
  readonly #db: Kysely<CatalogTables>
  readonly #importId: string
  readonly #nowMs: number
  #batch = newBatch()
  #inFlight: Promise<void> = Promise.resolve()

  constructor(db: Kysely<CatalogTables>, importId: string, nowMs: number) {
    this.#db = db
    this.#importId = importId
    this.#nowMs = nowMs
  }

  async add(event: FeedEvent): Promise<void> {
    const batch = this.#batch
    if (event.kind === 'product') {
      const { item } = event
      if (item.continues) {
        batch.continued.push(item)
      } else {
        const { product } = item
        const points = pricePoints(item, this.#nowMs)
        batch.products.push({
          id: product.id,
          line: item.line,
          rating_from_feed: item.ratingFromFeed,
          data: { ...product, rating: item.ratingFromFeed ? product.rating : null },
          price_points: points,
        })
        // Cheaper than measuring the JSON, and near enough.
        batch.length += 600 + product.description.length + product.variants.length * 180 + points.length * 90
      }
      for (const review of item.reviews) this.#addReview(batch, review.id, item.line, review)
      for (const question of item.questions) {
        batch.questions.push({
          id: question.id,
          product_id: question.productId,
          line: item.line,
          data: question,
        })
      }
      batch.length += item.reviews.length * 400
    } else if (event.kind === 'review') {
      this.#addReview(batch, event.review.id, event.line, event.review)
      batch.length += 400
    } else if (event.kind === 'question') {
      const { question, line } = event
      batch.questions.push({ id: question.id, product_id: question.productId, line, data: question })
      batch.length += 400
    }
    const rows = Math.max(batch.products.length, batch.questions.length, batch.continued.length)
    if (rows >= batchRows || batch.length >= batchLength) await this.#send()
  }

  #addReview(batch: Batch, id: string, line: number, review: { productId: string; rating: number }): void {
    batch.reviews.push({ id, product_id: review.productId, line, rating: review.rating, data: review })
  }

  async #send(): Promise<void> {
    await this.#inFlight
    const batch = this.#batch
    this.#batch = newBatch()
    this.#inFlight = this.#write(batch)
    // Awaited by the next call; this only keeps a failure in between from counting as unhandled.
    this.#inFlight.catch(() => undefined)
  }

  async finish(): Promise<void> {
    await this.#send()
    await this.#inFlight
  }

  async #write(batch: Batch): Promise<void> {
    const importId = this.#importId
    await this.#db.transaction().execute(async (trx) => {
      if (batch.products.length > 0) {
        await sql`
          insert into stage_product (import_id, id, line, hash, rating_from_feed, data, price_points)
          select ${importId}, id, line, md5(data::text), rating_from_feed, data, price_points
          from json_to_recordset(${JSON.stringify(batch.products)}::json)
            as r(id text, line int, rating_from_feed boolean, data jsonb, price_points jsonb)
          on conflict (import_id, id) do nothing`.execute(trx)
      }
      for (const { product } of batch.continued) {
        await sql`
          update stage_product set
            data = jsonb_set(data, '{variants}', data->'variants' || ${JSON.stringify(product.variants)}::jsonb)
          where import_id = ${importId} and id = ${product.id}`.execute(trx)
        await sql`update stage_product set hash = md5(data::text) where import_id = ${importId} and id = ${product.id}`.execute(
          trx,
        )
      }
      if (batch.reviews.length > 0) {
        await sql`
          insert into stage_review (import_id, id, product_id, line, hash, rating, data)
          select ${importId}, id, product_id, line, md5(data::text), rating, data
          from json_to_recordset(${JSON.stringify(batch.reviews)}::json)
            as r(id text, product_id text, line int, rating real, data jsonb)
          on conflict (import_id, id) do nothing`.execute(trx)
      }
      if (batch.questions.length > 0) {
        await sql`
          insert into stage_question (import_id, id, product_id, line, data)
          select ${importId}, id, product_id, line, data
          from json_to_recordset(${JSON.stringify(batch.questions)}::json)
            as r(id text, product_id text, line int, data jsonb)
          on conflict (import_id, id) do nothing`.execute(trx)
      }
    })
  }
}

/** Takes reviews and questions of products that exist neither in the catalog nor in the feed out of staging. */
export async function rejectOrphans(
  db: Kysely<CatalogTables>,
  tenantId: string,
  importId: string,
): Promise<FeedReject[]> {
  const rejects: FeedReject[] = []
  for (const table of ['stage_review', 'stage_question'] as const) {
    const { rows } = await sql<{ line: number; product_id: string; data: object }>`
      delete from ${sql.table(table)} s
      where s.import_id = ${importId}
        and not exists (select from stage_product p where p.import_id = ${importId} and p.id = s.product_id)
        and not exists (select from product p where p.tenant_id = ${tenantId} and p.id = s.product_id)
      returning line, product_id, data`.execute(db)
    for (const { line, product_id, data } of rows) {
      const reason = `There is no product "${product_id}". Import the products first.`
      rejects.push({ line, code: 'unknown-product', reason, raw: JSON.stringify(data) })
    }
  }
  return rejects.sort((a, b) => a.line - b.line)
}

const stageTables = ['stage_product', 'stage_review', 'stage_question', 'stage_removal', 'stage_catalog']

export async function clearStage(db: Kysely<CatalogTables>, importId: string): Promise<void> {
  for (const table of stageTables) {
    await sql`delete from ${sql.table(table)} where import_id = ${importId}`.execute(db)
  }
}

/** Clears what imports left that have ended. One that begins meanwhile is not seen by the statement, and is safe. */
export async function clearClosedStages(db: Kysely<CatalogTables>): Promise<void> {
  for (const table of stageTables) {
    await sql`
      delete from ${sql.table(table)} s
      where not exists (select from import i where i.id = s.import_id and i.state in ('queued', 'running'))`.execute(
      db,
    )
  }
}
