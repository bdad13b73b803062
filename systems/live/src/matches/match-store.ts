import { NotFoundError } from '@heavylift/core'
import type { Kysely, Selectable } from 'kysely'
import { sql } from 'kysely'
import type { Insight } from '../domain/insight.ts'
import type { Match, Sport } from '../domain/match.ts'
import type { GameResult } from '../insights/winning/team-strength.ts'
import { isRight } from '../pipeline/scoring.ts'
import type { InsightResult, MatchTables } from './match-tables.ts'

export interface MatchSummary {
  match: Match
  status: string
  homeScore: number | null
  awayScore: number | null
  firstEventMs: number
  lastEventMs: number
  isSample: boolean
}

export interface StoredInsight {
  insight: Insight
  outcome: InsightResult | null
}

export interface InsightFilter {
  kind?: string | undefined
  subject?: string | undefined
  fromMs?: number | undefined
  toMs?: number | undefined
  /** Id of the last one that was read; older ones follow. */
  before?: string | undefined
  limit: number
}

/** Matches and their insights as the sink keeps them. */
export interface MatchStore {
  list(tenantId: string): Promise<MatchSummary[]>
  /** Throws NotFoundError `match-not-found`. */
  get(tenantId: string, matchId: string): Promise<MatchSummary>
  exists(tenantId: string, matchId: string): Promise<boolean>
  /** Newest first. */
  insights(tenantId: string, matchId: string, filter: InsightFilter): Promise<StoredInsight[]>
  /** Kinds of which some insight met its outcome. */
  scoredKinds(tenantId: string): Promise<string[]>
  /** Results of games of a sport from before a time, for ratings; simulated ones are nobody's. */
  results(tenantId: string, sport: Sport, beforeMs: number): Promise<GameResult[]>
  /** Deletes a match with its insights; true when there was one. */
  remove(tenantId: string, matchId: string): Promise<boolean>
}

export function createMatchStore(db: Kysely<MatchTables>): MatchStore {
  return {
    async list(tenantId) {
      const rows = await db
        .selectFrom('match')
        .where('tenant_id', '=', tenantId)
        .selectAll()
        .orderBy('last_event_at', 'desc')
        .limit(500)
        .execute()
      return rows.map(toSummary)
    },

    async get(tenantId, matchId) {
      const row = await db
        .selectFrom('match')
        .where('tenant_id', '=', tenantId)
        .where('match_id', '=', matchId)
        .selectAll()
        .executeTakeFirst()
      if (!row) throw matchNotFound(matchId)
      return toSummary(row)
    },

    async exists(tenantId, matchId) {
      const row = await db
        .selectFrom('match')
        .where('tenant_id', '=', tenantId)
        .where('match_id', '=', matchId)
        .select('match_id')
        .executeTakeFirst()
      return row !== undefined
    },

    async insights(tenantId, matchId, filter) {
      let query = db
        .selectFrom('insight')
        .where('tenant_id', '=', tenantId)
        .where('match_id', '=', matchId)
        .select(['body', 'outcome'])
      if (filter.kind !== undefined) query = query.where('kind', '=', filter.kind)
      if (filter.subject !== undefined) query = query.where('subject', '=', filter.subject)
      if (filter.fromMs !== undefined) query = query.where('at', '>=', new Date(filter.fromMs))
      if (filter.toMs !== undefined) query = query.where('at', '<', new Date(filter.toMs))
      if (filter.before !== undefined) {
        query = query.where(
          sql<boolean>`(at, insight_id) < (select at, insight_id from insight i where i.tenant_id = ${tenantId} and i.insight_id = ${filter.before})`,
        )
      }
      const rows = await query
        .orderBy('at', 'desc')
        .orderBy('insight_id', 'desc')
        .limit(filter.limit)
        .execute()
      return rows.map(({ body, outcome }) => ({
        insight: body,
        // What was kept by an older version says of a probability that it came true.
        outcome: outcome && { ...outcome, isCorrect: isRight(body.estimate, outcome.happened) },
      }))
    },

    async scoredKinds(tenantId) {
      const rows = await db
        .selectFrom('insight')
        .where('tenant_id', '=', tenantId)
        .where('outcome', 'is not', null)
        .select('kind')
        .distinct()
        .orderBy('kind')
        .execute()
      return rows.map(({ kind }) => kind)
    },

    async results(tenantId, sport, beforeMs) {
      const rows = await db
        .selectFrom('match')
        .where('tenant_id', '=', tenantId)
        .where('sport', '=', sport)
        .where('is_sample', '=', false)
        .where('status', '=', 'ended')
        .where('first_event_at', '<', new Date(beforeMs))
        .where('home_score', 'is not', null)
        .where('away_score', 'is not', null)
        .select([
          'first_event_at as startAt',
          'home_score as homeScore',
          'away_score as awayScore',
          sql<string | null>`body->'home'->>'id'`.as('home'),
          sql<string | null>`body->'away'->>'id'`.as('away'),
        ])
        .execute()
      return rows.flatMap(({ startAt, home, away, homeScore, awayScore }) =>
        home === null || away === null || homeScore === null || awayScore === null
          ? []
          : [{ startMs: startAt.getTime(), home, away, homeScore, awayScore }],
      )
    },

    async remove(tenantId, matchId) {
      return db.transaction().execute(async (trx) => {
        await trx
          .deleteFrom('insight')
          .where('tenant_id', '=', tenantId)
          .where('match_id', '=', matchId)
          .execute()
        const { numDeletedRows } = await trx
          .deleteFrom('match')
          .where('tenant_id', '=', tenantId)
          .where('match_id', '=', matchId)
          .executeTakeFirstOrThrow()
        return numDeletedRows > 0n
      })
    },
  }
}

export function matchNotFound(matchId: string): NotFoundError {
  return new NotFoundError({
    code: 'match-not-found',
    message: `There is no match "${matchId}". GET /api/live/matches lists them.`,
  })
}

function toSummary(row: Selectable<MatchTables['match']>): MatchSummary {
  return {
    match: row.body,
    status: row.status,
    homeScore: row.home_score,
    awayScore: row.away_score,
    firstEventMs: row.first_event_at.getTime(),
    lastEventMs: row.last_event_at.getTime(),
    isSample: row.is_sample,
  }
}
