import type { Clock, Ids, Logger } from '@heavylift/core'
import type { ReadyAnswers } from '../cache/ready-answers.ts'
import type { Limits } from '../admission/limits.ts'
import type { KeptResponses } from '../kept/kept-responses.ts'
import type { Meter } from '../metering/meter.ts'
import type { BreakerOptions } from '../routing/health-options.ts'
import type { ReadSecret } from '../secret.ts'
import type { TokenUsage } from '../wire/codec.ts'

/** What the gateway stands on. */
export interface GatewayParts {
  clock: Clock
  ids: Ids
  log: Logger
  random: () => number
  limits: Limits
  meter: Meter
  readSecret: ReadSecret
  /** Other than the usual; for measuring with models that break on purpose. */
  breaker?: Partial<BreakerOptions>
  /** Tells other gateways that a replica was taken out here, so that they look sooner. */
  onTakenOut?: (replicaId: string) => void
  /** Answers made ahead; none where there is no database. */
  ready?: Pick<ReadyAnswers, 'mayHave' | 'find' | 'keep'>
  /** Responses to go on from; none where there is no database. */
  responses?: KeptResponses
  prices: {
    cost(
      provider: string,
      upstreamModel: string,
      usage: TokenUsage,
      nowMs: number,
    ): { costMicros: number; isPriced: boolean }
  }
}
