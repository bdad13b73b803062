import type { NbaAction } from '../../domain/feed-event.ts'
import type { Side } from '../../domain/match.ts'
import type { JsonObject } from '../read-source.ts'
import { numberOf, textOf } from '../read-source.ts'

/** Fields of an action that name a second player, and his part. */
const otherPlayerFields = [
  ['assistPersonId', 'assistPlayerNameInitial', 'assist', true],
  ['blockPersonId', 'blockPlayerName', 'blocker', false],
  ['stealPersonId', 'stealPlayerName', 'stealer', false],
  ['foulDrawnPersonId', 'foulDrawnPlayerName', 'fouled', false],
  ['jumpBallWonPersonId', 'jumpBallWonPlayerName', 'jump-won', null],
  ['jumpBallLostPersonId', 'jumpBallLostPlayerName', 'jump-lost', null],
] as const

const pointsByType: Readonly<Record<string, number>> = { '2pt': 2, '3pt': 3, freethrow: 1 }

/** Points of a made shot by the action's type. */
export const pointsOf = (actionType: string, isMade: boolean | null): number =>
  isMade === true ? (pointsByType[actionType] ?? 0) : 0

/** The action of a CDN record, without its possession. Coordinates are shares of the court in percent; ours are feet. */
export function cdnAction(record: JsonObject, side: Side | null): Omit<NbaAction, 'possession'> {
  const actionType = textOf(record['actionType'])
  const result = textOf(record['shotResult'])
  const isMade = result === 'Made' ? true : result === 'Missed' ? false : null
  const personId = numberOf(record['personId'])
  const player = personId !== null && personId > 0 ? String(personId) : null
  const x = numberOf(record['x'])
  const y = numberOf(record['y'])
  const opposite: Side | null = side === null ? null : side === 'home' ? 'away' : 'home'
  const otherPlayers: NbaAction['otherPlayers'] = []
  for (const [idField, nameField, role, isSameSide] of otherPlayerFields) {
    const id = textOf(record[idField])
    if (id === '' || id === '0') continue
    const theirs = isSameSide === null ? null : isSameSide ? side : opposite
    otherPlayers.push({ id, name: textOf(record[nameField]) || id, role, side: theirs })
  }
  return {
    kind: 'nba-action',
    actionId: textOf(record['actionNumber']),
    actionType,
    subType: textOf(record['subType']),
    side,
    playerId: player,
    playerName:
      player === null ? null : textOf(record['playerNameI']) || textOf(record['playerName']) || null,
    otherPlayers,
    isMade,
    points: pointsOf(actionType, isMade),
    homeScore: numberOf(record['scoreHome']) ?? 0,
    awayScore: numberOf(record['scoreAway']) ?? 0,
    x: x === null ? null : x * 0.94,
    y: y === null ? null : y * 0.5,
    description: textOf(record['description']),
  }
}

/** Why a record is no action; null when it is one. */
export function cdnFault(record: JsonObject): string | null {
  if (textOf(record['actionNumber']) === '') return '"actionNumber" is missing.'
  if (textOf(record['actionType']) === '') return '"actionType" is missing.'
  const period = numberOf(record['period'])
  if (period === null || !Number.isInteger(period) || period < 1 || period > 20)
    return `"period" is ${JSON.stringify(record['period'])}, expected 1 to 4, or 5 and more for overtime.`
  for (const field of ['scoreHome', 'scoreAway'] as const) {
    const score = numberOf(record[field])
    if (score === null || score < 0)
      return `"${field}" is ${JSON.stringify(record[field])}, expected a score.`
  }
  return null
}
