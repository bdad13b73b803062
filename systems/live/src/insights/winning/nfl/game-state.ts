import type { FeedEvent, NflPlay, NflSituation } from '../../../domain/feed-event.ts'
import type { Side } from '../../../domain/match.ts'
import { otherSide } from '../../../domain/match.ts'
import { homeField } from '../team-strength.ts'

/** What is known of an NFL game at one instant, between plays. Plain JSON. */
export interface NflGameState {
  playId: string
  /** 1..4, overtime 5, 6, … */
  period: number
  /** Of the period, on the game clock. */
  secondsLeft: number
  homeScore: number
  awayScore: number
  /** Has the ball; receives a kickoff; tries for the extra point. */
  ball: Side
  stage: 'scrimmage' | 'kickoff' | 'try'
  down: number | null
  yardsToGo: number | null
  /** To the goal that the offence attacks; null except from scrimmage. */
  yardsToGoal: number | null
  homeTimeouts: number
  awayTimeouts: number
  /** Receives the kickoff of the second half: the side that kicked off the first. Null when that was not seen. */
  secondHalfReceiver: Side | null
  /** Points by which the home side should win, known before the game: the betting line, else what past results say. */
  homeEdge: number
}

/** What a tracker remembers of the game so far. Plain JSON. */
export interface NflTracker {
  secondHalfReceiver: Side | null
  hasKickedOff: boolean
  homeEdge: number
}

export function createNflTracker(): NflTracker {
  return { secondHalfReceiver: null, hasKickedOff: false, homeEdge: homeField('nfl') }
}

/** The state before the play that the event tells of; null for events that tell of none. */
export function stateBefore(event: FeedEvent, tracker: NflTracker): NflGameState | null {
  if (event.kind === 'match')
    tracker.homeEdge = event.match.homeSpread ?? event.match.homeEdge ?? homeField('nfl')
  if ((event.kind !== 'nfl-play' && event.kind !== 'nfl-play-start') || event.clocks.game === null)
    return null
  const { period, secondsLeft } = event.clocks.game
  const playType = event.kind === 'nfl-play' ? event.playType : null
  const { situation } = event
  if (playType === 'kickoff' && !tracker.hasKickedOff) {
    tracker.hasKickedOff = true
    if (period === 1) tracker.secondHalfReceiver = otherSide(situation.possession)
  }
  const isTry = playType === 'extra_point' || playType === 'two_point'
  const stage = playType === 'kickoff' ? 'kickoff' : isTry ? 'try' : 'scrimmage'
  return stateOf(situation, stage, period, secondsLeft, tracker)
}

/**
 * The state after a play where the play itself tells it: after scores, and after plays from scrimmage that kept the ball. Null
 * where only the next play's row says where the ball is (kicks, turnovers, penalties, the ends of halves).
 */
export function stateAfter(before: NflGameState, play: NflPlay): NflGameState | null {
  const { homeScoreAfter, awayScoreAfter, results } = play
  const homePoints = homeScoreAfter - before.homeScore
  const awayPoints = awayScoreAfter - before.awayScore
  const scored = {
    ...before,
    homeScore: homeScoreAfter,
    awayScore: awayScoreAfter,
    down: null,
    yardsToGo: null,
    yardsToGoal: null,
  }
  const scorer: Side = homePoints > 0 ? 'home' : 'away'
  if (Math.max(homePoints, awayPoints) >= 6) return { ...scored, stage: 'try', ball: scorer }
  if (homePoints + awayPoints > 0 || before.stage === 'try')
    // After a safety (2 points, not on a try) the side that gave it up kicks.
    return {
      ...scored,
      stage: 'kickoff',
      ball: isSafety(before, homePoints + awayPoints) ? scorer : otherSide(before.ball),
    }
  const keepsBall =
    ['pass', 'run', 'sack', 'qb_kneel', 'qb_spike'].includes(play.playType) &&
    !results.interception &&
    !results.fumbleLost &&
    !results.penalty &&
    before.down !== null
  if (!keepsBall || before.yardsToGoal === null || before.yardsToGo === null || play.yardsGained === null)
    return null
  const yardsToGoal = before.yardsToGoal - play.yardsGained
  if (yardsToGoal < 1 || yardsToGoal > 99) return null
  if (results.firstDown || play.yardsGained >= before.yardsToGo)
    return { ...before, yardsToGoal, down: 1, yardsToGo: Math.min(10, yardsToGoal) }
  if (before.down === 4)
    return {
      ...before,
      ball: otherSide(before.ball),
      yardsToGoal: 100 - yardsToGoal,
      down: 1,
      yardsToGo: Math.min(10, 100 - yardsToGoal),
    }
  return { ...before, yardsToGoal, down: before.down! + 1, yardsToGo: before.yardsToGo - play.yardsGained }
}

/** As `stateAfter`; where only the next play will say where the ball is, what is known without it: who has it. */
export function knownStateAfter(before: NflGameState, play: NflPlay): NflGameState {
  const known = stateAfter(before, play)
  if (known !== null) return known
  const { playType, results } = play
  const unplaced = { ...before, stage: 'scrimmage' as const, yardsToGoal: null, yardsToGo: null }
  // On a kick the other side of the one that loses the ball is the side that kicked.
  const isGivenAway = results.interception || results.fumbleLost !== ['punt', 'field_goal'].includes(playType)
  if (before.stage === 'kickoff')
    return { ...unplaced, ball: results.fumbleLost ? otherSide(before.ball) : before.ball, down: 1 }
  if (playType === 'no_play' || before.stage === 'try') return { ...before, down: null, yardsToGo: null }
  if (isGivenAway || results.turnoverOnDowns) return { ...unplaced, ball: otherSide(before.ball), down: 1 }
  return { ...before, down: results.firstDown ? 1 : null, yardsToGo: null, yardsToGoal: null }
}

function isSafety(before: NflGameState, points: number): boolean {
  return points === 2 && before.stage !== 'try'
}

/** Seconds of regulation that are left; 0 in overtime. */
export function regulationSecondsLeft(state: Pick<NflGameState, 'period' | 'secondsLeft'>): number {
  return state.period <= 4 ? (4 - state.period) * 900 + state.secondsLeft : 0
}

function stateOf(
  situation: NflSituation,
  stage: NflGameState['stage'],
  period: number,
  secondsLeft: number,
  tracker: NflTracker,
): NflGameState {
  const isScrimmage = stage === 'scrimmage'
  return {
    playId: situation.playId,
    period,
    secondsLeft,
    homeScore: situation.homeScore,
    awayScore: situation.awayScore,
    ball: situation.possession,
    stage,
    down: isScrimmage ? situation.down : null,
    yardsToGo: isScrimmage ? situation.yardsToGo : null,
    yardsToGoal: isScrimmage ? situation.yardsToGoal : null,
    homeTimeouts: situation.homeTimeouts ?? 3,
    awayTimeouts: situation.awayTimeouts ?? 3,
    secondHalfReceiver: period <= 2 ? tracker.secondHalfReceiver : null,
    homeEdge: tracker.homeEdge,
  }
}
