import { scrimmagePlays } from '../domain/feed-event.ts'
import type { FeedEvent, NflPlay, NflPlayType } from '../domain/feed-event.ts'
import type { Match, Side } from '../domain/match.ts'
import { otherSide } from '../domain/match.ts'
import type { TagActor } from '../domain/tag.ts'
import { createScoreState, nameOf, scoreMoments } from './score-tags.ts'
import type { ScoreState } from './score-tags.ts'
import type { Moment } from './tagger.ts'

interface Drive {
  side: Side
  /** Plays from scrimmage, tries at a field goal among them, punts and what a penalty took back not: as the league counts. */
  plays: number
  /** Yards to the goal before its first play, and before its newest; null where the feed has no such place. */
  from: number | null
  at: number | null
  wasInRedZone: boolean
}

export interface NflTagState {
  score: ScoreState
  /** The running drive; null between drives. */
  drive: Drive | null
}

export const createNflTagState = (): NflTagState => ({ score: createScoreState(), drive: null })

/** The type that stands for the play itself. */
export const nflPlayTypes: Readonly<Record<NflPlayType, string>> = {
  pass: 'play.pass',
  run: 'play.run',
  sack: 'play.sack',
  qb_kneel: 'play.kneel',
  qb_spike: 'play.spike',
  punt: 'play.punt',
  field_goal: 'play.field-goal',
  kickoff: 'play.kickoff',
  extra_point: 'play.extra-point',
  two_point: 'play.two-point',
  no_play: 'play.none',
  timeout: 'timeout',
  period_end: 'period.end',
  other: 'play.other',
}

/** Plays that a drive consists of. */

const longPassYards = 25
const longRunYards = 15

/** A touchdown's kind: the offence's by pass or run, anything else came on a return. */
function touchdownType(play: NflPlay, scorer: Side): string {
  const byOffence =
    scorer === play.situation.possession && !play.results.interception && !play.results.fumbleLost
  if (!byOffence || play.playType === 'kickoff' || play.playType === 'punt') return 'score.touchdown.return'
  return play.playType === 'pass' ? 'score.touchdown.pass' : 'score.touchdown.run'
}

/** What the feed itself says of a play: its kind first, then what it came to. */
function statedTypes(play: NflPlay): string[] {
  const { results, situation } = play
  const types = [nflPlayTypes[play.playType]]
  const gained = {
    home: play.homeScoreAfter - situation.homeScore,
    away: play.awayScoreAfter - situation.awayScore,
  }
  const scorer: Side = gained.away > gained.home ? 'away' : 'home'
  if (results.touchdown && gained[scorer] >= 6) types.push(touchdownType(play, scorer))
  if (results.safety && gained[scorer] === 2) types.push('score.safety')
  if (results.fieldGoal !== null)
    types.push(results.fieldGoal === 'made' ? 'score.field-goal' : 'miss.field-goal')
  if (results.extraPoint !== null)
    types.push(results.extraPoint === 'good' ? 'score.extra-point' : 'miss.extra-point')
  if (results.twoPoint !== null)
    types.push(results.twoPoint === 'good' ? 'score.two-point' : 'miss.two-point')
  if (results.interception) types.push('turnover.interception')
  if (results.fumbleLost) types.push('turnover.fumble')
  if (results.turnoverOnDowns) types.push('turnover.downs')
  if (results.penalty) types.push('foul.penalty')
  if (results.firstDown) types.push('first-down')
  return types
}

const yards = (count: number): string => `${count} ${Math.abs(count) === 1 ? 'yard' : 'yards'}`

/** How a drive ended: type, in words, and the yards to the goal at its end. */
type DriveEnd = [type: string, words: string, at: number | null]

/** How a play ends its drive; null where the drive goes on. */
function driveEnd(play: NflPlay): DriveEnd | null {
  const { results, situation, playType } = play
  const line = situation.yardsToGoal
  const stopped = line === null || play.yardsGained === null ? null : line - play.yardsGained
  const gained = {
    home: play.homeScoreAfter - situation.homeScore,
    away: play.awayScoreAfter - situation.awayScore,
  }
  const own = gained[situation.possession]
  if (own >= 6) return ['drive.end.score', 'with a touchdown', 0]
  if (own > 0) return ['drive.end.score', 'with a field goal', line]
  if (results.fieldGoal !== null) return ['drive.end.missed-kick', 'with a missed kick', line]
  if (results.interception) return ['drive.end.turnover', 'with an interception', line]
  if (results.safety && gained[otherSide(situation.possession)] === 2)
    return ['drive.end.turnover', 'with a safety', null]
  if (playType === 'punt') return ['drive.end.punt', 'with a punt', line]
  // Where the ball lay is not where the play ended.
  if (results.fumbleLost) return ['drive.end.turnover', 'with a lost fumble', null]
  if (results.turnoverOnDowns) return ['drive.end.turnover', 'on downs', stopped]
  return null
}

/**
 * Drives by the yard lines: from the place of the first snap to that of the end, so that penalties count as they do in the league's
 * own summary.
 */
function driveMoments(
  play: NflPlay & FeedEvent,
  state: NflTagState,
  match: Match | null,
): [string, string][] {
  const moments: [string, string][] = []
  const { possession, yardsToGoal, down } = play.situation
  const close = ([type, words, at]: DriveEnd) => {
    const drive = state.drive
    state.drive = null
    if (drive === null || drive.plays === 0) return
    const made = drive.from === null || at === null ? '' : `, ${yards(drive.from - at)}`
    const plays = `${drive.plays} ${drive.plays === 1 ? 'play' : 'plays'}`
    moments.push([type, `${nameOf(match, drive.side)} drive ends ${words}: ${plays}${made}.`])
  }
  const period = play.clocks.game?.period ?? 0
  // From one overtime to the next a drive goes on.
  const isHalf = period === 2 || period === 4 || /game/i.test(play.description)
  if (play.playType === 'period_end' && isHalf)
    close(['drive.end.clock', 'with the clock', state.drive?.at ?? null])
  if (play.playType === 'kickoff') state.drive = null
  const isPlay = scrimmagePlays.has(play.playType)
  // A penalty before the first snap belongs to the drive, though it is no play of it.
  if (!isPlay && (play.playType !== 'no_play' || down === null)) return moments
  if (state.drive?.side !== possession)
    state.drive = { side: possession, plays: 0, from: yardsToGoal, at: yardsToGoal, wasInRedZone: false }
  const drive = state.drive
  drive.from ??= yardsToGoal
  drive.at = yardsToGoal
  if (!isPlay) return moments
  if (yardsToGoal !== null && yardsToGoal <= 20 && !drive.wasInRedZone) {
    drive.wasInRedZone = true
    moments.push([
      'red-zone.entry',
      `${nameOf(match, possession)} inside the 20, ${yards(yardsToGoal)} to go.`,
    ])
  }
  if (play.playType !== 'punt') drive.plays++
  const end = driveEnd(play)
  if (end !== null) close(end)
  else if (yardsToGoal !== null && play.yardsGained !== null) drive.at = yardsToGoal - play.yardsGained
  return moments
}

/** Every moment that a play holds. */
export function nflMoments(play: NflPlay & FeedEvent, state: NflTagState, match: Match | null): Moment[] {
  const actors: TagActor[] = play.players.map(({ id, name, role, side }) => ({ id, name, role, side }))
  const common = {
    occasion: play.situation.playId,
    actors,
    homeScore: play.homeScoreAfter,
    awayScore: play.awayScoreAfter,
  }
  const moments: Moment[] = statedTypes(play).map((type) => ({
    ...common,
    type,
    text: play.description,
    source: 'feed',
  }))
  const detect = (type: string, text: string) => moments.push({ ...common, type, text, source: 'detected' })
  const gained = play.yardsGained ?? 0
  if (play.playType === 'pass' && gained >= longPassYards && !play.results.interception)
    detect('big-play.pass', `${nameOf(match, play.situation.possession)} gain ${yards(gained)} by a pass.`)
  if (play.playType === 'run' && gained >= longRunYards)
    detect('big-play.run', `${nameOf(match, play.situation.possession)} gain ${yards(gained)} on the ground.`)
  for (const [type, text] of driveMoments(play, state, match)) detect(type, text)
  const after = { homeScore: play.homeScoreAfter, awayScore: play.awayScoreAfter }
  for (const { type, text } of scoreMoments(state.score, after, match, false)) detect(type, text)
  return moments
}
