import type { FeedEvent } from '../domain/feed-event.ts'
import type { Match, Sport } from '../domain/match.ts'
import { defineRule } from '../domain/rule.ts'
import { createNbaTagState, nbaMoments } from './nba-tags.ts'
import type { NbaTagState } from './nba-tags.ts'
import { createNflTagState, nflMoments } from './nfl-tags.ts'
import type { NflTagState } from './nfl-tags.ts'
import { createRaceTagState, raceMoments } from './race-tags.ts'
import type { RaceTagState } from './race-tags.ts'
import { nameOf } from './score-tags.ts'
import { createSoccerTagState, soccerMoments } from './soccer-tags.ts'
import type { SoccerTagState } from './soccer-tags.ts'
import { draftTag } from './tagger.ts'
import type { Moment } from './tagger.ts'

interface EventsState {
  nfl: NflTagState
  nba: NbaTagState
  race: RaceTagState
  soccer: SoccerTagState
  /** The first event of the match was tagged. */
  hasStarted: boolean
}

function endText(event: FeedEvent & { kind: 'match-end' }, match: Match | null, state: EventsState): string {
  const { homeScore, awayScore, order } = event
  if (homeScore !== null && awayScore !== null && match?.sport === 'soccer')
    return `Full-time: ${nameOf(match, 'home')} ${homeScore}, ${nameOf(match, 'away')} ${awayScore}.`
  if (homeScore !== null && awayScore !== null)
    return `Final: ${nameOf(match, 'away')} ${awayScore}, ${nameOf(match, 'home')} ${homeScore}.`
  const winner = order?.[0]
  return winner === undefined ? 'The match is over.' : `${state.race.names[winner] ?? `Car ${winner}`} wins.`
}

function matchMoment(type: 'match.start' | 'match.end', text: string, event: FeedEvent): Moment {
  const scores = event.kind === 'match-end' ? event : { homeScore: null, awayScore: null }
  const { homeScore, awayScore } = scores
  return { type, occasion: 'match', text, actors: [], homeScore, awayScore, source: 'feed' }
}

function momentsOf(event: FeedEvent, state: EventsState, match: Match | null): Moment[] {
  switch (event.kind) {
    case 'match':
      if (state.hasStarted) return []
      state.hasStarted = true
      return [matchMoment('match.start', event.match.title, event)]
    case 'match-end':
      return [matchMoment('match.end', endText(event, match, state), event)]
    case 'nfl-play':
      return nflMoments(event, state.nfl, match)
    case 'nba-action':
      return nbaMoments(event, state.nba, match)
    case 'soccer-action':
      return soccerMoments(event, state.soccer, match)
    case 'race-state':
    case 'race-flag':
    case 'race-pit':
    case 'race-note':
    case 'race-lap':
      return raceMoments(event, state.race)
    default:
      return []
  }
}

const sports: readonly Sport[] = ['nfl', 'nba', 'soccer']

const sportOf = (event: FeedEvent, match: Match | null): Sport =>
  event.kind === 'match'
    ? event.match.sport
    : (match?.sport ?? sports.find((sport) => event.kind.startsWith(sport)) ?? 'race')

/**
 * Event detection and classification: every play, action, stop and flag gets its tag in the one taxonomy as the feed
 * states it, and moments that no feed states (lead changes, runs, drives, the red zone, clutch shots) are found.
 */
export const eventsRule = defineRule<EventsState>({
  name: 'events',
  version: 2,
  sports: ['nfl', 'nba', 'race', 'soccer'],
  create: () => ({
    nfl: createNflTagState(),
    nba: createNbaTagState(),
    race: createRaceTagState(),
    soccer: createSoccerTagState(),
    hasStarted: false,
  }),
  onEvent(event, state, say) {
    const sport = sportOf(event, say.match)
    for (const moment of momentsOf(event, state, say.match)) say.tag(draftTag(event, sport, moment))
  },
})
