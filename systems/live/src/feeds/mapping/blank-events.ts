import { noResults } from '../../domain/nfl-results.ts'
import type { FeedMapping } from './mapping-schema.ts'

type Kind = FeedMapping['events'][number]['kind']

/** What an event holds where a mapping says nothing; fields that are not here must be mapped. */
export const blankEvents: Readonly<Record<Kind, Record<string, unknown>>> = {
  'nfl-play': {
    situation: { down: null, yardsToGo: null, yardsToGoal: null, homeTimeouts: null, awayTimeouts: null },
    yardsGained: null,
    results: noResults,
    players: [],
    description: '',
  },
  'nba-action': {
    subType: '',
    side: null,
    playerId: null,
    playerName: null,
    otherPlayers: [],
    isMade: null,
    points: 0,
    possession: null,
    x: null,
    y: null,
    description: '',
  },
  'race-telemetry': {
    lapFraction: 0,
    throttle: null,
    brake: null,
    rpm: null,
    gear: null,
    fuelLitres: null,
    onPitRoad: false,
    flag: 'none',
  },
  'race-lap': { lapSeconds: null, position: null },
  'race-pit': {
    outSeconds: null,
    stopSeconds: null,
    stopType: '',
    tiresChanged: null,
    fuelAddedLitres: null,
    flag: 'none',
  },
  'race-flag': { elapsedSeconds: 0, comment: null },
  'race-note': { flag: 'none', carIds: [] },
  'match-end': { homeScore: null, awayScore: null, order: null },
}
