import { createRandom, mean, quantile, sortNumbers, sum } from '@heavylift/core/math'

/** How well one query was answered. */
export interface QueryFigures {
  ndcgAt10: number
  ndcgCondensedAt10: number
  recallAt100: number
}

/**
 * nDCG at 10 (Järvelin and Kekäläinen, 2002, with gains 2^grade - 1; what was not judged gains nothing), the same over the list
 * without what was not judged (condensed: Sakai, 2007), and the share of the products of grade 1 and above among the first
 * hundred. `found` are product ids, best first.
 */
export function queryFigures(found: readonly string[], grades: ReadonlyMap<string, number>): QueryFigures {
  const gain = (grade: number): number => 2 ** grade - 1
  const discounted = (gains: readonly number[]): number =>
    sum(gains.slice(0, 10).map((each, at) => each / Math.log2(at + 2)))
  const best = discounted([...grades.values()].map(gain).toSorted((a, b) => b - a))
  const gains = (ids: readonly string[]): number[] => ids.map((id) => gain(grades.get(id) ?? 0))
  const relevant = [...grades].filter(([, grade]) => grade >= 1)
  const first = new Set(found.slice(0, 100))
  return {
    ndcgAt10: discounted(gains(found)) / best,
    ndcgCondensedAt10: discounted(gains(found.filter((id) => grades.has(id)))) / best,
    recallAt100: relevant.filter(([id]) => first.has(id)).length / relevant.length,
  }
}

/** Mean of a third of the queries: those that did worst. */
export function worstThird(values: readonly number[]): number {
  const sorted = sortNumbers(values)
  return mean(sorted.subarray(0, Math.max(1, Math.round(sorted.length / 3))))
}

/** Means over the same third of the queries of two engines, ordered by a key of the queries: the thirds' differences, least first. */
export function leastThirdDifference(
  ours: readonly number[],
  theirs: readonly number[],
  key: readonly number[],
): number {
  const order = key.map((_, at) => at).toSorted((a, b) => (key[a] as number) - (key[b] as number) || a - b)
  const differences = [0, 1, 2].map((third) => {
    const part = order.slice(
      Math.round((third * order.length) / 3),
      Math.round(((third + 1) * order.length) / 3),
    )
    return part.length === 0 ? Infinity : mean(part, (at) => (ours[at] as number) - (theirs[at] as number))
  })
  return Math.min(...differences)
}

/** 95 % interval of the mean difference of paired values, from 2,000 resamples of the pairs (Efron, 1979). */
export function pairedInterval(
  ours: readonly number[],
  theirs: readonly number[],
): { low: number; high: number } {
  const differences = ours.map((each, at) => each - (theirs[at] as number))
  const random = createRandom(7)
  const means = Array.from({ length: 2_000 }, () => {
    let total = 0
    for (let at = 0; at < differences.length; at += 1)
      total += differences[Math.floor(random.next() * differences.length)] as number
    return total / differences.length
  })
  const sorted = sortNumbers(means)
  return { low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) }
}
