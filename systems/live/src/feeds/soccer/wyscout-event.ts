import type { SoccerAction, SoccerActionType, SoccerShot } from '../../domain/feed-event.ts'
import type { JsonObject } from '../read-source.ts'
import { isObject, numberOf, textOf } from '../read-source.ts'
import { placeOf, providerLines } from './pitch.ts'
import { cardRow } from './soccer-row.ts'
import type { RowOfRecord, WyscoutNames } from './soccer-row.ts'
import { modernFault, modernRow } from './wyscout-v3-event.ts'

const periods: Readonly<Record<string, number>> = { '1H': 1, '2H': 2, E1: 3, E2: 4, '1E': 3, '2E': 4, P: 5 }

/** 1 and 2 for the halves, 3 and 4 in extra time, 5 in a shoot-out; null where the event names none. */
export const wyscoutPeriod = (record: JsonObject): number | null =>
  periods[textOf(record['matchPeriod'])] ?? null

/** Sub-event ids of Wyscout's version 2 (its glossary) in our types. */
const types: Readonly<Record<number, SoccerActionType>> = {
  20: 'foul',
  21: 'foul',
  22: 'card',
  23: 'foul',
  24: 'card',
  25: 'foul',
  26: 'foul',
  27: 'foul',
  30: 'corner',
  31: 'free-kick',
  32: 'free-kick',
  34: 'goal-kick',
  36: 'throw-in',
  50: 'stoppage',
  51: 'stoppage',
  70: 'touch',
  71: 'defence',
  72: 'touch',
  90: 'save',
  91: 'save',
}

/** Where no sub-event says more, the event's id does. */
const typesOfEvents: Readonly<Record<number, SoccerActionType>> = {
  1: 'duel',
  2: 'foul',
  3: 'free-kick',
  4: 'defence',
  5: 'stoppage',
  6: 'offside',
  7: 'touch',
  8: 'pass',
  9: 'save',
}

const sub = { directFreeKick: 33, penalty: 35, cross: 80, freeKickCross: 32, smartPass: 86, shot: 100 }
const tag = {
  goal: 101,
  ownGoal: 102,
  head: 403,
  through: 901,
  red: 1701,
  yellow: 1702,
  secondYellow: 1703,
  accurate: 1801,
  inaccurate: 1802,
  blocked: 2101,
}
const isPost = (id: number): boolean => id >= 1217 && id <= 1223

const tagsOf = (record: JsonObject): Set<number> =>
  new Set(
    (Array.isArray(record['tags']) ? (record['tags'] as unknown[]) : []).flatMap((one) => {
      const id = isObject(one) ? numberOf(one['id']) : null
      return id === null ? [] : [id]
    }),
  )

/** Id of an event or sub-event; some exports write it where the name should be. */
const idOf = (record: JsonObject, field: string): number | null =>
  numberOf(record[`${field}Id`]) ?? numberOf(record[`${field}Name`])

function outcomeOf(tags: ReadonlySet<number>): SoccerShot['outcome'] {
  if (tags.has(tag.goal)) return 'goal'
  if (tags.has(tag.blocked)) return 'blocked'
  if ([...tags].some(isPost)) return 'post'
  return tags.has(tag.accurate) ? 'saved' : 'off-target'
}

const cardOf = (tags: ReadonlySet<number>): SoccerAction['card'] =>
  tags.has(tag.secondYellow)
    ? 'second-yellow'
    : tags.has(tag.red)
      ? 'red'
      : tags.has(tag.yellow)
        ? 'yellow'
        : null

/** Why a record is no event; null when it is one. */
export function wyscoutFault(record: JsonObject): string | null {
  if (textOf(record['id']) === '') return '"id" is missing.'
  if (wyscoutPeriod(record) === null)
    return `"matchPeriod" is ${JSON.stringify(record['matchPeriod'])}, expected 1H, 2H, E1, E2 or P.`
  if (isObject(record['type'])) return modernFault(record)
  const seconds = numberOf(record['eventSec'])
  if (seconds === null || seconds < 0)
    return `"eventSec" is ${JSON.stringify(record['eventSec'])}, expected seconds since the period began.`
  return idOf(record, 'event') === null ? '"eventId" is missing.' : null
}

/** What a record tells, one row or two: a card is its own row after the foul that it was for. */
export function wyscoutRow(record: JsonObject, names: WyscoutNames): RowOfRecord[] {
  const period = wyscoutPeriod(record) ?? 1
  if (isObject(record['type'])) return modernRow(record, period, names)
  const event = idOf(record, 'event') ?? 0
  const subEvent = idOf(record, 'subEvent') ?? 0
  const tags = tagsOf(record)
  const playerId = textOf(record['playerId'])
  const isShot = event === 10 || subEvent === sub.directFreeKick || subEvent === sub.penalty
  // The tag of an own goal stands on the touch; its goalkeeper's dive for it is a save attempt with the tag of a goal.
  const isOwnGoal = tags.has(tag.ownGoal) && event !== 9
  const type = isOwnGoal ? 'own-goal' : isShot ? 'shot' : (types[subEvent] ?? typesOfEvents[event] ?? 'other')
  const [place] = Array.isArray(record['positions']) ? (record['positions'] as unknown[]) : []
  const [x, y] = isObject(place) ? [numberOf(place['x']), numberOf(place['y'])] : [null, null]
  const card = cardOf(tags)
  const row: RowOfRecord = {
    actionId: textOf(record['id']),
    period,
    seconds: numberOf(record['eventSec']) ?? 0,
    type,
    subType: textOf(record['subEventName']) || textOf(record['eventName']),
    side: names.side(textOf(record['teamId'])),
    playerId: playerId === '' || playerId === '0' ? null : playerId,
    playerName: names.player.get(playerId) ?? null,
    isSuccessful: tags.has(tag.accurate) ? true : tags.has(tag.inaccurate) ? false : null,
    card: type === 'card' ? (card ?? null) : null,
    isCross: subEvent === sub.cross || subEvent === sub.freeKickCross,
    isThroughBall: tags.has(tag.through) || subEvent === sub.smartPass,
    ...(x === null || y === null ? {} : placeOf(providerLines.wyscout, x, y)),
    ...(isShot && !isOwnGoal
      ? {
          shot: {
            outcome: outcomeOf(tags),
            bodyPart: tags.has(tag.head) ? ('head' as const) : ('foot' as const),
            ...(subEvent === sub.penalty ? { situation: 'penalty' as const } : {}),
            ...(subEvent === sub.directFreeKick ? { situation: 'direct-free-kick' as const } : {}),
          },
        }
      : {}),
  }
  if (card === null || type === 'card') return [row]
  return [row, { ...cardRow(row, card) }]
}
