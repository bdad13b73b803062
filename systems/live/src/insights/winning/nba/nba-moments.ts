import type { FeedEvent } from '../../../domain/feed-event.ts'
import type { Regulation } from '../../../domain/match.ts'
import { clutchLead, leader } from '../moments/moment.ts'
import type { Moment, MomentKind } from '../moments/moment.ts'
import { isTimeUp, nbaStateAfter } from './game-state.ts'
import type { NbaGameState } from './game-state.ts'
import { nbaWinProbability } from './win-probability.ts'

export interface NbaMomentState {
  before: NbaGameState | null
  chance: number
  regulation: Regulation | null
}

export function createNbaMomentState(): NbaMomentState {
  return { before: null, chance: 0.5, regulation: null }
}

export interface NbaTold {
  moment: Moment
  chance: number
  after: NbaGameState
}

/** What an action did; null for other events, for the first action and after time ran out. */
export function nbaMoment(event: FeedEvent, state: NbaMomentState): NbaTold | null {
  if (event.kind === 'match') state.regulation = event.match.regulation ?? null
  const after = nbaStateAfter(event, state.regulation)
  if (after === null || event.kind !== 'nba-action' || isTimeUp(after)) return null
  const { before, chance: chanceBefore } = state
  const chance = nbaWinProbability(after, event.matchId)
  state.before = after
  state.chance = chance
  if (before === null) return null
  const lead = Math.abs(before.homeScore - before.awayScore)
  const last = state.regulation?.periods ?? 4
  const isLate = before.period > last || (before.period === last && before.secondsLeft <= 300)
  const shifted = (points: number) =>
    nbaWinProbability({ ...before, homeScore: before.homeScore + points }, null)
  const moment: Moment = {
    occasion: after.actionId,
    clocks: event.clocks,
    text: event.description,
    swing: chance - chanceBefore,
    leverage: (shifted(3) - shifted(-3)) / 2,
    kind: kindOf(event.actionType, event.points, event.isMade),
    homeScore: after.homeScore,
    awayScore: after.awayScore,
    isLeadChange: leader(before.homeScore, before.awayScore) !== leader(after.homeScore, after.awayScore),
    isClutch: isLate && lead <= clutchLead.nba,
  }
  return { moment, chance, after }
}

function kindOf(actionType: string, points: number, isMade: boolean | null): MomentKind {
  if (points > 0) return 'score'
  if (actionType === 'steal' || actionType === 'turnover') return 'takeaway'
  if (actionType === 'block') return 'stop'
  return isMade === false ? 'miss' : 'other'
}
