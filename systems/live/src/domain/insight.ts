import type { Clocks } from './clocks.ts'
import type { Sport } from './match.ts'

/** How sure an insight is. Each can be scored against what happened later. */
export type Estimate =
  | { type: 'probability'; probability: number }
  /** `level` is the share of outcomes that should fall within, e.g. 0.8. */
  | { type: 'interval'; value: number; low: number; high: number; level: number; unit: string }
  | { type: 'classes'; classes: { name: string; probability: number }[] }
  /** A scale with a stated meaning, e.g. pocket health 0..100. Not scored. */
  | { type: 'score'; value: number; low: number; high: number }

export interface Evidence {
  label: string
  value: number | string
  unit: string
}

/** What a rule says; the pipeline adds id and revision. */
export interface InsightDraft {
  /** What kind of insight, e.g. `nfl.blitz`, `race.burn-bar`, `nba.win-probability`. */
  kind: string
  /** Whom or what it is about: a player, a car, a team, or `match`. */
  subject: string
  /**
   * Names the occasion within kind and subject (a play's id, a lap). Kind, subject and occasion make the insight's id;
   * said again with the same three, it is a revision of the first.
   */
  occasion: string
  clocks: Clocks
  /** One sentence for a viewer. */
  headline: string
  estimate: Estimate
  evidence: Evidence[]
  /** Time from now to the thing it speaks of, where the insight is a warning. */
  leadTimeMs: number | null
  /** 0..1: how much a director wants it on screen now. */
  importance: number
  /** Small JSON that graphics and pictures of this kind know. */
  detail: Record<string, unknown>
  /** True when this revision is the one that the ledger scores (once an insight). */
  isScored: boolean
}

export interface Insight extends InsightDraft {
  id: string
  revision: number
  matchId: string
  sport: Sport
  /** Name and version of the rule with its model, e.g. `nfl.blitz@3`. */
  rule: string
}

/** What happened, for an insight that was scored: 0 or 1 for a probability, the amount for an interval, the class's name for classes. */
export interface InsightOutcome {
  kind: string
  subject: string
  occasion: string
  happened: number | string
  eventTimeMs: number
}
