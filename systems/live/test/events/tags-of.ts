import type { FeedEvent } from '../../src/domain/feed-event.ts'
import type { Match } from '../../src/domain/match.ts'
import type { TagDraft } from '../../src/domain/tag.ts'
import { eventsRule } from '../../src/events/events-rule.ts'

/** Tags that the rule says over the events of one match. */
export function tagsOf(events: readonly FeedEvent[]): TagDraft[] {
  const tags: TagDraft[] = []
  const state = eventsRule.create()
  let match: Match | null = null
  for (const event of events) {
    if (event.kind === 'match') match = event.match
    const say = {
      match,
      insight: () => undefined,
      outcome: () => undefined,
      tag: (tag: TagDraft) => tags.push(tag),
    }
    eventsRule.onEvent(event, state, say)
  }
  return tags
}
