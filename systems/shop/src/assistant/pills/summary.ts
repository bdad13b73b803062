import { sql, type Kysely } from 'kysely'
import type { Catalog } from '../../domain/ports.ts'
import type { PillTables } from './pill-tables.ts'

export interface PillsSummary {
  hits: number
  misses: number
  /** Products with pills, of all. */
  products: { withPills: number; total: number }
  pills: number
  job: { state: 'idle' | 'running' | 'failed'; done: number; total: number; finishedAtMs: number | null }
  /** The products whose pills are asked most. */
  perProduct: { productId: string; title: string; pills: number; hits: number; misses: number }[]
}

export async function summarisePills(
  db: Kysely<PillTables>,
  tenantId: string,
  catalog: Catalog,
): Promise<PillsSummary> {
  const rows = await db
    .selectFrom('pill')
    .where('tenant_id', '=', tenantId)
    .groupBy('product_id')
    .select([
      'product_id',
      sql<number>`count(*)`.as('pills'),
      sql<number>`sum(hits)::bigint`.as('hits'),
      sql<number>`sum(misses)::bigint`.as('misses'),
    ])
    .orderBy(sql`sum(hits) + sum(misses)`, 'desc')
    .orderBy('product_id')
    .execute()
  const build = await db
    .selectFrom('pill_build')
    .where('tenant_id', '=', tenantId)
    .selectAll()
    .executeTakeFirst()
  const top = rows.slice(0, 50)
  const products = await catalog.products(top.map(({ product_id }) => product_id))
  const titles = new Map(products.map(({ id, title }) => [id, title]))
  const total = (column: 'hits' | 'misses' | 'pills') => rows.reduce((sum, row) => sum + row[column], 0)
  return {
    hits: total('hits'),
    misses: total('misses'),
    pills: total('pills'),
    products: { withPills: rows.length, total: (await catalog.size()).products },
    job: {
      state: build === undefined || build.state === 'done' ? 'idle' : build.state,
      done: build?.done ?? 0,
      total: build?.total ?? 0,
      finishedAtMs: build?.finished_at?.getTime() ?? null,
    },
    perProduct: top.map((row) => ({
      productId: row.product_id,
      title: titles.get(row.product_id) ?? row.product_id,
      pills: row.pills,
      hits: row.hits,
      misses: row.misses,
    })),
  }
}
