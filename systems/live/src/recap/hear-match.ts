import type { FeedEvent } from '../domain/feed-event.ts'
import type { Match } from '../domain/match.ts'
import type { Tag } from '../domain/tag.ts'
import { eventsRule } from '../events/events-rule.ts'
import type { Rule } from '../domain/rule.ts'
import { nbaWinProbabilityRule } from '../insights/winning/nba/win-probability-rule.ts'
import { nflWinProbabilityRule } from '../insights/winning/nfl/win-probability-rule.ts'
import { homeChanceOf } from '../insights/winning/home-chance.ts'
import { soccerWinProbabilityRule } from '../insights/winning/soccer/win-probability-rule.ts'
import { replayMatch } from '../pipeline/replay-match.ts'
import type { WinChance } from './moments.ts'

/** What a recap is chosen by. */
export interface HeardMatch {
  match: Match
  tags: Tag[]
  chances: WinChance[]
}

const rules: readonly Rule[] = [
  eventsRule,
  nflWinProbabilityRule,
  nbaWinProbabilityRule,
  soccerWinProbabilityRule,
]

/** Tags and chances to win of a match's events, as the pipeline would say them. Null where no event names the match. */
export function hearMatch(events: Iterable<FeedEvent>): HeardMatch | null {
  let match: Match | null = null
  const tags = new Map<string, Tag>()
  const chances: WinChance[] = []
  for (const { output } of replayMatch(events, rules)) {
    if (output.type === 'match') match = output.match
    else if (output.type === 'tag') tags.set(output.tag.id, output.tag)
    else if (output.type === 'insight') {
      const home = homeChanceOf(output.insight)
      if (home !== null) chances.push({ atMs: output.insight.clocks.eventTimeMs, home })
    }
  }
  return match && { match, tags: [...tags.values()], chances }
}
