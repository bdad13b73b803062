import { isCalledOut } from '../shared/called-out.js'
import { teamsOf } from '../shared/teams.js'

/** @typedef {{ team: string, coverage: 'man' | 'zone' | '', probability?: number, scheme: string, schemeProbability?: number }} CoverageData */

export const kinds = ['nfl.coverage']

/**
 * Man or zone by the likelier of the two, and beside it the likeliest scheme of that kind; empty while nothing is sure enough.
 * @param {CoverageData | null} before @param {import('../../src/domain/insight.ts').Insight} insight
 * @param {import('../../src/domain/match.ts').Match | null} match @returns {CoverageData | null}
 */
export function fromInsight(before, insight, match) {
  const { detail, estimate } = insight
  if (estimate.type !== 'classes') return before
  const top = likeliest(estimate.classes)
  if (top === null || (top.name !== 'man' && top.name !== 'zone')) return before
  const teams = teamsOf(match)
  const team = detail['side'] === 'home' ? teams.home : detail['side'] === 'away' ? teams.away : ''
  if (!isCalledOut(insight)) return { team, coverage: '', scheme: '' }
  /** @type {{ name: string, coverage: string, probability: number }[]} */
  const schemes = Array.isArray(detail['schemes']) ? detail['schemes'] : []
  const scheme = likeliest(schemes.filter(({ coverage }) => coverage === top.name))
  return {
    team,
    coverage: top.name,
    probability: top.probability,
    scheme: scheme === null ? '' : schemeWords(scheme.name),
    ...(scheme === null ? {} : { schemeProbability: scheme.probability }),
  }
}

/** @param {{ name: string, probability: number }[]} classes */
function likeliest(classes) {
  return classes.toSorted((a, b) => b.probability - a.probability)[0] ?? null
}

/** `COVER_3` as people say it. @param {string} scheme */
function schemeWords(scheme) {
  if (scheme === '2_MAN') return 'Cover 2 man'
  const text = scheme.toLowerCase().replaceAll('_', ' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
