import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { CatalogTables } from '../catalog/catalog-tables.ts'

const tables = ['undo_import', 'undo_product', 'undo_review', 'undo_question', 'undo_price_point']

async function forget(db: Kysely<CatalogTables>, tenantId: string): Promise<void> {
  for (const table of tables)
    await sql`delete from ${sql.table(table)} where tenant_id = ${tenantId}`.execute(db)
}

/**
 * Keeps what an import is about to change or remove, in the transaction that makes it live. One import is kept for each
 * tenant: the last one. Reviews that an import only adds stay when it is undone.
 */
export async function keepBefore(
  db: Kysely<CatalogTables>,
  { tenantId, importId, version }: { tenantId: string; importId: string; version: string },
): Promise<void> {
  await forget(db, tenantId)
  await sql`
    insert into undo_product (tenant_id, id, hash, rating_from_feed, is_sample, data)
    select p.tenant_id, p.id, p.hash, p.rating_from_feed, p.is_sample, p.data from product p
    where p.tenant_id = ${tenantId} and (
      exists (select from stage_removal r where r.import_id = ${importId} and r.id = p.id)
      or exists (select from stage_product s where s.import_id = ${importId} and s.id = p.id and s.state = 'changed'))`.execute(
    db,
  )
  await sql`
    insert into undo_product (tenant_id, id)
    select ${tenantId}, s.id from stage_product s where s.import_id = ${importId} and s.state = 'added'`.execute(
    db,
  )
  await sql`
    insert into undo_review (tenant_id, id, product_id, hash, rating, data)
    select r.tenant_id, r.id, r.product_id, r.hash, r.rating, r.data from review r
    where r.tenant_id = ${tenantId} and (
      exists (select from stage_removal g where g.import_id = ${importId} and g.id = r.product_id)
      or exists (select from stage_review s where s.import_id = ${importId} and s.id = r.id))`.execute(db)
  await sql`
    insert into undo_question (tenant_id, id, product_id, data)
    select q.tenant_id, q.id, q.product_id, q.data from question q
    where q.tenant_id = ${tenantId} and (
      exists (select from stage_removal g where g.import_id = ${importId} and g.id = q.product_id)
      or exists (select from stage_question s where s.import_id = ${importId} and s.id = q.id))`.execute(db)
  await sql`
    insert into undo_price_point (tenant_id, product_id, variant_id, at, minor, currency)
    select t.tenant_id, t.product_id, t.variant_id, t.at, t.minor, t.currency from price_point t
    where t.tenant_id = ${tenantId}
      and exists (select from stage_removal g where g.import_id = ${importId} and g.id = t.product_id)`.execute(
    db,
  )
  await sql`insert into undo_import (tenant_id, import_id, version) values (${tenantId}, ${importId}, ${version})`.execute(
    db,
  )
}

/** Stages what the last import changed or removed, as it was. */
export async function stageBefore(
  db: Kysely<CatalogTables>,
  tenantId: string,
  importId: string,
): Promise<void> {
  await sql`
    insert into stage_product (import_id, id, line, hash, rating_from_feed, data, price_points)
    select ${importId}, u.id, 1, u.hash, u.rating_from_feed, u.data, coalesce((
      select jsonb_agg(jsonb_build_object('variant_id', t.variant_id, 'minor', t.minor, 'currency', t.currency,
        'at_ms', (extract(epoch from t.at) * 1000)::bigint))
      from undo_price_point t where t.tenant_id = u.tenant_id and t.product_id = u.id), '[]')
    from undo_product u where u.tenant_id = ${tenantId} and u.data is not null`.execute(db)
  await sql`
    insert into stage_review (import_id, id, product_id, line, hash, rating, data)
    select ${importId}, id, product_id, 1, hash, rating, data from undo_review where tenant_id = ${tenantId}`.execute(
    db,
  )
  await sql`
    insert into stage_question (import_id, id, product_id, line, data)
    select ${importId}, id, product_id, 1, data from undo_question where tenant_id = ${tenantId}`.execute(db)
}

/** What the last import added, to be removed again. */
export async function stageAdded(
  db: Kysely<CatalogTables>,
  tenantId: string,
  importId: string,
): Promise<void> {
  await sql`
    insert into stage_removal (import_id, id)
    select ${importId}, u.id from undo_product u
    where u.tenant_id = ${tenantId} and u.data is null
      and exists (select from product p where p.tenant_id = ${tenantId} and p.id = u.id)`.execute(db)
}

/** After an undo went live: what was of the sample is again, and nothing is left to undo. */
export async function finishUndo(db: Kysely<CatalogTables>, tenantId: string): Promise<void> {
  await sql`
    update product p set is_sample = u.is_sample from undo_product u
    where p.tenant_id = ${tenantId} and u.tenant_id = ${tenantId} and u.id = p.id and u.data is not null`.execute(
    db,
  )
  await sql`
    update catalog set sample_products = (select count(*) from product where tenant_id = ${tenantId} and is_sample)
    where tenant_id = ${tenantId}`.execute(db)
  await forget(db, tenantId)
}

/** The import that can be undone: the last one, while what it made live is live. */
export async function undoable(
  db: Kysely<CatalogTables>,
  tenantId: string,
): Promise<{ importId: string; name: string } | null> {
  const { rows } = await sql<{ importId: string; name: string }>`
    select u.import_id as "importId", i.name from undo_import u
    join catalog c on c.tenant_id = u.tenant_id and c.version = u.version
    join import i on i.tenant_id = u.tenant_id and i.id = u.import_id
    where u.tenant_id = ${tenantId}`.execute(db)
  return rows[0] ?? null
}
