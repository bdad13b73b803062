import type { CompiledLimits } from '../allowance.ts'
import type { Blocks } from './blocks.ts'
import type { Share } from './share.ts'

/** The shares of what a tenant or key may use, one for each limit that it has. */
export function sharesOf(blocks: Blocks, scope: string, limits: CompiledLimits): Share[] {
  const { config, dayBudgetMicros, monthBudgetMicros } = limits
  const shares: Share[] = []
  const add = (kind: Share['kind'], limit: number | null, monthLimit = Infinity) => {
    if (limit !== null) shares.push(blocks.share(kind, scope, { limit, monthLimit }))
  }
  if (dayBudgetMicros !== Infinity || monthBudgetMicros !== Infinity) {
    add('budget', dayBudgetMicros, monthBudgetMicros)
  }
  add('flight', config.maxInFlight)
  add('requests', config.requestsPerMinute)
  add('tokens', config.tokensPerMinute)
  return shares
}
