import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { CatalogTables, StoredVocabulary } from '../catalog/catalog-tables.ts'
import { knowsNouns, VocabularyCounter } from '../catalog/vocabulary.ts'
import type { Product } from '../domain/product.ts'
import { languageOf } from '../language/language.ts'
import type { LanguageCode } from '../language/languages.ts'
import { stageAdded } from './undo.ts'
import type { ImportKind } from '../catalog/import-record.ts'

export interface Comparison {
  /** The live version that this was compared with; null before the first import. */
  base: string | null
  added: number
  updated: number
  unchanged: number
  removed: number
  /** Reviews and questions that are new or changed. */
  reviews: number
  questions: number
  /** Products of the coming version. */
  total: number
}

export interface CompareInput {
  tenantId: string
  importId: string
  kind: ImportKind
  mode: 'update' | 'replace'
  /** Products of the sample go, whatever the mode. */
  replaceSample: boolean
  /** Of the store, in which its goods are called what they are. */
  language: LanguageCode
  signal: AbortSignal
}

/**
 * Compares what is staged with the live catalog: which products are new, changed, the same or to be removed, their ratings
 * from all their reviews, and the vocabulary of the coming version. Runs in one transaction and may run again.
 */
export async function compareWithLive(db: Kysely<CatalogTables>, input: CompareInput): Promise<Comparison> {
  const { tenantId, importId, kind, mode, replaceSample } = input
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (trx) => {
      const live = await trx
        .selectFrom('catalog')
        .where('tenant_id', '=', tenantId)
        .select(['version', 'vocabulary'])
        .executeTakeFirst()
      // Rows that an earlier comparison took from the live catalog, which may have moved on.
      await sql`delete from stage_product where import_id = ${importId} and line = 0`.execute(trx)
      // Reviews that the catalog has already are nothing new.
      await sql`
      delete from stage_review s using review r
      where s.import_id = ${importId} and r.tenant_id = ${tenantId} and r.id = s.id and r.hash = s.hash`.execute(
        trx,
      )
      // A product whose reviews alone change takes part with its live data.
      await sql`
      insert into stage_product (import_id, id, line, hash, rating_from_feed, data, price_points)
      select ${importId}, p.id, 0, p.hash, p.rating_from_feed, p.data, '[]'
      from product p
      where p.tenant_id = ${tenantId} and not p.rating_from_feed
        and p.id in (select product_id from stage_review where import_id = ${importId})
      on conflict (import_id, id) do nothing`.execute(trx)
      await sql`
      update stage_product s set data = jsonb_set(s.data, '{rating}', jsonb_build_object('average', r.average, 'count', r.count))
      from (
        select product_id, round(avg(rating)::numeric, 2) as average, count(*) as count
        from (
          select product_id, rating from stage_review where import_id = ${importId}
          union all
          select l.product_id, l.rating from review l
          join stage_product p on p.import_id = ${importId} and p.id = l.product_id and not p.rating_from_feed
          where l.tenant_id = ${tenantId}
            and not exists (select from stage_review s where s.import_id = ${importId} and s.id = l.id)
        ) all_reviews
        group by product_id
      ) r
      where s.import_id = ${importId} and s.id = r.product_id and not s.rating_from_feed`.execute(trx)
      await (
        live === undefined
          ? sql`update stage_product set state = 'added' where import_id = ${importId}`
          : sql`
      update stage_product s set state = case
        when p.id is null then 'added'
        when p.hash = s.hash and not exists (
          select from stage_review r where r.import_id = ${importId} and r.product_id = s.id) then 'same'
        else 'changed' end
      from stage_product t left join product p on p.tenant_id = ${tenantId} and p.id = t.id
      where s.import_id = ${importId} and t.import_id = ${importId} and t.id = s.id`
      ).execute(trx)

      await sql`delete from stage_removal where import_id = ${importId}`.execute(trx)
      const isFeed = kind === 'feed' || kind === 'preview'
      if (kind === 'remove-sample' || (isFeed && (mode === 'replace' || replaceSample))) {
        await sql`
        insert into stage_removal (import_id, id)
        select ${importId}, p.id from product p
        where p.tenant_id = ${tenantId} and ${isFeed && mode === 'replace' ? sql`true` : sql`p.is_sample`}
          and not exists (select from stage_product s where s.import_id = ${importId} and s.id = p.id)`.execute(
          trx,
        )
      }
      if (kind === 'undo') await stageAdded(trx, tenantId, importId)
      const { rows } = await sql<Comparison>`
      select
        count(*) filter (where state = 'added') as added,
        count(*) filter (where state = 'changed') as updated,
        count(*) filter (where state = 'same') as unchanged,
        (select count(*) from stage_removal where import_id = ${importId}) as removed,
        (select count(*) from stage_review where import_id = ${importId}) as reviews,
        (select count(*) from stage_question where import_id = ${importId}) as questions,
        (select count(*) from product where tenant_id = ${tenantId}) as total
      from stage_product where import_id = ${importId}`.execute(trx)
      const counts = rows[0]
      if (!counts) throw new Error('Counting returned no row.')
      const vocabulary = await nextVocabulary(trx, input, live?.vocabulary ?? null)
      await sql`
      update stage_catalog set base = ${live?.version ?? null}, vocabulary = ${JSON.stringify(vocabulary)}::jsonb
      where import_id = ${importId}`.execute(trx)
      return { ...counts, base: live?.version ?? null, total: counts.total + counts.added - counts.removed }
    })
}

async function nextVocabulary(
  db: Kysely<CatalogTables>,
  input: CompareInput,
  live: StoredVocabulary | null,
): Promise<StoredVocabulary> {
  const { tenantId, importId, signal } = input
  const language = languageOf(input.language)
  if (live !== null && !knowsNouns(live, language)) {
    const counter = new VocabularyCounter(null, language)
    for await (const product of comingProducts(db, input)) counter.add(product)
    return counter.stored()
  }
  const counter = new VocabularyCounter(live, language)
  const gone = sql`
    select p.id, p.data from product p where p.tenant_id = ${tenantId} and (
      exists (select from stage_removal r where r.import_id = ${importId} and r.id = p.id)
      or exists (select from stage_product s where s.import_id = ${importId} and s.id = p.id and s.state = 'changed'))`
  for await (const product of pages(db, gone, signal)) counter.remove(product)
  for await (const product of stagedProducts(db, importId, signal)) counter.add(product)
  return counter.stored()
}

const pageRows = 1000

/** Rows of `id, data` a page at a time, in order of id. */
async function* pages(
  db: Kysely<CatalogTables>,
  query: ReturnType<typeof sql>,
  signal: AbortSignal,
): AsyncGenerator<Product> {
  let after = ''
  for (;;) {
    signal.throwIfAborted()
    const { rows } = await sql<{ id: string; data: Product }>`
      select id, data from (${query}) of_all where id > ${after} order by id limit ${pageRows}`.execute(db)
    for (const { data } of rows) yield data
    const last = rows.at(-1)
    if (last === undefined || rows.length < pageRows) return
    after = last.id
  }
}

/** Products that the import adds or changes, as they will be. */
export function stagedProducts(
  db: Kysely<CatalogTables>,
  importId: string,
  signal: AbortSignal,
): AsyncGenerator<Product> {
  const query = sql`select id, data from stage_product where import_id = ${importId} and state in ('added', 'changed')`
  return pages(db, query, signal)
}

/** Every product of the coming version: what stays as it is, then what the import adds or changes. */
export async function* comingProducts(
  db: Kysely<CatalogTables>,
  { tenantId, importId, signal }: Pick<CompareInput, 'tenantId' | 'importId' | 'signal'>,
): AsyncGenerator<Product> {
  const staying = sql`
    select p.id, p.data from product p where p.tenant_id = ${tenantId}
      and not exists (select from stage_removal r where r.import_id = ${importId} and r.id = p.id)
      and not exists (
        select from stage_product s where s.import_id = ${importId} and s.id = p.id and s.state = 'changed')`
  yield* pages(db, staying, signal)
  yield* stagedProducts(db, importId, signal)
}

/** Every product of the live catalog. */
export function liveProducts(
  db: Kysely<CatalogTables>,
  tenantId: string,
  signal: AbortSignal,
): AsyncGenerator<Product> {
  return pages(db, sql`select id, data from product where tenant_id = ${tenantId}`, signal)
}

export async function removedIds(db: Kysely<CatalogTables>, importId: string): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select id from stage_removal where import_id = ${importId} order by id`.execute(db)
  return rows.map(({ id }) => id)
}

/** Titles of the first few products that go, by name. */
export async function removedExamples(
  db: Kysely<CatalogTables>,
  tenantId: string,
  importId: string,
): Promise<string[]> {
  const { rows } = await sql<{ title: string }>`
    select p.data->>'title' as title from stage_removal r
    join product p on p.tenant_id = ${tenantId} and p.id = r.id
    where r.import_id = ${importId} order by 1, p.id limit 5`.execute(db)
  return rows.map(({ title }) => title)
}
