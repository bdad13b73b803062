import { words } from '../shared/format.js'

/** @typedef {{ team: string, coverage: 'man' | 'zone' | '', probability?: number, scheme: string, schemeProbability?: number, playId?: string }} CoverageData */

export const kinds = ['nfl.coverage']

/**
 * Man or zone by the likelier of the two; a scheme when the insight speaks of one.
 * @param {CoverageData | null} before @param {import('../../src/domain/insight.ts').Insight} insight
 * @returns {CoverageData | null}
 */
export function fromInsight(before, insight) {
  if (insight.estimate.type !== 'classes') return before
  const playId = words(insight.detail['playId']) || insight.occasion
  const same = before?.playId === playId ? before : null
  const top = insight.estimate.classes.toSorted((a, b) => b.probability - a.probability)[0]
  if (top === undefined) return before
  const name = top.name.toLowerCase()
  const base = {
    team: words(insight.detail['team']),
    coverage: /** @type {const} */ (''),
    scheme: '',
    ...same,
    playId,
  }
  if (name === 'man' || name === 'zone') return { ...base, coverage: name, probability: top.probability }
  return { ...base, scheme: top.name, schemeProbability: top.probability }
}
