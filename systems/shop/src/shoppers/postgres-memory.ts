import type { Ids } from '@heavylift/core'
import { sql, type Kysely, type Selectable } from 'kysely'
import type { MemoryItem, MemoryQuery, NewMemory, ShopperMemory } from '../domain/ports.ts'
import type { CommerceTables } from '../domain/commerce-tables.ts'

/** A shopper keeps at most this many memories; the oldest that are not facts make room. */
const maxPerShopper = 500

/** What shoppers of one tenant are remembered by. Every query names tenant and shopper. */
export class PostgresMemory implements ShopperMemory {
  readonly #db: Kysely<CommerceTables>
  readonly #tenantId: string
  readonly #ids: Ids

  constructor(deps: { db: Kysely<CommerceTables>; tenantId: string; ids: Ids }) {
    this.#db = deps.db
    this.#tenantId = deps.tenantId
    this.#ids = deps.ids
  }

  async recall(shopperId: string, query: MemoryQuery): Promise<MemoryItem[]> {
    // Any word may match, stemmed; words that nothing holds only fail to help.
    const words = sql`replace(plainto_tsquery('english', ${query.text})::text, '&', '|')::tsquery`
    let select = this.#of(shopperId).selectAll()
    if (query.kinds !== undefined) select = select.where('kind', 'in', query.kinds)
    if (query.sinceMs !== undefined) select = select.where('at', '>=', new Date(query.sinceMs))
    const rows = await select
      .orderBy(sql`ts_rank(words, ${words})`, 'desc')
      .orderBy('at', 'desc')
      .orderBy('id', 'desc')
      .limit(query.limit)
      .execute()
    return rows.map(toItem)
  }

  async remember(shopperId: string, items: NewMemory[]): Promise<void> {
    if (items.length === 0) return
    // PostgreSQL refuses to update a row twice in one statement; the last of a repeated key is what counts.
    const byKey = new Map(items.map((item) => [item.key, item]))
    await this.#db.transaction().execute(async (transaction) => {
      await transaction
        .insertInto('memory')
        .values(
          [...byKey.values()].map((item) => ({
            tenant_id: this.#tenantId,
            id: this.#ids.next('memory'),
            shopper_id: shopperId,
            kind: item.kind,
            key: item.key,
            text: item.text,
            product_id: item.productId,
            conversation_id: item.conversationId,
            device: item.device,
            at: new Date(item.atMs),
          })),
        )
        .onConflict((conflict) =>
          conflict.columns(['tenant_id', 'shopper_id', 'key']).doUpdateSet((eb) => ({
            text: eb.ref('excluded.text'),
            conversation_id: eb.ref('excluded.conversation_id'),
            device: eb.ref('excluded.device'),
            at: sql`greatest(memory.at, excluded.at)`,
          })),
        )
        .execute()
      await transaction
        .deleteFrom('memory')
        .where('tenant_id', '=', this.#tenantId)
        .where('shopper_id', '=', shopperId)
        .where('kind', '!=', 'fact')
        .where('id', 'in', (eb) =>
          eb
            .selectFrom('memory')
            .where('tenant_id', '=', this.#tenantId)
            .where('shopper_id', '=', shopperId)
            .select('id')
            .orderBy('at', 'desc')
            .orderBy('id', 'desc')
            .offset(maxPerShopper),
        )
        .execute()
    })
  }

  /** Newest first, for the shopper's own list. */
  async list(shopperId: string): Promise<MemoryItem[]> {
    const rows = await this.#of(shopperId).selectAll().orderBy('at', 'desc').orderBy('id', 'desc').execute()
    return rows.map(toItem)
  }

  /** The shopper's correction of a memory's words. Null when they have no such memory. */
  async edit(shopperId: string, memoryId: string, text: string): Promise<MemoryItem | null> {
    const row = await this.#db
      .updateTable('memory')
      .set({ text })
      .where('tenant_id', '=', this.#tenantId)
      .where('shopper_id', '=', shopperId)
      .where('id', '=', memoryId)
      .returningAll()
      .executeTakeFirst()
    return row === undefined ? null : toItem(row)
  }

  /** `memoryId` null forgets everything. Returns how many are gone. */
  async forget(shopperId: string, memoryId: string | null): Promise<number> {
    let query = this.#db
      .deleteFrom('memory')
      .where('tenant_id', '=', this.#tenantId)
      .where('shopper_id', '=', shopperId)
    if (memoryId !== null) query = query.where('id', '=', memoryId)
    const result = await query.executeTakeFirst()
    return Number(result.numDeletedRows)
  }

  #of(shopperId: string) {
    return this.#db
      .selectFrom('memory')
      .where('tenant_id', '=', this.#tenantId)
      .where('shopper_id', '=', shopperId)
  }
}

function toItem(row: Selectable<CommerceTables['memory']>): MemoryItem {
  return {
    id: row.id,
    kind: row.kind,
    key: row.key,
    text: row.text,
    productId: row.product_id,
    conversationId: row.conversation_id,
    device: row.device,
    atMs: row.at.getTime(),
  }
}
