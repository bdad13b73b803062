import type { Kysely, RawBuilder } from 'kysely'
import { sql } from 'kysely'
import type { Tag } from '../../domain/tag.ts'
import { heldStretches } from './held-time.ts'
import { heldSpans, plainSpans } from './span-walk.ts'
import type { Span } from './span-walk.ts'
import { heldWidthMs } from './stretches.ts'
import type { Axis } from './stretches.ts'
import { readCursor } from './tag-cursor.ts'
import type { TagCursor } from './tag-cursor.ts'
import { anyOf, groupsOf, tenantGroup } from './tag-query.ts'
import type { LexemeGroup, TagOrder, TagQuery } from './tag-query.ts'
import type { TagTables } from './tag-tables.ts'

/** Rows that are looked through in the order of the answer before the search index is asked. */
const windowRows = 2000
/** How many times as wide each further span is, and a part of one that holds too many matches. */
const growth = 8
/** Matches that are read at once to find those of one page. */
const mostHits = 3000
/** Spans are not cut below this. */
const leastWidth: Readonly<Record<Axis, number>> = { startMs: 3_600_000, importance: 0.01 }

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

const has = (group: LexemeGroup): Condition => sql<boolean>`tag.search @@ ${anyOf(group)}::tsquery`

/** Which rows match. */
function matching(query: TagQuery, words: string): Condition[] {
  const all = groupsOf(query).map(has)
  if (words !== '') {
    // Only stop words rule nothing out.
    const wanted = sql`websearch_to_tsquery('english', ${words})`
    all.unshift(sql<boolean>`(tag.search @@ ${wanted} or numnode(${wanted}) = 0)`)
  }
  // "+ 0" keeps the planner from reading half of an ordered index for a bound that the lexemes hold already.
  if (query.importanceAtLeast !== undefined)
    all.push(sql<boolean>`tag.importance + 0 >= ${Math.fround(query.importanceAtLeast)}::real`)
  // To the column's precision here, since PostgreSQL refuses what is too small for it.
  const { atLeast, atMost } = query.secondsLeft ?? {}
  if (atLeast !== undefined) all.push(sql<boolean>`tag.seconds_left >= ${Math.fround(atLeast)}::real`)
  if (atMost !== undefined) all.push(sql<boolean>`tag.seconds_left <= ${Math.fround(atMost)}::real`)
  return all
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
 * matches fill the page. Then the search index is asked for spans of the axis, in order: of time, only stretches in which
 * every condition occurs; as wide as should hold enough by how many were found so far, then wider, and narrower where one
 * holds too many. So neither a frequent nor a rare condition, nor one that was frequent long ago, reads many rows for one page.
 */
export async function findTags(
  db: Kysely<TagTables>,
  tenantId: string,
  query: TagQuery,
  { order, after, limit }: { order: TagOrder; after: string | undefined; limit: number },
): Promise<Tag[]> {
  const { axis, isDown, by, after: isAfter } = orders[order]
  const words = query.text?.replaceAll('\0', '').trim() ?? ''
  const matches = matching(query, words)
  const range = rangeOf(tenantId, query)
  const from = after === undefined ? null : readCursor(after)
  const begin = from === null ? range : sql<boolean>`${range} and ${isAfter(from)}`

  /** The first matches among rows, found by the search index; null where more than `mostHits` are there. */
  const asked = async (
    rows: Condition,
    { stretches, isNarrow }: Pick<Span, 'stretches' | 'isNarrow'>,
    most: number,
    isCapped: boolean,
  ): Promise<Tag[] | null> => {
    const within = stretches === null ? [] : [has(stretches)]
    // The index goes through what its first conditions have in common, so the order counts. The tenant may have all rows.
    const conditions = [
      ...(isNarrow ? [...within, ...matches] : [...matches, ...within]),
      has(tenantGroup(tenantId)),
    ]
    const cap = Math.max(mostHits, most)
    // Materialized, or the planner may walk an ordered index and test every row.
    const hits = await sql<{ body: Tag; hits: number }>`
      with hit as materialized (
        select tag.body, tag.importance, tag.start_ms, tag.tag_id from tag
        where ${rows} and ${allOf(conditions)} ${isCapped ? sql`limit ${cap + 1}` : sql``}
      )
      select tag.body, (select count(*) from hit) as hits from hit tag ${by} limit ${most}`.execute(db)
    if (isCapped && (hits.rows[0]?.hits ?? 0) > cap) return null
    return hits.rows.map(({ body }) => body)
  }
  // A match has few rows.
  if (query.matchId !== undefined)
    return (await asked(begin, { stretches: null, isNarrow: false }, limit, false)) ?? []

  const window = await sql<{ body: Tag }>`
    select tag.body from (select * from tag where ${begin} ${by} limit ${windowRows}) tag
    where ${allOf([sql<boolean>`true`, ...matches])} ${by} limit ${limit}`.execute(db)
  const found = window.rows.map(({ body }) => body)
  if (found.length === limit) return found
  const first = await keyAt(db, order, begin, 0)
  const last = await keyAt(db, order, begin, windowRows - 1)
  if (first === null || last === null) return found

  const column = axis === 'startMs' ? sql`tag.start_ms` : sql`tag.importance`
  const type = axis === 'startMs' ? sql`::bigint` : sql`::real`
  const held = axis === 'startMs' ? await heldStretches(db, tenantId, groupsOf(query), words) : null
  const nextSpan = held === null ? plainSpans(axis, isDown) : heldSpans(held, isDown)
  const least = leastWidth[axis]
  const looked = Math.max(least, Math.abs(first[axis] - last[axis]))
  let width = looked * Math.min(300, Math.max(3, (2 * (limit - found.length)) / Math.max(0.3, found.length)))
  let near: number = last[axis]
  const nearest = nextSpan(near, least)
  // How many there are beyond a gap, those before it do not tell.
  if (nearest !== null && Math.abs(nearest.near - near) > heldWidthMs) width = looked
  let rows = sql<boolean>`${range} and ${isAfter(last)}`
  let isDense = false
  for (;;) {
    const span = nextSpan(near, width)
    if (span === null) return found
    const { far } = span
    const isCapped = width > least
    const inside = [rows]
    if (span.near !== near)
      inside.push(sql<boolean>`${column} ${isDown ? sql`<=` : sql`>=`} ${span.near}${type}`)
    if (Number.isFinite(far)) inside.push(sql<boolean>`${column} ${isDown ? sql`>=` : sql`<=`} ${far}${type}`)
    const more = await asked(
      allOf(inside),
      { ...span, isNarrow: isDense || span.isNarrow },
      limit - found.length,
      isCapped,
    )
    if (more === null) {
      isDense = true
      width = Math.max(least, Math.min(width, Math.abs(far - span.near)) / growth)
      continue
    }
    found.push(...more)
    if (found.length === limit || !Number.isFinite(far)) return found
    rows = sql<boolean>`${range} and ${column} ${isDown ? sql`<` : sql`>`} ${far}${type}`
    near = axis === 'importance' ? far : isDown ? far - 1 : far + 1
    // What held too many is still ahead: no wider while the page fills.
    width *= !isDense ? growth : more.length * growth < limit - found.length ? 2 : 1
  }
}
