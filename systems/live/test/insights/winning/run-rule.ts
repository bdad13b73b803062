import type { FeedEvent } from '../../../src/domain/feed-event.ts'
import type { InsightDraft, InsightOutcome } from '../../../src/domain/insight.ts'
import type { Match } from '../../../src/domain/match.ts'
import type { Rule } from '../../../src/domain/rule.ts'
import type { TagDraft } from '../../../src/domain/tag.ts'

/** Runs a rule over events; its state goes through JSON after each, as a snapshot would take it. */
export function runRule(
  rule: Rule,
  events: readonly FeedEvent[],
): { insights: InsightDraft[]; outcomes: InsightOutcome[]; tags: TagDraft[] } {
  const insights: InsightDraft[] = []
  const outcomes: InsightOutcome[] = []
  const tags: TagDraft[] = []
  let match: Match | null = null
  let state = rule.create()
  for (const event of events) {
    if (event.kind === 'match') match = event.match
    rule.onEvent(event, state, {
      match,
      insight: (draft) => insights.push(draft),
      tag: (tag) => tags.push(tag),
      outcome: (outcome) => outcomes.push(outcome),
    })
    state = JSON.parse(JSON.stringify(state)) as unknown
  }
  return { insights, outcomes, tags }
}
