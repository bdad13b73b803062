import { createHash } from 'node:crypto'
import type { Clock } from '@heavylift/core'
import { sql } from 'kysely'
import type { Kysely } from 'kysely'
import type { SpecTables } from '../studio/tables.ts'

export const stalenessStates = ['fresh', 'stale', 'drifted', 'unknown'] as const
export type Staleness = (typeof stalenessStates)[number]

export interface CatalogueEntry {
  repository: string
  /** From the repository's root. */
  path: string
  title: string
  format: string
  requirements: number
  /** What is searched beside title and repository. */
  text: string
  /** Last commits of the spec and of the code that it stands on; null where nothing tells. */
  specChangedAtMs: number | null
  codeChangedAtMs: number | null
  /** Null where nothing was agreed. */
  drifts: number | null
}

export interface FoundSpec extends Omit<CatalogueEntry, 'text'> {
  id: string
  staleness: Staleness
  /** How long code has moved on without the spec; 0 unless stale. */
  staleDays: number
  lookedAtMs: number
}

export interface CatalogueQuery {
  /** Words that must all be there; the last may be a beginning. Empty: all, the stalest first. */
  text: string
  staleness: Staleness | null
  limit: number
}

const batch = 500
/** Beyond so many matches the order is that of titles and ids, not of rank: a word that is everywhere ranks nothing. */
const mostRanked = 2000
const dayMs = 86_400_000

/** Specs of all repositories of a tenant, searched by words, each with how stale it is. */
export class Catalogue {
  readonly #db: Kysely<SpecTables>
  readonly #clock: Clock

  constructor(db: Kysely<SpecTables>, clock: Clock) {
    this.#db = db
    this.#clock = clock
  }

  /** Files entries; what a repository has no more is taken out. */
  async put(tenantId: string, repository: string, entries: readonly CatalogueEntry[]): Promise<void> {
    const at = new Date(this.#clock.nowMs())
    const date = (ms: number | null) => (ms === null ? null : new Date(ms))
    const rows = entries.map((one) => ({
      tenant_id: tenantId,
      id: idOf(repository, one.path),
      repository,
      path: one.path,
      title: one.title,
      format: one.format,
      requirements: one.requirements,
      // PostgreSQL takes no NUL, and a vector of words has a megabyte at most.
      text: one.text.replaceAll('\u0000', ' ').slice(0, 200_000),
      spec_changed_at: date(one.specChangedAtMs),
      code_changed_at: date(one.codeChangedAtMs),
      drifts: one.drifts,
      looked_at: at,
    }))
    await this.#db.transaction().execute(async (transaction) => {
      await transaction
        .deleteFrom('catalogue_spec')
        .where('tenant_id', '=', tenantId)
        .where('repository', '=', repository)
        .execute()
      for (let from = 0; from < rows.length; from += batch)
        await transaction
          .insertInto('catalogue_spec')
          .values(rows.slice(from, from + batch))
          .execute()
    })
  }

  async search(tenantId: string, { text, staleness, limit }: CatalogueQuery): Promise<FoundSpec[]> {
    const query = wordsQuery(text)
    let rows = this.#db
      .selectFrom('catalogue_spec')
      .select([
        'id',
        'repository',
        'path',
        'title',
        'format',
        'requirements',
        'spec_changed_at',
        'code_changed_at',
        'drifts',
        'looked_at',
      ])
      .where('tenant_id', '=', tenantId)
      .limit(limit)
    if (staleness !== null) rows = rows.where(stalenessSql, '=', staleness)
    if (query === '')
      rows = rows
        .orderBy(sql`drifts desc nulls last`)
        .orderBy(sql`code_changed_at - spec_changed_at desc nulls last`)
        .orderBy('id')
    else {
      const few = this.#db
        .selectFrom('catalogue_spec')
        .select('id')
        .where('tenant_id', '=', tenantId)
        .where(sql<boolean>`words @@ to_tsquery('english', ${query})`)
        .limit(mostRanked)
      rows = rows
        .where('id', 'in', few)
        .orderBy(sql`ts_rank_cd(words, to_tsquery('english', ${query})) desc`)
        .orderBy('id')
    }
    return (await rows.execute()).map((row) => {
      const [spec, code] = [row.spec_changed_at?.getTime() ?? null, row.code_changed_at?.getTime() ?? null]
      const state = stalenessOf({ drifts: row.drifts, specChangedAtMs: spec, codeChangedAtMs: code })
      return {
        id: row.id,
        repository: row.repository,
        path: row.path,
        title: row.title,
        format: row.format,
        requirements: row.requirements,
        drifts: row.drifts,
        specChangedAtMs: spec,
        codeChangedAtMs: code,
        lookedAtMs: row.looked_at.getTime(),
        staleness: state,
        staleDays: spec !== null && code !== null ? Math.max(0, Math.floor((code - spec) / dayMs)) : 0,
      }
    })
  }

  async counts(tenantId: string): Promise<Record<Staleness, number> & { repositories: number }> {
    const rows = await this.#db
      .selectFrom('catalogue_spec')
      .select([stalenessSql.as('state'), sql<number>`count(*)::int`.as('n')])
      .where('tenant_id', '=', tenantId)
      .groupBy(stalenessSql)
      .execute()
    const { repositories } = await this.#db
      .selectFrom('catalogue_spec')
      .select(sql<number>`count(distinct repository)::int`.as('repositories'))
      .where('tenant_id', '=', tenantId)
      .executeTakeFirstOrThrow()
    const of = (state: Staleness) => rows.find((row) => row.state === state)?.n ?? 0
    return {
      fresh: of('fresh'),
      stale: of('stale'),
      drifted: of('drifted'),
      unknown: of('unknown'),
      repositories,
    }
  }
}

/** As `stalenessSql` says it. */
function stalenessOf({
  drifts,
  specChangedAtMs,
  codeChangedAtMs,
}: Pick<CatalogueEntry, 'drifts' | 'specChangedAtMs' | 'codeChangedAtMs'>): Staleness {
  if (drifts !== null && drifts > 0) return 'drifted'
  // What was compared and agrees is fresh, whenever its code was touched last.
  if (drifts === 0) return 'fresh'
  if (specChangedAtMs === null || codeChangedAtMs === null) return 'unknown'
  return codeChangedAtMs > specChangedAtMs ? 'stale' : 'fresh'
}

const stalenessSql = sql<Staleness>`case
  when drifts > 0 then 'drifted' when drifts = 0 then 'fresh'
  when spec_changed_at is null or code_changed_at is null then 'unknown'
  when code_changed_at > spec_changed_at then 'stale' else 'fresh' end`

/** What people type as a query of PostgreSQL: all words, the last also as a beginning. */
export function wordsQuery(text: string): string {
  const words = text.match(/[\p{L}\p{N}]+/gu) ?? []
  return words
    .slice(0, 12)
    .map((word, at) => (at === Math.min(words.length, 12) - 1 ? `${word}:*` : word))
    .join(' & ')
}

const idOf = (repository: string, path: string) =>
  createHash('sha256').update(`${repository}\n${path}`).digest('hex').slice(0, 20)
