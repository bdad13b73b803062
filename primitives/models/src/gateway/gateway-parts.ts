import type { Clock, Ids, Logger } from '@heavylift/core'
import type { Limits } from '../admission/limits.ts'
import type { Meter } from '../metering/meter.ts'
import type { TokenUsage } from '../wire/codec.ts'

/** What the gateway stands on. */
export interface GatewayParts {
  clock: Clock
  ids: Ids
  log: Logger
  random: () => number
  limits: Limits
  meter: Meter
  prices: {
    cost(
      provider: string,
      upstreamModel: string,
      usage: TokenUsage,
      nowMs: number,
    ): { costMicros: number; isPriced: boolean }
  }
}
