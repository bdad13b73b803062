import type { SoccerAction, SoccerActionType, SoccerShot } from '../../domain/feed-event.ts'
import type { Side } from '../../domain/match.ts'
import type { JsonObject } from '../read-source.ts'
import { isObject, numberOf, textOf } from '../read-source.ts'
import { placeOf, providerLines } from './pitch.ts'
import type { RowOfRecord } from './soccer-row.ts'
import { cardRow } from './soccer-row.ts'

/** Types of the open data specification in ours; those that are not here tell nothing of the ball or the referee. */
const types: Readonly<Record<string, SoccerActionType>> = {
  Pass: 'pass',
  Shot: 'shot',
  'Own Goal Against': 'own-goal',
  'Goal Keeper': 'defence',
  'Foul Committed': 'foul',
  'Bad Behaviour': 'card',
  Offside: 'offside',
  Substitution: 'substitution',
  Duel: 'duel',
  '50/50': 'duel',
  Dribble: 'touch',
  Carry: 'touch',
  'Ball Recovery': 'defence',
  Interception: 'defence',
  Clearance: 'defence',
  Block: 'defence',
  Miscontrol: 'touch',
  'Injury Stoppage': 'stoppage',
  'Referee Ball-Drop': 'stoppage',
  'Half Start': 'period-start',
  'Half End': 'period-end',
}

const passTypes: Readonly<Record<string, SoccerActionType>> = {
  Corner: 'corner',
  'Free Kick': 'free-kick',
  'Throw-in': 'throw-in',
  'Goal Kick': 'goal-kick',
}

const outcomes: Readonly<Record<string, SoccerShot['outcome']>> = {
  Goal: 'goal',
  Saved: 'saved',
  'Saved to Post': 'saved',
  'Saved Off Target': 'saved',
  Blocked: 'blocked',
  Post: 'post',
}

const cards: Readonly<Record<string, NonNullable<SoccerAction['card']>>> = {
  'Yellow Card': 'yellow',
  'Second Yellow': 'second-yellow',
  'Red Card': 'red',
}

const partOf = (record: JsonObject, field: string): JsonObject => {
  const value = record[field]
  return isObject(value) ? value : {}
}
const nameAt = (record: JsonObject, field: string): string => textOf(partOf(record, field)['name'])

/** Seconds of `00:12:34.567`, which begins anew with each period. */
function secondsOf(timestamp: string): number | null {
  const found = /^(\d{2}):(\d{2}):(\d{2}(?:\.\d+)?)$/.exec(timestamp)
  return found ? Number(found[1]) * 3600 + Number(found[2]) * 60 + Number(found[3]) : null
}

export function statsbombTime(record: JsonObject): { period: number; seconds: number } {
  return {
    period: numberOf(record['period']) ?? 1,
    seconds: secondsOf(textOf(record['timestamp'])) ?? 0,
  }
}

/** Why a record is no event; null when it is one. */
export function statsbombFault(record: JsonObject): string | null {
  if (textOf(record['id']) === '') return '"id" is missing.'
  if (nameAt(record, 'type') === '') return '"type" is missing.'
  const period = numberOf(record['period'])
  if (period === null || !Number.isInteger(period) || period < 1 || period > 5)
    return `"period" is ${JSON.stringify(record['period'])}, expected 1 to 5.`
  return secondsOf(textOf(record['timestamp'])) === null
    ? `"timestamp" is ${JSON.stringify(record['timestamp'])}, expected hours, minutes and seconds such as 00:12:34.567.`
    : null
}

function shotOf(shot: JsonObject): RowOfRecord['shot'] {
  const type = nameAt(shot, 'type')
  const body = nameAt(shot, 'body_part')
  return {
    outcome: outcomes[nameAt(shot, 'outcome')] ?? 'off-target',
    bodyPart: body === 'Head' ? 'head' : body === 'Other' ? 'other' : 'foot',
    ...(type === 'Penalty' ? { situation: 'penalty' as const } : {}),
    ...(type === 'Free Kick' ? { situation: 'direct-free-kick' as const } : {}),
  }
}

/** The rows of an event, none where it tells nothing of the ball or the referee. */
export function statsbombRow(record: JsonObject, side: Side | null): RowOfRecord[] {
  const name = nameAt(record, 'type')
  const pass = partOf(record, 'pass')
  const goalKeeper = nameAt(partOf(record, 'goalkeeper'), 'type')
  const isSave = /Saved/.test(goalKeeper)
  const type = isSave ? 'save' : (passTypes[nameAt(pass, 'type')] ?? types[name])
  if (type === undefined) return []
  const location = Array.isArray(record['location']) ? (record['location'] as unknown[]) : []
  const [x, y] = [numberOf(location[0]), numberOf(location[1])]
  const player = partOf(record, 'player')
  const isMatchRow = type === 'period-start' || type === 'period-end'
  const replacement = partOf(partOf(record, 'substitution'), 'replacement')
  const isSubstitution = type === 'substitution' && textOf(replacement['id']) !== ''
  const off = { id: textOf(player['id']), name: textOf(player['name']), role: 'off', side }
  const who = isSubstitution ? replacement : player
  const row: RowOfRecord = {
    actionId: isMatchRow ? `${type}-${numberOf(record['period'])}` : textOf(record['id']),
    ...statsbombTime(record),
    type,
    subType: goalKeeper || nameAt(pass, 'type') || name,
    side: isMatchRow ? null : side,
    playerId: isMatchRow ? null : textOf(who['id']) || null,
    playerName: isMatchRow ? null : textOf(who['name']) || null,
    otherPlayers: isSubstitution ? [off] : [],
    // A pass without an outcome arrived.
    isSuccessful: name === 'Pass' ? nameAt(pass, 'outcome') === '' : null,
    isCross: pass['cross'] === true,
    isThroughBall: pass['through_ball'] === true || nameAt(pass, 'technique') === 'Through Ball',
    ...(x === null || y === null ? {} : placeOf(providerLines.statsbomb, x, y)),
    ...(type === 'shot' ? { shot: shotOf(partOf(record, 'shot')) } : {}),
  }
  const card =
    cards[nameAt(partOf(record, 'foul_committed'), 'card')] ??
    cards[nameAt(partOf(record, 'bad_behaviour'), 'card')]
  const rows = type === 'card' ? [] : [row]
  if (card !== undefined) rows.push(cardRow(row, card))
  // A pass to a player who is offside is told as its outcome.
  if (nameAt(pass, 'outcome') === 'Pass Offside')
    rows.push({ ...row, actionId: `${row.actionId}-offside`, type: 'offside', subType: 'Pass Offside' })
  return rows
}
