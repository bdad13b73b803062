import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { CatalogTables } from '../catalog/catalog-tables.ts'
import type { ImportKind } from '../catalog/import-record.ts'
import { finishUndo, keepBefore } from './undo.ts'

export interface PublishInput {
  tenantId: string
  importId: string
  version: string
  base: string | null
  kind: ImportKind
  nowMs: number
}

/**
 * Makes the staged version live, in one transaction: readers see all of the old catalog or all of the new one. Published
 * again it does nothing.
 * @returns `moved` when another import went live since the comparison, which must then be made anew
 */
export async function publish(
  db: Kysely<CatalogTables>,
  { tenantId, importId, version, base, kind, nowMs }: PublishInput,
): Promise<'published' | 'moved'> {
  const now = new Date(nowMs)
  const isSample = kind === 'sample'
  return db.transaction().execute(async (trx) => {
    // One publisher of a tenant at a time, also before its first row exists.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`shop.catalog/${tenantId}`}, 0))`.execute(trx)
    const live = await trx
      .selectFrom('catalog')
      .where('tenant_id', '=', tenantId)
      .select('version')
      .executeTakeFirst()
    if (live?.version === version) return 'published'
    if ((live?.version ?? null) !== base) return 'moved'

    if (base !== null && kind !== 'undo') await keepBefore(trx, { tenantId, importId, version })

    // Before the products change: the first of the variants whose price went from the same to the same.
    await sql`
      insert into price_point (tenant_id, product_id, variant_id, at, minor, currency)
      select distinct on (s.id, before.minor, after.minor)
        ${tenantId}, s.id, after.id, ${now}, after.minor, after.currency
      from stage_product s
      join product p on p.tenant_id = ${tenantId} and p.id = s.id
      cross join lateral (
        select v->>'id' as id, (v->'price'->>'minor')::bigint as minor, v->'price'->>'currency' as currency, n
        from jsonb_array_elements(s.data->'variants') with ordinality as e(v, n)) after
      left join lateral (
        select (v->'price'->>'minor')::bigint as minor
        from jsonb_array_elements(p.data->'variants') v where v->>'id' = after.id limit 1) before on true
      where s.import_id = ${importId} and s.state = 'changed' and before.minor is distinct from after.minor
      order by s.id, before.minor, after.minor, after.n
      on conflict do nothing`.execute(trx)
    await sql`
      insert into price_point (tenant_id, product_id, variant_id, at, minor, currency)
      select ${tenantId}, s.id, r.variant_id, to_timestamp(r.at_ms / 1000.0), r.minor, r.currency
      from stage_product s,
        jsonb_to_recordset(s.price_points) as r(variant_id text, minor bigint, currency text, at_ms bigint)
      where s.import_id = ${importId} and s.state = 'added'
      on conflict do nothing`.execute(trx)

    for (const [table, column] of [
      ['product', 'id'],
      ['review', 'product_id'],
      ['question', 'product_id'],
      ['price_point', 'product_id'],
    ] as const) {
      await sql`
        delete from ${sql.table(table)} t using stage_removal r
        where r.import_id = ${importId} and t.tenant_id = ${tenantId} and t.${sql.ref(column)} = r.id`.execute(
        trx,
      )
    }
    await sql`
      insert into product (tenant_id, id, hash, rating_from_feed, is_sample, data, categories, brand, min_minor, rating, added_at, changed_at)
      select ${tenantId}, s.id, s.hash, s.rating_from_feed, ${isSample}, s.data,
        array(select jsonb_array_elements_text(s.data->'categories')), s.data->>'brand',
        (select min((v->'price'->>'minor')::bigint) from jsonb_array_elements(s.data->'variants') v),
        (s.data->'rating'->>'average')::real, ${now}, ${now}
      from stage_product s
      where s.import_id = ${importId} and s.state in ('added', 'changed')
      on conflict (tenant_id, id) do update set
        hash = excluded.hash, rating_from_feed = excluded.rating_from_feed, data = excluded.data,
        is_sample = product.is_sample and excluded.is_sample,
        categories = excluded.categories, brand = excluded.brand, min_minor = excluded.min_minor,
        rating = excluded.rating, changed_at = excluded.changed_at`.execute(trx)
    await sql`
      insert into review (tenant_id, id, product_id, hash, rating, at, data)
      select ${tenantId}, id, product_id, hash, rating, to_timestamp((data->>'atMs')::bigint / 1000.0), data
      from stage_review where import_id = ${importId}
      on conflict (tenant_id, id) do update set product_id = excluded.product_id, hash = excluded.hash,
        rating = excluded.rating, at = excluded.at, data = excluded.data`.execute(trx)
    await sql`
      insert into question (tenant_id, id, product_id, data)
      select ${tenantId}, id, product_id, data from stage_question where import_id = ${importId}
      on conflict (tenant_id, id) do update set product_id = excluded.product_id, data = excluded.data`.execute(
      trx,
    )
    await sql`
      insert into catalog (tenant_id, version, products, reviews, sample_products, vocabulary, changed_at)
      select ${tenantId}, ${version},
        (select count(*) from product where tenant_id = ${tenantId}),
        (select count(*) from review where tenant_id = ${tenantId}),
        (select count(*) from product where tenant_id = ${tenantId} and is_sample),
        s.vocabulary, ${now}
      from stage_catalog s where s.import_id = ${importId}
      on conflict (tenant_id) do update set version = excluded.version, products = excluded.products,
        reviews = excluded.reviews, sample_products = excluded.sample_products, vocabulary = excluded.vocabulary,
        changed_at = excluded.changed_at`.execute(trx)
    if (kind === 'undo') await finishUndo(trx, tenantId)
    return 'published'
  })
}
