import type { Side } from '../../domain/match.ts'
import { otherSide } from '../../domain/match.ts'
import { createPossession } from '../nba/possession.ts'
import { pointsOf } from '../nba/cdn-action.ts'
import { isDefensive } from '../nba/stats-action.ts'
import { playTypeFromWords } from '../nfl/play-words.ts'
import type { JsonObject } from '../read-source.ts'
import { isObject } from '../read-source.ts'
import type { MappedMatch } from './mapped-state.ts'
import { carOf } from './standing.ts'

const sideOf = (value: unknown): Side | null => (value === 'home' || value === 'away' ? value : null)
const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null)

/** Fills what a mapping left out and the events before it, or the rules of play, tell; notes what it tells itself. */
export function completeEvent(event: JsonObject, match: MappedMatch, row: string): void {
  if (event['kind'] === 'nba-action') completeAction(event, match, row)
  else if (event['kind'] === 'soccer-action') completeSoccer(event, match, row)
  else if (event['kind'] === 'nfl-play') completePlay(event, match, row)
  else if (event['kind'] === 'match-end') completeEnd(event, match)
  else if (String(event['kind']).startsWith('race-')) completeRace(event, match)
}

function completeAction(event: JsonObject, match: MappedMatch, row: string): void {
  const actionType = String(event['actionType'])
  const side = sideOf(event['side'])
  event['actionId'] ??= row
  const isShot = actionType === '2pt' || actionType === '3pt' || actionType === 'freethrow'
  if (event['isMade'] === null && isShot && event['points'] !== undefined)
    event['isMade'] = Number(event['points']) > 0
  event['points'] ??= pointsOf(actionType, event['isMade'] as boolean | null)
  if (isShot && side !== null) match.lastShooter = side
  if (actionType === 'rebound' && event['subType'] === '' && side !== null)
    event['subType'] = isDefensive(side, match.lastShooter) ? 'defensive' : 'offensive'
  if (side !== null) match.scores[side] += Number(event['points'])
  match.scores.home = numberOf(event['homeScore']) ?? match.scores.home
  match.scores.away = numberOf(event['awayScore']) ?? match.scores.away
  event['homeScore'] ??= match.scores.home
  event['awayScore'] ??= match.scores.away
  const ball = createPossession(match.possession)(
    {
      actionType,
      subType: String(event['subType']),
      side,
      isMade: event['isMade'] as boolean | null,
      description: String(event['description']),
    },
    match.period,
  )
  event['possession'] ??= ball
}

/** A mapping may give the score, or what the goals are: then they are counted. */
function completeSoccer(event: JsonObject, match: MappedMatch, row: string): void {
  const side = sideOf(event['side'])
  event['actionId'] ??= row
  const shot = isObject(event['shot']) ? event['shot'] : null
  if (shot) event['shot'] = { bodyPart: 'foot', situation: 'open-play', assist: 'none', ...shot }
  if (side !== null && match.period <= 4) {
    if (shot?.['outcome'] === 'goal') match.scores[side]++
    if (event['type'] === 'own-goal') match.scores[otherSide(side)]++
  }
  match.scores.home = numberOf(event['homeScore']) ?? match.scores.home
  match.scores.away = numberOf(event['awayScore']) ?? match.scores.away
  event['homeScore'] ??= match.scores.home
  event['awayScore'] ??= match.scores.away
}

function completePlay(event: JsonObject, match: MappedMatch, row: string): void {
  const situation = isObject(event['situation']) ? event['situation'] : {}
  const possession = sideOf(situation['possession']) ?? match.side
  match.side = possession
  const down = situation['down'] === 0 ? null : (situation['down'] ?? null)
  event['situation'] = {
    playId: row,
    homeScore: match.scores.home,
    awayScore: match.scores.away,
    ...Object.fromEntries(Object.entries(situation).filter(([, value]) => value !== undefined)),
    possession,
    down,
    yardsToGo: down === null ? null : (situation['yardsToGo'] ?? null),
  }
  event['playType'] ??= playTypeFromWords(String(event['description']))
  match.scores.home = numberOf(event['homeScoreAfter']) ?? match.scores.home
  match.scores.away = numberOf(event['awayScoreAfter']) ?? match.scores.away
  event['homeScoreAfter'] ??= match.scores.home
  event['awayScoreAfter'] ??= match.scores.away
  const results = isObject(event['results']) ? event['results'] : {}
  if (event['playType'] === 'sack') event['results'] = { ...results, sack: true }
}

function completeEnd(event: JsonObject, match: MappedMatch): void {
  if (match.match?.sport === 'race') return
  event['homeScore'] ??= match.scores.home
  event['awayScore'] ??= match.scores.away
}

function completeRace(event: JsonObject, match: MappedMatch): void {
  const { standing } = match
  const flag = event['flag']
  if (event['kind'] === 'race-flag') {
    event['lap'] ??= standing.lap
    if (typeof flag === 'string') standing.flag = flag as typeof standing.flag
    return
  }
  if (event['kind'] === 'race-note') event['lap'] ??= standing.lap
  if (event['kind'] === 'race-pit' && typeof event['carId'] === 'string') {
    if (flag === 'none') event['flag'] = standing.flag
    carOf(standing, event['carId']).pitStops++
  }
}
