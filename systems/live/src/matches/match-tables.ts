import type { Generated } from 'kysely'
import type { Insight } from '../domain/insight.ts'
import type { Match } from '../domain/match.ts'

export interface MatchTables {
  match: {
    tenant_id: string
    match_id: string
    sport: string
    title: string
    body: Match
    status: string
    home_score: Generated<number | null>
    away_score: Generated<number | null>
    first_event_at: Date
    last_event_at: Date
    is_sample: boolean
  }
  insight: {
    tenant_id: string
    match_id: string
    insight_id: string
    revision: number
    kind: string
    subject: string
    at: Date
    importance: number
    body: Insight
    outcome: Generated<InsightResult | null>
  }
}

/** What came of an insight that was scored. */
export interface InsightResult {
  happened: number | string
  isCorrect: boolean
  confidence: number
  atMs: number
}
