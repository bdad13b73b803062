import type { FeedEvent, NflPlay, NflPlayType, NflSituation } from '../../../src/domain/feed-event.ts'
import { noResults } from '../../../src/domain/nfl-results.ts'

type PlayEvent = NflPlay & { matchId: string; clocks: FeedEvent['clocks']; sourceRef: string }

export interface MadePlay {
  period: number
  secondsLeft: number
  playType: NflPlayType
  situation?: Partial<NflSituation>
  yardsGained?: number
  homeScoreAfter?: number
  awayScoreAfter?: number
  results?: Partial<NflPlay['results']>
}

/** A play of a made game; its id is its number, its wall clock a minute a play. */
export function nflPlay(number: number, made: MadePlay): PlayEvent {
  const situation: NflSituation = {
    playId: String(number),
    possession: 'home',
    down: 1,
    yardsToGo: 10,
    yardsToGoal: 75,
    homeScore: 0,
    awayScore: 0,
    homeTimeouts: 3,
    awayTimeouts: 3,
    ...made.situation,
  }
  return {
    kind: 'nfl-play',
    situation,
    playType: made.playType,
    yardsGained: made.yardsGained ?? 0,
    homeScoreAfter: made.homeScoreAfter ?? situation.homeScore,
    awayScoreAfter: made.awayScoreAfter ?? situation.awayScore,
    results: { ...noResults, ...made.results },
    players: [],
    description: `play ${number}`,
    matchId: 'made',
    clocks: {
      eventTimeMs: number * 60_000,
      eventTimeFrom: 'wall',
      game: { period: made.period, secondsLeft: made.secondsLeft },
      smpte: null,
    },
    sourceRef: `made#${number}`,
  }
}

export const madeMatch = {
  kind: 'match' as const,
  match: {
    id: 'made',
    sport: 'nfl' as const,
    title: 'Reds at Blues',
    home: { id: 'BLU', abbreviation: 'BLU', name: 'Blues', colour: null },
    away: { id: 'RED', abbreviation: 'RED', name: 'Reds', colour: null },
    homeSpread: null,
    race: null,
  },
  matchId: 'made',
  clocks: { eventTimeMs: 0, eventTimeFrom: 'wall' as const, game: null, smpte: null },
  sourceRef: 'made#0',
}
