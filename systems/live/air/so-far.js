/** @typedef {import('../src/domain/insight.ts').Insight} Insight */
/** @typedef {{ kinds: Iterable<string>, fromInsight: (before: any, insight: Insight, match: any) => unknown }} Mapping */

/**
 * What a graphic would show now, had it heard all of a match: the insights that were said are put into its data one after the
 * other, oldest first. Undefined where none of its kinds has been said.
 * @param {(kind: string) => Promise<{ insights: readonly { insight: Insight }[] }>} insightsOf the newest of a kind
 * @param {Mapping} mapping @param {unknown} match
 * @returns {Promise<Record<string, unknown> | undefined>}
 */
export async function soFar(insightsOf, { kinds, fromInsight }, match) {
  const answers = await Promise.all([...kinds].map(insightsOf))
  const said = answers
    .flatMap(({ insights }) => insights.map(({ insight }) => insight))
    .toSorted((a, b) => a.clocks.eventTimeMs - b.clocks.eventTimeMs)
  let data = null
  for (const insight of said) data = fromInsight(data, insight, match)
  return data === null ? undefined : /** @type {Record<string, unknown>} */ (data)
}
