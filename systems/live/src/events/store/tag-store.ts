import { createHash } from 'node:crypto'
import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import type { Tag } from '../../domain/tag.ts'
import { eventType, eventTypes, parentOf } from '../taxonomy.ts'
import { findTags } from './find-tags.ts'
import { writeCursor } from './tag-cursor.ts'
import { lexemesOf } from './tag-query.ts'
import type { TagOrder, TagQuery } from './tag-query.ts'
import type { TagTables } from './tag-tables.ts'

export interface TagPage {
  tags: Tag[]
  /** Where the next page begins; null at the end. */
  next: string | null
}

export interface TagFacets {
  /** How many tags the counts are of. */
  tags: number
  /** False where more tags match than were counted; the counts are then of the newest. */
  isComplete: boolean
  /** By type, parents included; the most frequent first, as are the others. */
  types: { value: string; count: number }[]
  sports: { value: string; count: number }[]
  actors: { value: string; name: string; count: number }[]
}

export interface TagStore {
  /** Writes tags by id; the same tag again changes nothing, another word on it replaces it. */
  save(tenantId: string, tags: readonly Tag[]): Promise<void>
  /**
   * A page of tags. `after` is a page's `next` with the same query and order. Throws an `InvalidInputError`
   * (`cursor-invalid`).
   */
  search(
    tenantId: string,
    query: TagQuery,
    page?: { order?: TagOrder | undefined; after?: string | undefined; limit?: number | undefined },
  ): Promise<TagPage>
  facets(tenantId: string, query: TagQuery): Promise<TagFacets>
  /**
   * Writes anew by which words tags are found, where kinds were called otherwise when they were saved. Returns how many there were;
   * stops between batches when `signal` fires.
   */
  reindex(signal: AbortSignal): Promise<number>
  /** Deletes the tags of a match. */
  remove(tenantId: string, matchId: string): Promise<void>
}

/** Rows of one statement: large enough that its overhead does not count, small enough for any memory. */
const saveRows = 2000
const facetTags = 2000

/** PostgreSQL stores neither NUL nor half a surrogate pair. */
const cleanValue = (_key: string, value: unknown): unknown =>
  typeof value === 'string' ? value.toWellFormed().replaceAll('\0', '') : value

/** A tag as it is stored, with its JSON. Few need cleaning: JSON shows by its escapes which. */
function stored(tag: Tag): { tag: Tag; body: string } {
  const body = JSON.stringify(tag)
  if (!/\\u(0000|d)/i.test(body)) return { tag, body }
  const cleaned = JSON.stringify(tag, cleanValue)
  return { tag: JSON.parse(cleaned) as Tag, body: cleaned }
}

/**
 * Tags in PostgreSQL: any mix of conditions is one GIN index, each order a btree. See `find-tags.ts` for how a page is
 * found.
 */
export function createTagStore(db: Kysely<TagTables>): TagStore {
  return {
    async save(tenantId, tags) {
      // One statement cannot write a row twice: the last word on a tag counts. In one order, so that servers which save
      // the same tags at once do not wait for each other in a circle.
      const rows = [...new Map(tags.map((tag) => [tag.id, tag])).values()].toSorted((a, b) =>
        a.id < b.id ? -1 : 1,
      )
      let writing = Promise.resolve()
      for (let at = 0; at < rows.length; at += saveRows) {
        // The next rows are made ready while the database writes.
        const write = insertion(tenantId, rows.slice(at, at + saveRows))
        await writing
        writing = write(db)
      }
      await writing
    },

    async search(tenantId, query, { order = 'newest', after, limit = 50 } = {}) {
      const found = await findTags(db, tenantId, query, { order, after, limit: limit + 1 })
      const tags = found.slice(0, limit)
      const last = tags.at(-1)
      return { tags, next: found.length > limit && last ? writeCursor(last) : null }
    },

    async facets(tenantId, query) {
      const found = await findTags(db, tenantId, query, {
        order: 'newest',
        after: undefined,
        limit: facetTags + 1,
      })
      return countFacets(found.slice(0, facetTags), found.length <= facetTags)
    },

    async reindex(signal) {
      let done = 0
      while (!signal.aborted) {
        const rows = await db
          .selectFrom('tag')
          .where((eb) =>
            eb.or([eb('words_version', '<', wordsVersion), eb('words_version', '>', wordsVersion)]),
          )
          .select(['tenant_id', 'body'])
          .limit(saveRows)
          .execute()
        if (rows.length === 0) break
        for (const [tenantId, own] of Map.groupBy(rows, (row) => row.tenant_id))
          await this.save(
            tenantId,
            own.map(({ body }) => body),
          )
        done += rows.length
      }
      return done
    },

    async remove(tenantId, matchId) {
      await db.deleteFrom('tag').where('tenant_id', '=', tenantId).where('match_id', '=', matchId).execute()
    },
  }
}

/** What words find: the text, and the kind as people call it, so that "lead change" finds what the kind does. */
function wordsOf({ text, type }: Tag): string {
  const titles: string[] = []
  for (let of: string | null = type; of !== null; of = parentOf(of)) titles.push(eventType(of)?.title ?? '')
  return [text, ...titles].join('. ')
}

/** Tells the names of kinds of one version of the taxonomy from those of another; never 0. */
const wordsVersion =
  createHash('sha256')
    .update(JSON.stringify(eventTypes.map(({ type, title }) => [type, title])))
    .digest()
    .readInt32BE() | 1

function insertion(tenantId: string, tags: readonly Tag[]): (db: Kysely<TagTables>) => Promise<void> {
  const rows = tags.map(stored)
  const column = <T>(of: (tag: Tag) => T): T[] => rows.map(({ tag }) => of(tag))
  const insert = sql`
    insert into tag (tenant_id, tag_id, match_id, start_ms, importance, seconds_left, search, words_version, body)
    select ${tenantId}, row.tag_id, row.match_id, row.start_ms, row.importance, row.seconds_left,
      to_tsvector('english', row.text) || to_tsvector('simple', row.names)
        || array_to_tsvector(array(select jsonb_array_elements_text(row.lexemes::jsonb))),
      ${wordsVersion}::integer, row.body::jsonb
    from unnest(
      ${column((tag) => tag.id)}::text[],
      ${column((tag) => tag.matchId)}::text[],
      ${column((tag) => Math.round(tag.startMs))}::bigint[],
      ${column((tag) => tag.importance)}::real[],
      ${column((tag) => tag.game?.secondsLeft ?? null)}::real[],
      ${column(wordsOf)}::text[],
      ${column((tag) => [...new Set(tag.actors.map((actor) => actor.name))].join(' '))}::text[],
      -- An array of arrays of different lengths cannot be sent; each goes as JSON.
      ${column((tag) => JSON.stringify(lexemesOf(tenantId, tag)))}::text[],
      ${rows.map(({ body }) => body)}::text[]
    ) as row (tag_id, match_id, start_ms, importance, seconds_left, text, names, lexemes, body)
    on conflict (tenant_id, tag_id) do update set
      match_id = excluded.match_id, start_ms = excluded.start_ms, importance = excluded.importance,
      seconds_left = excluded.seconds_left, search = excluded.search,
      words_version = excluded.words_version, body = excluded.body
    where tag.body is distinct from excluded.body or tag.words_version <> excluded.words_version`
  return async (db) => {
    await insert.execute(db)
  }
}

function countFacets(tags: readonly Tag[], isComplete: boolean): TagFacets {
  const types = new Map<string, number>()
  const sports = new Map<string, number>()
  const actors = new Map<string, number>()
  const names = new Map<string, string>()
  const add = (counts: Map<string, number>, value: string) => counts.set(value, (counts.get(value) ?? 0) + 1)
  for (const tag of tags) {
    const parts = tag.type.split('.')
    for (let depth = 1; depth <= parts.length; depth++) add(types, parts.slice(0, depth).join('.'))
    add(sports, tag.sport)
    for (const [id, name] of new Map(tag.actors.map((actor) => [actor.id, actor.name]))) {
      add(actors, id)
      names.set(id, name)
    }
  }
  const ranked = (counts: Map<string, number>) =>
    [...counts]
      .map(([value, count]) => ({ value, count }))
      .toSorted((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
  return {
    tags: tags.length,
    isComplete,
    types: ranked(types),
    sports: ranked(sports),
    actors: ranked(actors)
      .slice(0, 30)
      .map(({ value, count }) => ({ value, name: names.get(value) ?? value, count })),
  }
}
