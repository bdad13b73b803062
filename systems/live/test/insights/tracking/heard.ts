import type { FeedEvent } from '../../../src/domain/feed-event.ts'
import type { InsightDraft, InsightOutcome } from '../../../src/domain/insight.ts'
import type { Rule } from '../../../src/domain/rule.ts'

/** What a rule says of events. Its state goes through JSON between any two, as snapshots do. */
export function heard<State>(
  rule: Rule<State>,
  events: readonly FeedEvent[],
): { insights: InsightDraft[]; outcomes: InsightOutcome[] } {
  const insights: InsightDraft[] = []
  const outcomes: InsightOutcome[] = []
  let state = rule.create()
  for (const event of events) {
    state = JSON.parse(JSON.stringify(state)) as State
    rule.onEvent(event, state, {
      match: null,
      insight: (draft) => insights.push(draft),
      outcome: (outcome) => outcomes.push(outcome),
      tag: () => undefined,
    })
  }
  return { insights, outcomes }
}
