import { isNumber, words } from '../shared/format.js'

/** @typedef {{ quarterback: string, health: number, low?: number, high?: number, secondsLeft?: number, threat: string, threatProbability?: number }} PocketHealthData */

export const kinds = ['nfl.pocket', 'nfl.pressure']

/**
 * The pocket as it closes, and who is likeliest to get through. A new play starts with a whole pocket and no threat.
 * @param {(PocketHealthData & { playId?: string }) | null} before @param {import('../../src/domain/insight.ts').Insight} insight
 * @returns {(PocketHealthData & { playId?: string }) | null}
 */
export function fromInsight(before, insight) {
  const { detail, estimate } = insight
  const playId = words(detail['playId']) || insight.occasion
  const same = before?.playId === playId ? before : null
  if (insight.kind === 'nfl.pressure') {
    if (estimate.type !== 'probability' || same === null) return before
    if (
      same.threatProbability !== undefined &&
      estimate.probability < same.threatProbability &&
      words(detail['name']) !== same.threat
    )
      return same
    return { ...same, threat: words(detail['name']), threatProbability: estimate.probability }
  }
  if (estimate.type !== 'score' || !isNumber(estimate.value)) return before
  const secondsLeft = detail['secondsLeft'] ?? detail['timeLeftSeconds']
  return {
    quarterback: words(detail['quarterback']) || words(detail['name']),
    threat: same?.threat ?? '',
    ...(same?.threatProbability === undefined ? {} : { threatProbability: same.threatProbability }),
    health: estimate.value,
    low: estimate.low,
    high: estimate.high,
    ...(isNumber(secondsLeft) ? { secondsLeft } : {}),
    playId,
  }
}
