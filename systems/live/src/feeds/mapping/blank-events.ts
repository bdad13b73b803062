import { noResults } from '../../domain/nfl-results.ts'

/** Kinds of events that a mapping can make. `race-position` is no event: it only moves a car in the standing. */
export const mappableKinds = [
  'nfl-play',
  'nba-action',
  'soccer-action',
  'race-telemetry',
  'race-lap',
  'race-pit',
  'race-flag',
  'race-note',
  'race-position',
  'match-end',
] as const

export type MappableKind = (typeof mappableKinds)[number]

/** What an event holds where a mapping says nothing; fields that are not here must be mapped. */
export const blankEvents: Readonly<Record<MappableKind, Record<string, unknown>>> = {
  'nfl-play': {
    situation: {
      down: null,
      yardsToGo: null,
      yardsToGoal: null,
      homeTimeouts: null,
      awayTimeouts: null,
    },
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
    x: null,
    y: null,
    description: '',
  },
  'soccer-action': {
    subType: '',
    side: null,
    playerId: null,
    playerName: null,
    otherPlayers: [],
    isSuccessful: null,
    shot: null,
    card: null,
    addedMinutes: null,
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
  'race-flag': { comment: null },
  'race-note': { flag: 'none', carIds: [] },
  'race-position': {},
  'match-end': { homeScore: null, awayScore: null, order: null },
}
