import type { CallTraits } from '../balancer.ts'
import type { Slot } from '../slot.ts'

/** Tokens in flight for its weight, those of the request at hand included. */
export function outstandingTokens(slot: Slot, request: CallTraits): number {
  return (slot.replica.tokensInFlight + request.promptTokens + request.outputTokens) / slot.weight
}
