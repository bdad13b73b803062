import type { SoccerAction, SoccerActionType, SoccerShot } from '../../domain/feed-event.ts'
import type { Side } from '../../domain/match.ts'
import { periodSeconds } from '../clocks/game-clock.ts'
import type { JsonObject } from '../read-source.ts'
import { isObject, numberOf, textOf } from '../read-source.ts'
import { placeOf, providerLines } from './pitch.ts'
import type { RowOfRecord } from './soccer-row.ts'

/** Opta's type ids (its event definitions) in our types; ids that are not here tell nothing of ball or referee. */
const types: Readonly<Record<number, SoccerActionType>> = {
  1: 'pass',
  2: 'offside',
  3: 'touch',
  4: 'foul',
  5: 'stoppage',
  7: 'duel',
  8: 'defence',
  10: 'save',
  11: 'defence',
  12: 'defence',
  13: 'shot',
  14: 'shot',
  15: 'shot',
  16: 'shot',
  17: 'card',
  19: 'substitution',
  27: 'stoppage',
  30: 'period-end',
  32: 'period-start',
  41: 'defence',
  44: 'duel',
  45: 'duel',
  49: 'defence',
  50: 'touch',
  52: 'defence',
  54: 'defence',
  59: 'defence',
  61: 'touch',
  70: 'added-time',
}
const playerOff = 18

/** Qualifiers that we read. */
const has = {
  cross: 2,
  throughBall: 4,
  freeKick: 5,
  corner: 6,
  penalty: 9,
  head: 15,
  otherPart: 21,
  directFreeKick: 26,
  ownGoal: 28,
  yellow: 31,
  secondYellow: 32,
  red: 33,
  blocked: 82,
  outfieldBlock: 94,
  throwIn: 107,
  goalKick: 124,
  addedMinutes: 277,
}

type Off = Partial<Record<Side, SoccerAction['otherPlayers'][number] & { side: Side }>>

const isPeriod = (period: number | null): period is number => period !== null && period >= 1 && period <= 5

/** Why a record is no event; null when it is one. */
export function optaFault(record: JsonObject): string | null {
  if (textOf(record['id']) === '') return '"id" is missing.'
  if (numberOf(record['typeId']) === null) return '"typeId" is missing.'
  if (numberOf(record['periodId']) === null) return '"periodId" is missing.'
  const [minute, second] = [numberOf(record['timeMin']), numberOf(record['timeSec'])]
  return minute === null || second === null || minute < 0 || minute > 200
    ? '"timeMin" and "timeSec" must be the minute and second of the match.'
    : null
}

function qualifiersOf(record: JsonObject): ReadonlyMap<number, string> {
  const list = Array.isArray(record['qualifier']) ? (record['qualifier'] as unknown[]) : []
  return new Map(
    list.flatMap((one) => {
      const id = isObject(one) ? numberOf(one['qualifierId']) : null
      return id === null || !isObject(one) ? [] : [[id, textOf(one['value'])] as const]
    }),
  )
}

/** Minutes run on from half to half: the second begins at 45. */
function secondsIn(period: number, record: JsonObject): number {
  let before = 0
  for (let each = 1; each < period; each++) before += periodSeconds('soccer', each)
  const seconds = (numberOf(record['timeMin']) ?? 0) * 60 + (numberOf(record['timeSec']) ?? 0)
  // A shoot-out has no clock: its kicks stand at the minute at which play ended.
  return Math.max(0, seconds - before)
}

function passType(marks: ReadonlyMap<number, string>): SoccerActionType {
  if (marks.has(has.corner)) return 'corner'
  if (marks.has(has.freeKick)) return 'free-kick'
  if (marks.has(has.throwIn)) return 'throw-in'
  return marks.has(has.goalKick) ? 'goal-kick' : 'pass'
}

function shotOf(typeId: number, marks: ReadonlyMap<number, string>): RowOfRecord['shot'] {
  const outcome: SoccerShot['outcome'] =
    typeId === 16
      ? 'goal'
      : typeId === 14
        ? 'post'
        : typeId === 13
          ? 'off-target'
          : marks.has(has.blocked)
            ? 'blocked'
            : 'saved'
  return {
    outcome,
    bodyPart: marks.has(has.head) ? 'head' : marks.has(has.otherPart) ? 'other' : 'foot',
    ...(marks.has(has.penalty) ? { situation: 'penalty' as const } : {}),
    ...(marks.has(has.directFreeKick) ? { situation: 'direct-free-kick' as const } : {}),
  }
}

const cardOf = (marks: ReadonlyMap<number, string>): SoccerAction['card'] =>
  marks.has(has.red)
    ? 'red'
    : marks.has(has.secondYellow)
      ? 'second-yellow'
      : marks.has(has.yellow)
        ? 'yellow'
        : null

/** The row of an event, none where it tells nothing. `off` keeps who went off last, for whoever comes on. */
export function optaRow(record: JsonObject, sideOf: (id: string) => Side | null, off: Off): RowOfRecord[] {
  const typeId = numberOf(record['typeId']) ?? 0
  const period = numberOf(record['periodId'])
  const side = sideOf(textOf(record['contestantId']))
  const player = { id: textOf(record['playerId']), name: textOf(record['playerName']) }
  if (typeId === playerOff && side !== null) off[side] = { ...player, role: 'off', side }
  const known = types[typeId]
  if (known === undefined || !isPeriod(period)) return []
  const isSuccessful = numberOf(record['outcome']) === 1
  // Both sides tell of a foul: who was fouled has outcome 1.
  if (known === 'foul' && isSuccessful) return []
  const marks = qualifiersOf(record)
  const isMark = known === 'period-start' || known === 'period-end' || known === 'added-time'
  const isOwnGoal = typeId === 16 && marks.has(has.ownGoal)
  const isBlock = known === 'save' && marks.has(has.outfieldBlock)
  const type = isOwnGoal ? 'own-goal' : isBlock ? 'defence' : known === 'pass' ? passType(marks) : known
  const [x, y] = [numberOf(record['x']), numberOf(record['y'])]
  const wentOff = type === 'substitution' && side !== null ? off[side] : undefined
  return [
    {
      actionId: isMark ? `${type}-${period}` : textOf(record['id']),
      period,
      seconds: secondsIn(period, record),
      type,
      subType: String(typeId),
      side: isMark ? null : side,
      playerId: isMark ? null : player.id || null,
      playerName: isMark ? null : player.name || null,
      otherPlayers: wentOff ? [wentOff] : [],
      isSuccessful: known === 'pass' || known === 'duel' || known === 'touch' ? isSuccessful : null,
      card: type === 'card' ? cardOf(marks) : null,
      addedMinutes: type === 'added-time' ? numberOf(marks.get(has.addedMinutes)) : null,
      isCross: marks.has(has.cross),
      isThroughBall: marks.has(has.throughBall),
      // Opta counts its width from the right.
      ...(x === null || y === null || isMark ? {} : placeOf(providerLines.opta, x, 100 - y)),
      ...(type === 'shot' ? { shot: shotOf(typeId, marks) } : {}),
    },
  ]
}
