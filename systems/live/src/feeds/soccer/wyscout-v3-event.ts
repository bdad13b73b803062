import type { SoccerAction, SoccerActionType, SoccerShot } from '../../domain/feed-event.ts'
import { otherSide } from '../../domain/match.ts'
import type { JsonObject } from '../read-source.ts'
import { isObject, numberOf, textOf } from '../read-source.ts'
import { periodSeconds } from '../clocks/game-clock.ts'
import { placeOf, providerLines } from './pitch.ts'
import type { RowOfRecord, WyscoutNames } from './soccer-row.ts'
import { cardRow } from './soccer-row.ts'

/** Primary types of Wyscout's version 3 (its API's documentation) in ours. */
const types: Readonly<Record<string, SoccerActionType>> = {
  pass: 'pass',
  shot: 'shot',
  penalty: 'shot',
  postmatch_penalty: 'shot',
  own_goal: 'own-goal',
  shot_against: 'save',
  duel: 'duel',
  touch: 'touch',
  acceleration: 'touch',
  interception: 'defence',
  clearance: 'defence',
  goalkeeper_exit: 'defence',
  infraction: 'foul',
  offside: 'offside',
  corner: 'corner',
  free_kick: 'free-kick',
  throw_in: 'throw-in',
  goal_kick: 'goal-kick',
  game_interruption: 'stoppage',
  fairplay: 'stoppage',
}

const primaryOf = (record: JsonObject): string =>
  isObject(record['type']) ? textOf(record['type']['primary']) : ''

const secondsOf = (record: JsonObject): number | null => {
  const minute = numberOf(record['minute'])
  const second = numberOf(record['second'])
  return minute === null || second === null ? null : minute * 60 + second
}

export function modernFault(record: JsonObject): string | null {
  if (primaryOf(record) === '') return '"type.primary" is missing.'
  return secondsOf(record) === null ? '"minute" and "second" must be numbers.' : null
}

function shotOf(record: JsonObject, primary: string, secondary: readonly string[]): RowOfRecord['shot'] {
  const shot = isObject(record['shot']) ? record['shot'] : {}
  const zone = textOf(shot['goalZone'])
  const outcome: SoccerShot['outcome'] =
    shot['isGoal'] === true
      ? 'goal'
      : zone === 'bc' || secondary.includes('shot_block')
        ? 'blocked'
        : zone.startsWith('p')
          ? 'post'
          : shot['onTarget'] === true
            ? 'saved'
            : 'off-target'
  const body = textOf(shot['bodyPart'])
  const situation =
    primary === 'penalty' || primary === 'postmatch_penalty'
      ? ('penalty' as const)
      : secondary.includes('free_kick_shot') || primary === 'free_kick'
        ? ('direct-free-kick' as const)
        : undefined
  return {
    outcome,
    bodyPart: /head/.test(body) ? 'head' : 'foot',
    ...(situation === undefined ? {} : { situation }),
  }
}

/** Minutes run on from half to half: the second half begins at 45. */
function periodStart(period: number): number {
  let seconds = 0
  for (let before = 1; before < period; before++) seconds += periodSeconds('soccer', before)
  return seconds
}

/** The rows of a version 3 event, card and all. */
export function modernRow(record: JsonObject, period: number, names: WyscoutNames): RowOfRecord[] {
  const primary = primaryOf(record)
  const secondary =
    isObject(record['type']) && Array.isArray(record['type']['secondary'])
      ? (record['type']['secondary'] as unknown[]).map(textOf)
      : []
  const player = isObject(record['player']) ? record['player'] : {}
  const team = isObject(record['team']) ? record['team'] : {}
  const place = isObject(record['location']) ? record['location'] : {}
  const pass = isObject(record['pass']) ? record['pass'] : {}
  const [x, y] = [numberOf(place['x']), numberOf(place['y'])]
  const isShot =
    types[primary] === 'shot' || (primary === 'free_kick' && secondary.includes('free_kick_shot'))
  const side = names.side(textOf(team['id']))
  // The goal against is told by whoever scored it.
  if (primary === 'goal_against' || side === null) return []
  const accurate = pass['accurate']
  const id = textOf(player['id'])
  const row: RowOfRecord = {
    actionId: textOf(record['id']),
    period,
    seconds: Math.max(0, (secondsOf(record) ?? 0) - periodStart(period)),
    type: isShot ? 'shot' : (types[primary] ?? 'other'),
    subType: secondary[0] ?? primary,
    side,
    playerId: id === '' || id === '0' ? null : id,
    playerName: textOf(player['name']) || names.player.get(id) || null,
    isSuccessful: typeof accurate === 'boolean' ? accurate : null,
    isCross: secondary.includes('cross') || secondary.includes('free_kick_cross'),
    isThroughBall: secondary.includes('through_pass') || secondary.includes('smart_pass'),
    ...(x === null || y === null ? {} : placeOf(providerLines.wyscout, x, y)),
    ...(isShot ? { shot: shotOf(record, primary, secondary) } : {}),
  }
  const infraction = isObject(record['infraction']) ? record['infraction'] : {}
  const opponent = isObject(infraction['opponent']) ? infraction['opponent'] : null
  if (opponent && textOf(opponent['name']) !== '')
    row.otherPlayers = [
      {
        id: textOf(opponent['id']),
        name: textOf(opponent['name']),
        role: 'fouled',
        side: otherSide(side),
      },
    ]
  const card: SoccerAction['card'] =
    infraction['redCard'] === true ? 'red' : infraction['yellowCard'] === true ? 'yellow' : null
  return card === null ? [row] : [row, cardRow(row, card)]
}
