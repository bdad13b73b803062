import type { FeedEvent, SoccerAction } from '../../../domain/feed-event.ts'
import type { Side } from '../../../domain/match.ts'
import type { Predictor } from '../../../learn/model.ts'
import { committedModel } from '../../../learn/weights-dir.ts'
import { clutchLead, leader } from '../moments/moment.ts'
import type { Moment, MomentKind } from '../moments/moment.ts'
import { createSoccerGameState, followSoccer, matchMinute } from './game-state.ts'
import type { SoccerGameState } from './game-state.ts'
import { resultChances } from './outcome.ts'
import type { ResultChances } from './outcome.ts'
import { bigChance } from './xg.ts'

/** What rules over the moments of a match remember. Plain JSON. */
export interface SoccerMomentState {
  game: SoccerGameState
  chances: ResultChances | null
  /** Minute at which the chances were told. */
  toldAt: number
}

export const createSoccerMomentState = (): SoccerMomentState => ({
  game: createSoccerGameState(),
  chances: null,
  toldAt: -1,
})

export interface SoccerTold {
  moment: Moment
  chances: ResultChances
  /** Expected goals of the shot, null where the action is none. */
  xg: number | null
}

/** Time alone is told each minute. */
const tellEvery = 1
/** Last minutes of a match in which a goal decides. */
const clutchFrom = 80

const predictors = new Map<string, Predictor>()

function predictorFor(matchId: string): Predictor {
  let predictor = predictors.get(matchId)
  if (predictor === undefined) {
    if (predictors.size > 64) predictors.clear()
    predictor = committedModel('soccer-goals').forGroup(matchId)
    predictors.set(matchId, predictor)
  }
  return predictor
}

/** A draw counts as half a win: one number for swings, momentum and the line. */
export const homeShare = ({ home, draw }: ResultChances): number => home + draw / 2

/** What an action or the time did to the result; null where nothing is to be told. */
export function soccerMoment(event: FeedEvent, state: SoccerMomentState): SoccerTold | null {
  if (event.kind !== 'match' && event.kind !== 'soccer-action') return null
  if (event.kind === 'match' && event.match.sport !== 'soccer') return null
  const { game } = state
  const before = { score: { ...game.score }, sentOff: game.sentOff.home + game.sentOff.away }
  const xg = followSoccer(event, game)
  const minute = matchMinute(game)
  const hasScored = before.score.home !== game.score.home || before.score.away !== game.score.away
  const isSentOff = before.sentOff !== game.sentOff.home + game.sentOff.away
  const isTime = minute - state.toldAt >= tellEvery || state.chances === null
  if (!hasScored && !isSentOff && !isTime && xg === null) return null
  const predictor = predictorFor(event.matchId)
  const chances = resultChances(game, predictor)
  const last = state.chances ?? chances
  state.chances = chances
  state.toldAt = minute
  const withGoal = (side: Side): number =>
    homeShare(resultChances({ ...game, score: { ...game.score, [side]: game.score[side] + 1 } }, predictor))
  const [ifHome, ifAway] = [withGoal('home'), withGoal('away')]
  const side = event.kind === 'soccer-action' ? event.side : null
  const isGoal = event.kind === 'soccer-action' && event.shot?.outcome === 'goal'
  const moment: Moment = {
    occasion: event.kind === 'match' ? 'before' : event.actionId,
    clocks: event.clocks,
    text: event.kind === 'match' ? '' : event.description,
    swing: homeShare(chances) - homeShare(last),
    leverage: (ifHome - ifAway) / 2,
    kind: event.kind === 'match' ? 'other' : kindOf(event, hasScored, isSentOff, xg),
    homeScore: game.score.home,
    awayScore: game.score.away,
    isLeadChange: leader(before.score.home, before.score.away) !== leader(game.score.home, game.score.away),
    isClutch: minute >= clutchFrom && Math.abs(before.score.home - before.score.away) <= clutchLead.soccer,
  }
  // What a shot promised counts for the run of play also where it came to nothing.
  if (xg !== null && side !== null && !isGoal)
    moment.promise = xg * ((side === 'home' ? ifHome : ifAway) - homeShare(chances))
  return { moment, chances, xg }
}

function kindOf(action: SoccerAction, hasScored: boolean, isSentOff: boolean, xg: number | null): MomentKind {
  if (hasScored) return 'score'
  if (isSentOff) return 'takeaway'
  return xg !== null && xg >= bigChance ? 'miss' : 'other'
}
