import type { CallTraits } from '../balancer.ts'
import type { Slot } from '../slot.ts'

/** Chooses one of the first `count` (at least one) of `candidates`, all of which may take the request. */
export interface Policy {
  /** Whether `cachedTokens` of the candidates must be known. */
  readonly usesPrefix: boolean
  choose(candidates: readonly Slot[], count: number, request: CallTraits, nowMs: number): Slot
}
