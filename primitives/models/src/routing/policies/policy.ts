import type { CallTraits } from '../balancer.ts'
import type { ReadyTotals } from '../ready-totals.ts'
import type { Slot } from '../slot.ts'

/** Chooses one of the first `count` (at least one) of `candidates`, all of which may take the request. */
export interface Policy {
  /** Whether `cachedTokens` of the candidates must be known. */
  readonly usesPrefix: boolean
  /**
   * Which candidates it needs where there are many: all (when absent); those of the least `key`; two by chance; the next
   * in the order of the table, however few there are; or those of the least `key` and those that know the prefix.
   */
  readonly reach?: 'all' | 'least' | 'two' | 'next' | 'prefix'
  /** Without time or request: it may grow by itself, and shrinks only as requests start and end. */
  key?(slot: Slot): number
  choose(
    candidates: readonly Slot[],
    count: number,
    request: CallTraits,
    nowMs: number,
    totals: ReadyTotals,
  ): Slot
}
