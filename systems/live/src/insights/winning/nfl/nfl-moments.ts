import type { Clocks } from '../../../domain/clocks.ts'
import type { FeedEvent, NflPlay } from '../../../domain/feed-event.ts'
import { clutchLead, leader } from '../moments/moment.ts'
import type { Moment, MomentKind } from '../moments/moment.ts'
import type { NflGameState, NflTracker } from './game-state.ts'
import { createNflTracker, stateAfter, stateBefore } from './game-state.ts'
import { winProbability } from './win-probability.ts'

/** A play whose end is not known until the next one is. Plain JSON. */
interface OpenPlay {
  before: NflGameState
  chanceBefore: number
  kind: MomentKind
  text: string
  clocks: Clocks
  homeScoreAfter: number
  awayScoreAfter: number
}

export interface NflMomentState {
  tracker: NflTracker
  open: OpenPlay | null
}

export function createNflMomentState(): NflMomentState {
  return { tracker: createNflTracker(), open: null }
}

/** A moment, and the home side's chance after it. */
export interface NflTold {
  moment: Moment
  chance: number
  /** Null after the end. */
  after: NflGameState | null
}

/**
 * The plays that this event closes: the play itself where it tells how it ended, the one before where only this event says
 * so, the last one at the end of the match. Each play is told once.
 */
export function nflMoments(event: FeedEvent, state: NflMomentState): NflTold[] {
  if (event.kind === 'match-end') return closeAtEnd(event, state)
  const before = stateBefore(event, state.tracker)
  if (before === null) return []
  const told: NflTold[] = []
  const chanceBefore = winProbability(before, event.matchId)
  if (state.open !== null && state.open.before.playId !== before.playId) {
    told.push(close(state.open, chanceBefore, before))
    state.open = null
  }
  if (event.kind !== 'nfl-play' || event.playType === 'period_end' || event.playType === 'timeout')
    return told
  const open: OpenPlay = {
    before,
    chanceBefore,
    kind: kindOf(event),
    text: event.description,
    clocks: event.clocks,
    homeScoreAfter: event.homeScoreAfter,
    awayScoreAfter: event.awayScoreAfter,
  }
  const after = stateAfter(before, event)
  if (after === null) state.open = open
  else told.push(close(open, winProbability(after, event.matchId), after))
  return told
}

function closeAtEnd(event: FeedEvent & { kind: 'match-end' }, state: NflMomentState): NflTold[] {
  const open = state.open
  state.open = null
  if (open === null || event.homeScore === null || event.awayScore === null) return []
  const winner = leader(event.homeScore, event.awayScore)
  return [close(open, winner === null ? 0.5 : winner === 'home' ? 1 : 0, null)]
}

function close(open: OpenPlay, chance: number, after: NflGameState | null): NflTold {
  const { before } = open
  const lead = Math.abs(before.homeScore - before.awayScore)
  const isLate = before.period > 4 || (before.period === 4 && before.secondsLeft <= 300)
  const shifted = (points: number) =>
    winProbability({ ...before, homeScore: before.homeScore + points }, null)
  return {
    chance,
    after,
    moment: {
      occasion: before.playId,
      clocks: open.clocks,
      text: open.text,
      swing: chance - open.chanceBefore,
      leverage: (shifted(7) - shifted(-7)) / 2,
      kind: open.kind,
      homeScore: open.homeScoreAfter,
      awayScore: open.awayScoreAfter,
      isLeadChange:
        leader(before.homeScore, before.awayScore) !== leader(open.homeScoreAfter, open.awayScoreAfter),
      isClutch: isLate && lead <= clutchLead.nfl,
    },
  }
}

function kindOf(play: NflPlay): MomentKind {
  const { results } = play
  if (results.interception || results.fumbleLost) return 'takeaway'
  if (play.homeScoreAfter + play.awayScoreAfter > play.situation.homeScore + play.situation.awayScore)
    return 'score'
  if (results.turnoverOnDowns) return 'stop'
  return results.fieldGoal !== null ? 'miss' : 'other'
}
