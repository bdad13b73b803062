/** A service whose limit is known because it was made so. */
export interface Planted {
  name: string
  workers: number
  meanMs: number
  spread: 'fixed' | 'uniform' | 'exponential' | 'two-kinds'
  /** Beyond so many waiting, 503; none where null. */
  mostWaiting: number | null
  /** Beyond so many a second (token bucket of a tenth of a second), 429; none where null. */
  refusesAbove: number | null
  /** Each request under way makes the others so much slower (κ of the scalability law). */
  pairCost: number
  /** The objective that it is tried with. */
  p99Ms: number
}

const plain = { spread: 'fixed', mostWaiting: null, refusesAbove: null, pairCost: 0 } as const

export const planted: readonly Planted[] = [
  { ...plain, name: 'one worker, exponential', workers: 1, meanMs: 5, spread: 'exponential', p99Ms: 100 },
  { ...plain, name: 'eight workers, fixed', workers: 8, meanMs: 20, p99Ms: 100 },
  { ...plain, name: 'pool of sixteen', workers: 16, meanMs: 25, spread: 'uniform', p99Ms: 120 },
  { ...plain, name: 'bounded queue', workers: 4, meanMs: 10, spread: 'uniform', mostWaiting: 40, p99Ms: 150 },
]

/** What it does a second when there is always work. */
export function capacityOf({ workers, meanMs, refusesAbove }: Planted): number {
  return Math.min((1000 * workers) / meanMs, refusesAbove ?? Infinity)
}
