import type { FeedEvent, NflPlay, NflPlayType } from '../domain/feed-event.ts'
import type { Match, Side } from '../domain/match.ts'
import type { TagActor } from '../domain/tag.ts'
import { createScoreState, nameOf, scoreMoments } from './score-tags.ts'
import type { ScoreState } from './score-tags.ts'
import type { Moment } from './tagger.ts'

export interface NflTagState {
  score: ScoreState
  /** The running drive; null between drives. */
  drive: { side: Side; plays: number; yards: number; wasInRedZone: boolean } | null
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
const scrimmage = new Set<NflPlayType>(['pass', 'run', 'sack', 'qb_kneel', 'qb_spike', 'punt', 'field_goal'])

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

/** How a drive ended, when the play ends it. */
function driveEnd(play: NflPlay): string | null {
  const { results } = play
  if (play.homeScoreAfter + play.awayScoreAfter > play.situation.homeScore + play.situation.awayScore)
    return 'drive.end.score'
  if (results.interception || results.fumbleLost || results.turnoverOnDowns) return 'drive.end.turnover'
  if (results.fieldGoal !== null) return 'drive.end.missed-kick'
  return play.playType === 'punt' ? 'drive.end.punt' : null
}

const yards = (count: number): string => `${count} ${Math.abs(count) === 1 ? 'yard' : 'yards'}`

function driveMoments(play: NflPlay, state: NflTagState, match: Match | null): [string, string][] {
  const moments: [string, string][] = []
  const { possession, yardsToGoal } = play.situation
  const close = (type: string, words: string) => {
    const drive = state.drive
    state.drive = null
    if (drive && drive.plays > 0)
      moments.push([
        type,
        `${nameOf(match, drive.side)} drive ends ${words}: ${drive.plays} plays, ${yards(drive.yards)}.`,
      ])
  }
  if (play.playType === 'period_end' && (play.description.includes('GAME') || play.description.includes('2')))
    close('drive.end.clock', 'with the clock')
  if (!scrimmage.has(play.playType)) return moments
  if (state.drive?.side !== possession) {
    state.drive = { side: possession, plays: 0, yards: 0, wasInRedZone: false }
  }
  const drive = state.drive
  if (yardsToGoal !== null && yardsToGoal <= 20 && !drive.wasInRedZone) {
    drive.wasInRedZone = true
    moments.push([
      'red-zone.entry',
      `${nameOf(match, possession)} inside the 20, ${yards(yardsToGoal)} to go.`,
    ])
  }
  drive.plays++
  if (play.playType !== 'punt' && play.playType !== 'field_goal') drive.yards += play.yardsGained ?? 0
  const end = driveEnd(play)
  if (end !== null)
    close(end, end === 'drive.end.punt' ? 'with a punt' : `with a ${end.slice(10).replace('-', ' ')}`)
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
