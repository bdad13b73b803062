import type { NbaAction } from '../../domain/feed-event.ts'
import type { Side } from '../../domain/match.ts'
import { otherSide } from '../../domain/match.ts'

type Action = Pick<NbaAction, 'actionType' | 'subType' | 'side' | 'isMade' | 'description'>

/** What is remembered of the ball. Plain JSON. */
export interface PossessionState {
  ball: Side | null
  openingTip: Side | null
}

/**
 * Who has the ball after each action. The stats feed does not say; the CDN feed names who had it during the action. Rules
 * of play: a score and a turnover hand it over, technical and flagrant free throws do not; the side that lost the opening
 * tip begins the second and third period, the other the fourth (NBA rule 6, section I).
 */
export function createPossession(state: PossessionState = { ball: null, openingTip: null }) {
  const after = (action: Action, period: number): Side | null => {
    const { ball, openingTip } = state
    const { actionType, subType, side, isMade } = action
    if (actionType === 'period' || actionType === 'game') {
      if (subType !== 'start' || openingTip === null || period === 1 || period > 4) return null
      return period === 4 ? openingTip : otherSide(openingTip)
    }
    if (side === null) return ball
    switch (actionType) {
      case '2pt':
      case '3pt':
        return isMade === true ? otherSide(side) : side
      case 'freethrow':
        if (/technical/i.test(`${subType} ${action.description}`)) return ball
        if (/flagrant|clear path/i.test(`${subType} ${action.description}`)) return side
        return isMade === true && isLast(subType) ? otherSide(side) : side
      case 'jumpball':
        state.openingTip ??= side
        return side
      case 'rebound':
      case 'steal':
        return side
      case 'turnover':
        return otherSide(side)
      case 'foul':
        return subType === 'technical' || /double/i.test(action.description) ? ball : otherSide(side)
      default:
        return ball
    }
  }

  return (action: Action, period: number): Side | null => {
    state.ball = after(action, period)
    return state.ball
  }
}

/** Whether a free throw is the last of its series: `2 of 2`. */
export function isLast(subType: string): boolean {
  const series = /(\d) of (\d)/.exec(subType)
  return series !== null && series[1] === series[2]
}
