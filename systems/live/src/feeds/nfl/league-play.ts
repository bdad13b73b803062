import type { NflPlay, NflPlayType } from '../../domain/feed-event.ts'
import type { Side } from '../../domain/match.ts'
import { numberOf } from '../read-source.ts'
import { playTypeFromWords, standingWords } from './play-words.ts'
import { rolesByStat, statIds } from './stat-ids.ts'
import type { PlayStat } from './stat-ids.ts'

/** A play as a document of the league states it, before scores and timeouts are rebuilt. */
export interface LeaguePlay {
  id: string
  /** JSON pointer within the feed. */
  pointer: string
  period: number
  /** As written; '' on some rows. */
  time: string
  playType: NflPlayType
  description: string
  possession: Side | null
  down: number | null
  yardsToGo: number | null
  yardsToGoal: number | null
  yardsGained: number | null
  stats: PlayStat[]
}

/** Whether a play has any of the statistics. */
export const has = (play: Pick<LeaguePlay, 'stats'>, ids: ReadonlySet<number>): boolean =>
  play.stats.some((stat) => ids.has(stat.statId))

/** Statistics decide, since they are what stood; words where there are none. */
function playTypeOf(stats: PlayStat[], description: string): NflPlayType {
  const fromWords = playTypeFromWords(description)
  if (fromWords === 'no_play' || fromWords === 'period_end' || fromWords === 'two_point') return fromWords
  const any = (ids: ReadonlySet<number>) => stats.some((stat) => ids.has(stat.statId))
  if (any(statIds.extraPointGood) || any(statIds.extraPointFailed)) return 'extra_point'
  if (any(statIds.twoPointGood) || any(statIds.twoPointFailed)) return 'two_point'
  if (any(statIds.fieldGoalMade) || any(statIds.fieldGoalMissed) || any(statIds.fieldGoalBlocked))
    return 'field_goal'
  if (any(statIds.punt)) return 'punt'
  if (any(statIds.kickoff)) return 'kickoff'
  if (any(statIds.sacked)) return 'sack'
  if (fromWords === 'qb_spike' || fromWords === 'qb_kneel') return fromWords
  if (any(statIds.pass)) return 'pass'
  if (any(statIds.rush)) return 'run'
  return fromWords === 'other' && any(statIds.timeout) ? 'timeout' : fromWords
}

/** Yards to the goal that `team` attacks, from `IND 20`, `50` or `MID 50`; null when there is no such place. */
function yardsToGoalOf(place: string, team: string): number | null {
  const found = /^(?:([A-Z]{2,4}) )?(\d{1,2})$/.exec(place)
  if (!found || team === '') return null
  const yards = Number(found[2])
  if (yards > 50) return null
  if (yards === 50) return 50
  return found[1] === team ? 100 - yards : yards
}

/** What a document's record says of a play, under one name for every document of the league. */
interface PlayRecord {
  id: string
  pointer: string
  description: string
  period: unknown
  time: string
  /** Abbreviation of the side that has the ball; of the one that kicks on a kickoff. */
  team: string
  down: unknown
  yardsToGo: unknown
  /** `IND 20`, `50` or ''. */
  place: string
  stats: PlayStat[]
}

/**
 * Reads a play's record. The ball of a kickoff is with the side that kicks, unlike in our events, and that of a try is taken
 * from its statistics. Returns the reason when it is no play. `names` are the fields that reasons speak of.
 */
export function readLeaguePlay(
  record: PlayRecord,
  teams: { home: string; away: string },
  names: { description: string; period: string },
): LeaguePlay | string {
  const { id, pointer, description, stats } = record
  if (description === '')
    return `The play has no description ("${names.description}" is empty): the feed withdrew it.`
  const period = numberOf(record.period)
  if (period === null || !Number.isInteger(period) || period < 1 || period > 12)
    return `"${names.period}" is ${JSON.stringify(record.period)}, expected the quarter, 1 to 4, or 5 and more for overtime.`
  const playType = playTypeOf(stats, description)
  const team = ballOf(playType, record, teams)
  const down = numberOf(record.down)
  const isDown = down !== null && down >= 1 && down <= 4
  return {
    id,
    pointer,
    period,
    time: record.time,
    playType,
    description,
    possession: team === teams.home ? 'home' : team === teams.away ? 'away' : null,
    down: isDown ? down : null,
    yardsToGo: isDown ? numberOf(record.yardsToGo) : null,
    yardsToGoal: yardsToGoalOf(record.place, team),
    yardsGained: gainedOf(playType, stats),
    stats,
  }
}

/** Abbreviation of the side whose ball it is, '' when the record does not say. */
function ballOf(
  playType: NflPlayType,
  { team, stats }: PlayRecord,
  teams: { home: string; away: string },
): string {
  if (playType !== 'kickoff') return team
  const kicker = stats.find((stat) => statIds.kickoff.has(stat.statId))?.team ?? team
  return kicker === teams.home ? teams.away : kicker === teams.away ? teams.home : ''
}

function gainedOf(playType: NflPlayType, stats: PlayStat[]): number | null {
  if (playType === 'no_play' || stats.length === 0) return null
  if (playType === 'punt' || playType === 'kickoff') return 0
  return stats.reduce((sum, s) => sum + (statIds.offensiveYards.has(s.statId) ? (s.yards ?? 0) : 0), 0)
}

/** What the play came to, from its statistics. */
export function resultsOf(play: LeaguePlay): NflPlay['results'] {
  const interception = has(play, statIds.intercepted)
  const fumbleLost = has(play, statIds.fumbleLost)
  return {
    touchdown: has(play, statIds.touchdown),
    interception,
    fumbleLost,
    sack: has(play, statIds.sacked),
    safety: has(play, statIds.safety) || /\bSAFETY\b/.test(standingWords(play.description)),
    penalty: has(play, statIds.penalty) || /\bPENALTY on\b/i.test(play.description),
    firstDown: has(play, statIds.firstDown),
    turnoverOnDowns: has(play, statIds.fourthDownFailed) && !interception && !fumbleLost,
    fieldGoal: has(play, statIds.fieldGoalMade)
      ? 'made'
      : has(play, statIds.fieldGoalBlocked)
        ? 'blocked'
        : has(play, statIds.fieldGoalMissed)
          ? 'missed'
          : null,
    extraPoint: has(play, statIds.extraPointGood)
      ? 'good'
      : has(play, statIds.extraPointFailed)
        ? 'failed'
        : null,
    twoPoint: has(play, statIds.twoPointGood) ? 'good' : has(play, statIds.twoPointFailed) ? 'failed' : null,
  }
}

/** Everybody who had a part; whoever is credited with a touchdown that he did not throw is its scorer besides. */
export function playersOf(play: LeaguePlay, home: string): NflPlay['players'] {
  const players: NflPlay['players'] = []
  for (const { statId, playerId, playerName, team } of play.stats) {
    if (playerId === null || playerName === null) continue
    const side = team === null ? null : team === home ? 'home' : 'away'
    const isScorer = statIds.touchdown.has(statId) && !statIds.pass.has(statId)
    for (const role of [rolesByStat.get(statId), isScorer ? 'scorer' : undefined]) {
      if (role === undefined) continue
      if (players.some((player) => player.id === playerId && player.role === role)) continue
      players.push({ id: playerId, name: playerName, role, side })
    }
  }
  return players
}
