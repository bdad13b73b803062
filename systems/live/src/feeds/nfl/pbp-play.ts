import type { NflPlay, NflPlayType } from '../../domain/feed-event.ts'
import type { Side } from '../../domain/match.ts'
import type { JsonObject } from '../read-source.ts'
import { numberOf, textOf } from '../read-source.ts'
import { playTypeFromWords } from './play-words.ts'

const isSet = (row: JsonObject, column: string): boolean => numberOf(row[column]) === 1

const plainTypes = new Set([
  'pass',
  'run',
  'qb_kneel',
  'qb_spike',
  'punt',
  'field_goal',
  'kickoff',
  'extra_point',
])

/**
 * The play's kind from the row's own columns. The files write a sack as `pass`, a try for two as `pass` or `run`, a
 * timeout as `no_play`, and the end of a period as nothing at all.
 */
function playTypeOf(row: JsonObject, description: string): NflPlayType {
  const written = textOf(row['play_type'])
  if (isSet(row, 'timeout') && /^timeout\b/i.test(description)) return 'timeout'
  if (isSet(row, 'two_point_attempt')) return 'two_point'
  if (written === 'no_play') return 'no_play'
  if (isSet(row, 'sack')) return 'sack'
  if (plainTypes.has(written)) return written as NflPlayType
  const fromWords = playTypeFromWords(description)
  return fromWords === 'period_end' || fromWords === 'timeout' ? fromWords : 'other'
}

/** Column prefix of each player, his part, and whether he is of the side that has the ball in the row. */
const playerColumns: readonly (readonly [column: string, role: string, isOffence: boolean])[] = [
  ['passer_player', 'passer', true],
  ['receiver_player', 'receiver', true],
  ['rusher_player', 'rusher', true],
  ['interception_player', 'interceptor', false],
  ['sack_player', 'sacker', false],
  ['punter_player', 'punter', true],
  ['punt_returner_player', 'returner', false],
  ['kickoff_returner_player', 'returner', true],
  ['blocked_player', 'blocker', false],
  ['solo_tackle_1_player', 'tackler', false],
]

/** Players whose side the row names in a column of its own. */
const teamPlayerColumns: readonly (readonly [player: string, team: string, role: string])[] = [
  ['forced_fumble_player_1_player', 'forced_fumble_player_1_team', 'forced-fumble'],
  ['fumbled_1_player', 'fumbled_1_team', 'fumbler'],
  ['fumble_recovery_1_player', 'fumble_recovery_1_team', 'recoverer'],
  ['penalty_player', 'penalty_team', 'penalised'],
  ['td_player', 'td_team', 'scorer'],
]

const other = (side: Side): Side => (side === 'home' ? 'away' : 'home')

function playersOf(
  row: JsonObject,
  possession: Side,
  playType: NflPlayType,
  home: string,
): NflPlay['players'] {
  const players: NflPlay['players'] = []
  const add = (prefix: string, role: string, side: Side | null) => {
    const name = textOf(row[`${prefix}_name`])
    if (name !== '') players.push({ id: textOf(row[`${prefix}_id`]) || name, name, role, side })
  }
  for (const [prefix, role, isOffence] of playerColumns) {
    // A tackle on a return is by the side that kicked.
    const isKickers = role === 'tackler' && playType === 'punt'
    add(prefix, role, isOffence || isKickers ? possession : other(possession))
  }
  add('kicker_player', 'kicker', playType === 'kickoff' ? other(possession) : possession)
  for (const [prefix, teamColumn, role] of teamPlayerColumns) {
    const team = textOf(row[teamColumn])
    add(prefix, role, team === '' ? null : team === home ? 'home' : 'away')
  }
  return players
}

export interface PlayBefore {
  possession: Side
  homeScore: number
  awayScore: number
}

/**
 * A play from a row of nflverse or nflscrapR columns; `before` is what the row before left. On a kickoff `posteam` is the
 * receiving side, as in our events. `total_home_score` and its like hold the score after the play.
 */
export function playFromRow(row: JsonObject, home: string, before: PlayBefore): NflPlay {
  const description = textOf(row['desc'])
  const playType = playTypeOf(row, description)
  const team = textOf(row['posteam'])
  const possession = team === '' ? before.possession : team === home ? 'home' : 'away'
  const down = numberOf(row['down'])
  const interception = isSet(row, 'interception')
  const fumbleLost = isSet(row, 'fumble_lost')
  const fieldGoal = textOf(row['field_goal_result'])
  const extraPoint = textOf(row['extra_point_result'])
  const twoPoint = textOf(row['two_point_conv_result'])
  return {
    kind: 'nfl-play',
    situation: {
      playId: textOf(row['play_id']),
      possession,
      down,
      yardsToGo: down === null ? null : numberOf(row['ydstogo']),
      yardsToGoal: numberOf(row['yardline_100']),
      homeScore: before.homeScore,
      awayScore: before.awayScore,
      homeTimeouts: numberOf(row['home_timeouts_remaining']),
      awayTimeouts: numberOf(row['away_timeouts_remaining']),
    },
    playType,
    yardsGained: numberOf(row['yards_gained']),
    homeScoreAfter: numberOf(row['total_home_score']) ?? before.homeScore,
    awayScoreAfter: numberOf(row['total_away_score']) ?? before.awayScore,
    results: {
      touchdown: isSet(row, 'touchdown'),
      interception,
      fumbleLost,
      sack: isSet(row, 'sack'),
      safety: isSet(row, 'safety'),
      penalty: isSet(row, 'penalty'),
      firstDown:
        isSet(row, 'first_down_rush') || isSet(row, 'first_down_pass') || isSet(row, 'first_down_penalty'),
      turnoverOnDowns: isSet(row, 'fourth_down_failed') && !interception && !fumbleLost,
      fieldGoal:
        fieldGoal === 'made' || fieldGoal === 'blocked' ? fieldGoal : fieldGoal === '' ? null : 'missed',
      extraPoint: extraPoint === '' ? null : extraPoint === 'good' ? 'good' : 'failed',
      twoPoint: twoPoint === '' ? null : twoPoint === 'success' ? 'good' : 'failed',
    },
    players: playersOf(row, possession, playType, home),
    description,
  }
}
