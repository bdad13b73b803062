import type { FeedEvent } from '../../domain/feed-event.ts'
import { nextClocks } from '../clocks/event-times.ts'
import type { FeedItem } from '../feed-format.ts'
import { rejectOf } from '../read-source.ts'
import type { FeedMapping } from './mapping-schema.ts'
import type { MappedMatch } from './mapped-state.ts'
import { regulationOf } from './match-facts.ts'
import { finishOrder } from './standing.ts'

/** Whether an event is the last of its match by the rules of the game, where the feed says no end itself. */
export function isLastWhistle(event: FeedEvent, match: MappedMatch, mapping: FeedMapping): boolean {
  const isEnd =
    (event.kind === 'nba-action' && event.actionType === 'period' && event.subType === 'end') ||
    (event.kind === 'nfl-play' && event.playType === 'period_end')
  return isEnd && match.scores.home !== match.scores.away && isTimeUp(match, mapping)
}

/** Whether the clock has run out with a winner, in feeds whose matches end so. */
export function isTimeUp(match: MappedMatch, mapping: FeedMapping): boolean {
  const { sport, match: declared } = mapping
  const periods = regulationOf(match)?.periods ?? 4
  // Only football ends level, after overtime.
  const mayEnd = match.scores.home !== match.scores.away || (sport === 'nfl' && match.period > periods)
  return (
    (declared.ends === 'clock' || declared.ends === 'next') &&
    match.secondsLeft === 0 &&
    match.period >= periods &&
    mayEnd
  )
}

/** Ends a match by what is known of it; nothing where it was ended, or never began. */
export function endOf(match: MappedMatch, mapping: FeedMapping): FeedItem[] {
  if (match.isOver || match.match === null || match.times === null) return []
  match.isOver = true
  const isRace = match.match.sport === 'race'
  const { scores, result, period, secondsLeft, lastRef: sourceRef } = match
  const game = secondsLeft === null ? null : { period, secondsLeft }
  const wallMs = match.standing.startMs === null ? null : lastMs(match)
  const clocks = nextClocks(match.times, mapping.sport, game, wallMs, regulationOf(match))
  const said = result ?? scores
  const end = {
    kind: 'match-end' as const,
    homeScore: isRace ? null : said.home,
    awayScore: isRace ? null : said.away,
    order: isRace ? finishOrder(match.standing) : null,
  }
  const items: FeedItem[] = [{ event: { ...end, matchId: match.id, clocks, sourceRef } }]
  if (result !== null && (result.home !== scores.home || result.away !== scores.away))
    items.unshift(
      rejectOf(
        sourceRef.slice(sourceRef.indexOf('#') + 1),
        `The rows of match ${match.id} add up to ${scores.home}:${scores.away}, the result that they state is ${result.home}:${result.away}. It is taken.`,
        '',
      ),
    )
  return items
}

const lastMs = (match: MappedMatch): number =>
  Math.max(...Object.values(match.standing.cars).map(({ crossedMs }) => crossedMs ?? 0))
