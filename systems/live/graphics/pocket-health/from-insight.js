import { isCalledOut } from '../shared/called-out.js'
import { isNumber, words } from '../shared/format.js'

/** @typedef {{ quarterback: string, health?: number, low?: number, high?: number, secondsLeft?: number, threat: string, threatProbability?: number, playId?: string }} PocketHealthData */

export const kinds = ['nfl.pocket', 'nfl.pressure']

/**
 * The pocket as it closes, and how likely pressure is, with who is nearest in time, once it is called out. Another play starts anew.
 * @param {PocketHealthData | null} before @param {import('../../src/domain/insight.ts').Insight} insight
 * @returns {PocketHealthData | null}
 */
export function fromInsight(before, insight) {
  const { detail, estimate } = insight
  const playId = words(detail['playId']) || insight.occasion
  const play = before?.playId === playId ? before : { quarterback: '', threat: '', playId }
  if (insight.kind === 'nfl.pressure' && estimate.type === 'probability') {
    if (!isCalledOut(insight)) {
      const { threatProbability: _, ...calm } = play
      return { ...calm, threat: '' }
    }
    return { ...play, threat: words(detail['name']), threatProbability: estimate.probability }
  }
  if (insight.kind !== 'nfl.pocket' || estimate.type !== 'score') return before
  const secondsLeft = detail['secondsLeft']
  return {
    ...play,
    quarterback: words(detail['name']),
    health: estimate.value,
    ...(isNumber(secondsLeft) ? { secondsLeft } : {}),
  }
}
