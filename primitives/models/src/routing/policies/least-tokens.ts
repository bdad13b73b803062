import type { CallTraits } from '../balancer.ts'
import type { Slot } from '../slot.ts'

/** Tokens in flight for its weight, those of the request at hand included; more of them where it might hang or
 * has requests of others. */
export function outstandingTokens(
  slot: Slot,
  request: Pick<CallTraits, 'promptTokens' | 'outputTokens'>,
): number {
  const tokens = request.promptTokens + request.outputTokens
  return (slot.replica.tokensInFlight + tokens * (1 + slot.suspicion + slot.ofOthers)) / slot.weight
}
