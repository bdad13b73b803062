import type { Match, Side } from '../domain/match.ts'
import { leaderOf } from './tagger.ts'

/** What the score says of the game so far: who led last, and points that one side made without an answer. */
export interface ScoreState {
  homeScore: number
  awayScore: number
  /** The side that was ahead last; null before anyone was. */
  lastLeader: Side | null
  run: { side: Side; points: number; isTold: boolean } | null
}

export const createScoreState = (): ScoreState => ({
  homeScore: 0,
  awayScore: 0,
  lastLeader: null,
  run: null,
})

export interface ScoreMoment {
  type: 'lead-change' | 'tie' | 'scoring-run'
  text: string
}

export const nameOf = (match: Match | null, side: Side): string => match?.[side]?.name ?? side

/** Unanswered points that make a scoring run: 10 in basketball. */
const runPoints = 10

/** Moments that lie in a change of the score. `countsRuns` is for sports where scores are many. */
export function scoreMoments(
  state: ScoreState,
  after: { homeScore: number; awayScore: number },
  match: Match | null,
  countsRuns: boolean,
): ScoreMoment[] {
  const gained = { home: after.homeScore - state.homeScore, away: after.awayScore - state.awayScore }
  state.homeScore = after.homeScore
  state.awayScore = after.awayScore
  // A correction that takes points back is nobody's moment.
  if (gained.home + gained.away <= 0) return []
  const moments: ScoreMoment[] = []
  const high = Math.max(after.homeScore, after.awayScore)
  const low = Math.min(after.homeScore, after.awayScore)
  const leader = leaderOf(after.homeScore, after.awayScore)
  if (leader === null) moments.push({ type: 'tie', text: `All square at ${high}.` })
  else if (leader !== state.lastLeader) {
    const verb = state.lastLeader === null ? 'go ahead' : 'take the lead'
    if (state.lastLeader !== null)
      moments.push({ type: 'lead-change', text: `${nameOf(match, leader)} ${verb}, ${high}–${low}.` })
    state.lastLeader = leader
  }
  if (!countsRuns) return moments
  const scorer: Side = gained.home > 0 ? 'home' : 'away'
  const points = gained[scorer]
  if (state.run?.side === scorer) state.run.points += points
  else state.run = { side: scorer, points, isTold: false }
  if (state.run.points >= runPoints && !state.run.isTold) {
    state.run.isTold = true
    moments.push({ type: 'scoring-run', text: `${nameOf(match, scorer)} on a ${state.run.points}–0 run.` })
  }
  return moments
}
