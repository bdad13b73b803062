import type { Kysely, RawBuilder } from 'kysely'
import { sql } from 'kysely'
import type { Tag } from '../../domain/tag.ts'
import { coverOf } from './stretches.ts'
import type { Axis } from './stretches.ts'
import { readCursor } from './tag-cursor.ts'
import type { TagCursor } from './tag-cursor.ts'
import { quoted, tsqueryOf } from './tag-query.ts'
import type { TagOrder, TagQuery } from './tag-query.ts'
import type { TagTables } from './tag-tables.ts'

/** Rows that are looked through in the order of the answer before the search index is asked. */
const windowRows = 2000
/** How many times as wide each further span is. */
const growth = 8

type Condition = RawBuilder<boolean>

const orders = {
  newest: {
    axis: 'startMs',
    isDown: true,
    by: sql`order by tag.start_ms desc, tag.tag_id desc`,
    after: ({ startMs, id }: TagCursor): Condition =>
      sql`(tag.start_ms, tag.tag_id) < (${startMs}::bigint, ${id})`,
  },
  oldest: {
    axis: 'startMs',
    isDown: false,
    by: sql`order by tag.start_ms, tag.tag_id`,
    after: ({ startMs, id }: TagCursor): Condition =>
      sql`(tag.start_ms, tag.tag_id) > (${startMs}::bigint, ${id})`,
  },
  important: {
    axis: 'importance',
    isDown: true,
    by: sql`order by tag.importance desc, tag.start_ms desc, tag.tag_id desc`,
    after: ({ importance, startMs, id }: TagCursor): Condition =>
      sql`(tag.importance, tag.start_ms, tag.tag_id) < (${importance}::real, ${startMs}::bigint, ${id})`,
  },
} as const satisfies Record<
  TagOrder,
  { axis: Axis; isDown: boolean; by: RawBuilder<unknown>; after: unknown }
>

const allOf = (conditions: readonly Condition[]): Condition =>
  sql<boolean>`${sql.join(conditions, sql` and `)}`

/** Where the rows lie that can match, in terms of the ordered indexes. */
function rangeOf(tenantId: string, query: TagQuery): Condition {
  const range = [sql<boolean>`tag.tenant_id = ${tenantId}`]
  if (query.matchId !== undefined) range.push(sql<boolean>`tag.match_id = ${query.matchId}`)
  if (query.fromMs !== undefined) range.push(sql<boolean>`tag.start_ms >= ${Math.ceil(query.fromMs)}::bigint`)
  if (query.toMs !== undefined) range.push(sql<boolean>`tag.start_ms <= ${Math.floor(query.toMs)}::bigint`)
  return allOf(range)
}

/** Which rows match; `stretches` are lexemes of which one must hold. */
function matching(tenantId: string, query: TagQuery, stretches: readonly string[] | null): Condition {
  const within = stretches === null ? '' : ` & (${stretches.map(quoted).join(' | ')})`
  const tags = sql`${tsqueryOf(tenantId, query) + within}::tsquery`
  const words = query.text?.replaceAll('\0', '').trim() ?? ''
  const wanted = words === '' ? tags : sql`${tags} && websearch_to_tsquery('english', ${words})`
  const all = [sql<boolean>`tag.search @@ (${wanted})`]
  // "+ 0" keeps the planner from reading half of an ordered index for a bound that the lexemes hold already.
  if (query.importanceAtLeast !== undefined)
    all.push(sql<boolean>`tag.importance + 0 >= ${query.importanceAtLeast}::real`)
  const { atLeast, atMost } = query.secondsLeft ?? {}
  if (atLeast !== undefined) all.push(sql<boolean>`tag.seconds_left >= ${atLeast}::real`)
  if (atMost !== undefined) all.push(sql<boolean>`tag.seconds_left <= ${atMost}::real`)
  return allOf(all)
}

/** The key of the row at `offset` in order, from the index alone; null where there are fewer. */
async function keyAt(
  db: Kysely<TagTables>,
  order: TagOrder,
  rows: Condition,
  offset: number,
): Promise<TagCursor | null> {
  // Only the index by importance holds it; the others would have to read the rows for it.
  const importance = order === 'important' ? sql`tag.importance` : sql`0`
  const found = await sql<TagCursor>`
    select tag.start_ms as "startMs", ${importance} as importance, tag.tag_id as id
    from tag where ${rows} ${orders[order].by} offset ${offset} limit 1`.execute(db)
  return found.rows[0] ?? null
}

/**
 * The first `limit` matches in order. Which way is fast depends on how many rows match, and no estimate tells that well
 * for conditions that hang together, so none is relied on. First the next rows in order are looked through: frequent
 * matches fill the page. Then the search index is asked for a span of the axis that, by how many were found so far, should
 * hold enough; then for wider ones. So neither a frequent nor a rare condition reads many rows for one page.
 */
export async function findTags(
  db: Kysely<TagTables>,
  tenantId: string,
  query: TagQuery,
  { order, after, limit }: { order: TagOrder; after: string | undefined; limit: number },
): Promise<Tag[]> {
  const { axis, isDown, by, after: isAfter } = orders[order]
  const range = rangeOf(tenantId, query)
  const from = after === undefined ? null : readCursor(after)
  const begin = from === null ? range : sql<boolean>`${range} and ${isAfter(from)}`

  /** Materialized, or the planner may walk an ordered index and test every row. */
  const asked = async (
    rows: Condition,
    stretches: readonly string[] | null,
    most: number,
  ): Promise<Tag[]> => {
    const hits = await sql<{ body: Tag }>`
      with hit as materialized (
        select tag.body, tag.importance, tag.start_ms, tag.tag_id from tag
        where ${rows} and ${matching(tenantId, query, stretches)}
      )
      select tag.body from hit tag ${by} limit ${most}`.execute(db)
    return hits.rows.map(({ body }) => body)
  }
  // A match has few rows.
  if (query.matchId !== undefined) return asked(begin, null, limit)

  const window = await sql<{ body: Tag }>`
    select tag.body from (select * from tag where ${begin} ${by} limit ${windowRows}) tag
    where ${matching(tenantId, query, null)} ${by} limit ${limit}`.execute(db)
  const found = window.rows.map(({ body }) => body)
  if (found.length === limit) return found
  const first = await keyAt(db, order, begin, 0)
  const last = await keyAt(db, order, begin, windowRows - 1)
  if (first === null || last === null) return found

  const need = limit - found.length
  let reached = last[axis]
  let rows = sql<boolean>`${range} and ${isAfter(last)}`
  const looked = Math.abs(first[axis] - reached)
  const least = axis === 'startMs' ? 3_600_000 : 0.01
  let span = Math.max(least, looked) * Math.min(300, Math.max(3, (2 * need) / Math.max(0.3, found.length)))
  for (;;) {
    const end = isDown ? reached - span : reached + span
    const bound = axis === 'startMs' ? Math.round(end) : end
    const stretches = coverOf(axis, Math.min(reached, bound), Math.max(reached, bound))
    if (stretches === null) break
    const column = axis === 'startMs' ? sql`tag.start_ms` : sql`tag.importance`
    const inside = isDown ? sql<boolean>`${column} >= ${bound}` : sql<boolean>`${column} <= ${bound}`
    found.push(...(await asked(sql<boolean>`${rows} and ${inside}`, stretches, limit - found.length)))
    if (found.length === limit) return found
    rows = isDown
      ? sql<boolean>`${range} and ${column} < ${bound}`
      : sql<boolean>`${range} and ${column} > ${bound}`
    reached = bound
    span *= growth
  }
  found.push(...(await asked(rows, null, limit - found.length)))
  return found
}
