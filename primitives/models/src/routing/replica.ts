/** One address that serves one upstream model, with what the balancer knows of it now. Only the balancer writes it. */
export interface Replica {
  /** Stable over reloads: `<provider>/<index or host>/<model>`. */
  readonly id: string
  readonly provider: string
  /** The upstream's name of the model. */
  readonly model: string
  readonly tier: number
  readonly weight: number
  /** `Infinity` for no limit. */
  readonly maxInFlight: number
  readonly prefillTokensPerSecond: number
  readonly cacheTokens: number
  readonly zone: string | null
  requestsInFlight: number
  /** Prompt and expected output tokens of the requests in flight. */
  tokensInFlight: number
  /** Prompt tokens, not expected in its cache, of requests whose first token has not come. */
  prefillTokensInFlight: number
  /** What its own metrics said last; null when they are not asked, or do not answer. */
  engine: EngineLoad | null
  state: ReplicaState
}

/** What an engine says of itself, whoever sent it its requests. */
export interface EngineLoad {
  running: number
  waiting: number
  /** Share of its memory for keys and values in use, 0 to 1; null when it does not say. */
  kvUse: number | null
}

/**
 * `healthy`: takes requests. `probing`: half-open after `open` or `ejected`, takes one at a time. `open`: the breaker
 * opened; takes none until its pause is over. `unhealthy`: the active check fails. `draining`: finishes what it has.
 */
export type ReplicaState = 'healthy' | 'probing' | 'open' | 'ejected' | 'unhealthy' | 'draining'
