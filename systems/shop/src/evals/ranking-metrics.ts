/**
 * Figures over queries with one right answer each. `ranks` counts from 1; null where the answer was not among the first
 * ten. nDCG@10 with one relevant item is 1 / log2(rank + 1) (Järvelin and Kekäläinen, 2002).
 */
export function rankingMetrics(ranks: readonly (number | null)[]): {
  recallAt1: number
  recallAt10: number
  ndcgAt10: number
} {
  const mean = (gain: (rank: number) => number): number => {
    const sum = ranks.reduce<number>((total, rank) => total + (rank === null ? 0 : gain(rank)), 0)
    return ranks.length === 0 ? 0 : Number((sum / ranks.length).toFixed(4))
  }
  return {
    recallAt1: mean((rank) => (rank === 1 ? 1 : 0)),
    recallAt10: mean(() => 1),
    ndcgAt10: mean((rank) => 1 / Math.log2(rank + 1)),
  }
}

/** Place of `wanted` among the first ten, from 1; null when it is not there. */
export function rankOf(wanted: string, found: readonly string[]): number | null {
  const at = found.slice(0, 10).indexOf(wanted)
  return at === -1 ? null : at + 1
}
