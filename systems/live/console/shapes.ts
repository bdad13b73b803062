import type { Insight } from '../src/domain/insight.ts'
import type { Match } from '../src/domain/match.ts'

/** What the pages of live read of the server's answers. */
export interface MatchListing {
  match: Match
  /** `live` or `ended`. */
  status: string
  homeScore: number | null
  awayScore: number | null
  firstEventMs: number
  lastEventMs: number
  isSample: boolean
  /** Event time that can be scrubbed; null when the server keeps no picture. */
  span: { fromMs: number; toMs: number } | null
}

export interface InsightEntry {
  insight: Insight
  /** What came of it; null while it is open, and for kinds that are not scored. */
  outcome: InsightResult | null
}

export interface InsightResult {
  happened: number | string
  isCorrect: boolean
  confidence: number
  atMs: number
}

/** Event `scored` of the stream. */
export interface ScoredEvent extends InsightResult {
  insightId: string
  kind: string
}

export interface KindCalibration {
  kind: string
  decisions: number
  scored: number
  brierScore: number | null
  expectedCalibrationError: number | null
  bins: { low: number; high: number; n: number; meanConfidence: number; rate: number }[]
}

export interface TrainingReport {
  name: string
  title: string
  lead: string
  metrics: { metric: string; value: string; interval: string; goal: string }[]
  /** The whole report in Markdown. */
  text: string
  /** Address of its picture; null where there is none. */
  picture: string | null
}
