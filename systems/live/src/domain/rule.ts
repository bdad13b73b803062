import type { FeedEvent } from './feed-event.ts'
import type { InsightDraft, InsightOutcome } from './insight.ts'
import type { Match, Sport } from './match.ts'
import type { TagDraft } from './tag.ts'

/**
 * Turns the events of one match into insights, tags and outcomes. Pure: everything comes from state and event, so two
 * processors say the same and a faster replay says the same. State is plain JSON unless `save` and `load` are given;
 * it must stay small (bounded windows), since it is part of every snapshot.
 */
export interface Rule<State = unknown> {
  /** e.g. `nfl.blitz`. */
  name: string
  /** Rises with the logic or the model's weights. */
  version: number
  sports: readonly Sport[]
  create(): State
  onEvent(event: FeedEvent, state: State, say: Say): void
  save?(state: State): unknown
  load?(saved: unknown): State
}

/** Where a rule's words go. `match` is the newest match event's; null until one came. */
export interface Say {
  readonly match: Match | null
  insight(draft: InsightDraft): void
  tag(draft: TagDraft): void
  outcome(outcome: InsightOutcome): void
}

/** Keeps a rule's state type to itself, so that rules of all kinds go into one list. */
export function defineRule<State>(rule: Rule<State>): Rule {
  return rule as unknown as Rule
}
