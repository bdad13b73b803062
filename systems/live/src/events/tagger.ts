import type { FeedEvent } from '../domain/feed-event.ts'
import type { Side, Sport } from '../domain/match.ts'
import type { TagActor, TagDraft } from '../domain/tag.ts'
import { importanceOf } from './importance.ts'

/** How long before and after its event time a moment lasts. NBA and race feeds note an action when it is over. */
const spansMs: Readonly<Record<Sport, { before: number; after: number }>> = {
  nfl: { before: 1000, after: 8000 },
  nba: { before: 5000, after: 2000 },
  race: { before: 3000, after: 5000 },
  // What led to a shot is half of it; feeds note a shot when it is struck.
  soccer: { before: 5500, after: 4500 },
}

export interface Moment {
  type: string
  occasion: string
  text: string
  actors: TagActor[]
  homeScore: number | null
  awayScore: number | null
  /** `detected` where the feed does not say so itself. */
  source: 'feed' | 'detected'
}

/** A tag of a moment of `event`. */
export function draftTag(event: FeedEvent, sport: Sport, moment: Moment): TagDraft {
  const span = spansMs[sport]
  const { eventTimeMs, game } = event.clocks
  return {
    ...moment,
    startMs: eventTimeMs - span.before,
    endMs: eventTimeMs + span.after,
    game,
    importance: importanceOf(moment.type, sport, { game, ...moment }),
    confidence: moment.source === 'feed' ? 1 : 0.95,
    sourceRef: event.sourceRef,
  }
}

export const leaderOf = (homeScore: number, awayScore: number): Side | null =>
  homeScore > awayScore ? 'home' : homeScore < awayScore ? 'away' : null
