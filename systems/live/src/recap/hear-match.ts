import type { FeedEvent } from '../domain/feed-event.ts'
import type { Match } from '../domain/match.ts'
import type { Tag, TagDraft } from '../domain/tag.ts'
import { eventsRule } from '../events/events-rule.ts'
import type { Rule } from '../domain/rule.ts'
import { nbaWinProbabilityRule } from '../insights/winning/nba/win-probability-rule.ts'
import { nflWinProbabilityRule } from '../insights/winning/nfl/win-probability-rule.ts'
import type { WinChance } from './moments.ts'

/** What a recap is chosen by. */
export interface HeardMatch {
  match: Match
  tags: Tag[]
  chances: WinChance[]
}

const rules: readonly Rule[] = [eventsRule, nflWinProbabilityRule, nbaWinProbabilityRule]

/** Tags and chances to win of a match's events, without a server. Null where no event names the match. */
export function hearMatch(events: Iterable<FeedEvent>): HeardMatch | null {
  let match: Match | null = null
  let running: { rule: Rule; state: unknown }[] = []
  const tags = new Map<string, Tag>()
  const chances: WinChance[] = []
  for (const event of events) {
    if (event.kind === 'match') {
      match = event.match
      const { sport } = match
      if (running.length === 0)
        running = rules
          .filter((rule) => rule.sports.includes(sport))
          .map((rule) => ({ rule, state: rule.create() }))
    }
    const of = match
    if (of === null) continue
    const say = {
      match: of,
      outcome: () => undefined,
      insight({ kind, clocks, estimate }: Parameters<Parameters<Rule['onEvent']>[2]['insight']>[0]) {
        if (kind === `${of.sport}.win-probability` && estimate.type === 'probability')
          chances.push({ atMs: clocks.eventTimeMs, home: estimate.probability })
      },
      tag(draft: TagDraft) {
        const id = `${draft.type} ${draft.occasion}`
        tags.set(id, { ...draft, id, matchId: of.id, sport: of.sport })
      },
    }
    for (const { rule, state } of running) rule.onEvent(event, state as never, say)
  }
  return match && { match, tags: [...tags.values()], chances }
}
