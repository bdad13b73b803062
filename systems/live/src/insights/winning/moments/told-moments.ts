import type { FeedEvent } from '../../../domain/feed-event.ts'
import { createNbaMomentState, nbaMoment } from '../nba/nba-moments.ts'
import type { NbaMomentState } from '../nba/nba-moments.ts'
import { createNflMomentState, nflMoments } from '../nfl/nfl-moments.ts'
import type { NflMomentState } from '../nfl/nfl-moments.ts'
import { createSoccerMomentState, soccerMoment } from '../soccer/soccer-moments.ts'
import type { SoccerMomentState } from '../soccer/soccer-moments.ts'
import type { Moment } from './moment.ts'

/** What rules over moments remember, whatever the sport. Plain JSON. */
export interface MomentState {
  nfl: NflMomentState
  nba: NbaMomentState
  soccer: SoccerMomentState
}

export function createMomentState(): MomentState {
  return { nfl: createNflMomentState(), nba: createNbaMomentState(), soccer: createSoccerMomentState() }
}

/** Sports of two sides and a score. */
export type GameSport = 'nfl' | 'nba' | 'soccer'

/** The moments that an event closes, in order; none for events that move no score, clock or ball. */
export function momentsOf(event: FeedEvent, state: MomentState): { sport: GameSport; moment: Moment }[] {
  const kicked = soccerMoment(event, state.soccer)
  if (kicked !== null) return [{ sport: 'soccer', moment: kicked.moment }]
  if (event.kind === 'match' && event.match.sport === 'nba') nbaMoment(event, state.nba)
  if (event.kind === 'nba-action') {
    const told = nbaMoment(event, state.nba)
    return told === null ? [] : [{ sport: 'nba', moment: told.moment }]
  }
  return nflMoments(event, state.nfl).map(({ moment }) => ({ sport: 'nfl', moment }))
}
