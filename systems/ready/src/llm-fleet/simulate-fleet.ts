import { createRandom } from '@heavylift/core/math'
import { createBalancer } from '@heavylift/models/routing'
import type { Outstanding, PolicyName } from '@heavylift/models/routing'
import { SimulatedLlmEngine } from './engine.ts'
import type { EngineOptions } from './engine.ts'
import { PrefixCache } from './prefix-cache.ts'
import type { StepTimes } from './step-times.ts'

export interface FleetRequest {
  atMs: number
  promptTokens: number
  outputTokens: number
  /** Ids of the prompt's blocks, the same id for the same beginning; empty where nothing is known of them. */
  blocks?: readonly number[]
}

export interface FleetInput {
  /** In the order of arrival. */
  requests: readonly FleetRequest[]
  replicas: number
  policy: PolicyName
  times: StepTimes
  engine: EngineOptions
  seed: number
  isPrefixCaching: boolean
}

export interface FleetResult {
  /** Of each request in its order, milliseconds from its arrival. */
  ttftMs: Float64Array
  latencyMs: Float64Array
  /** Milliseconds a token after the first. */
  tpotMs: Float64Array
  steps: number
  preemptions: number
  /** Share of prompt tokens that were found in a prefix cache. */
  cachedShare: number
}

interface Tag {
  at: number
  outstanding: Outstanding
}

const tokensPerBlock = 16

/** Requests through the gateway's own balancer to simulated engines, events in the order of their time. The same input gives the same result. */
export function simulateFleet(input: FleetInput): FleetResult {
  const { requests, times, engine: options, isPrefixCaching } = input
  const random = createRandom(input.seed)
  const balancer = createBalancer({
    policy: input.policy,
    replicas: Array.from({ length: input.replicas }, (_, at) => ({
      id: String(at),
      provider: 'simulated',
      model: 'simulated',
      prefillTokensPerSecond: prefillRate(times, options),
      cacheTokens: options.kvBlocks * options.blockSize,
    })),
    random: () => random.next(),
  })
  const n = requests.length
  const ttftMs = new Float64Array(n).fill(NaN)
  const latencyMs = new Float64Array(n).fill(NaN)
  const tpotMs = new Float64Array(n).fill(NaN)
  const events = {
    firstToken({ at, outstanding }: Tag, nowMs: number) {
      outstanding.firstToken(nowMs)
      ttftMs[at] = nowMs - (requests[at] as FleetRequest).atMs
    },
    ended({ at, outstanding }: Tag, nowMs: number) {
      outstanding.end('ok', nowMs)
      const { atMs, outputTokens } = requests[at] as FleetRequest
      latencyMs[at] = nowMs - atMs
      tpotMs[at] =
        outputTokens < 2 ? NaN : ((latencyMs[at] as number) - (ttftMs[at] as number)) / (outputTokens - 1)
    },
  }
  const engines = new Map(
    balancer.replicas.map((replica) => [
      replica,
      {
        engine: new SimulatedLlmEngine<Tag>(times, options, events),
        cache: new PrefixCache(options.kvBlocks),
      },
    ]),
  )
  const all = [...engines.values()]
  // Engines do not see each other; the balancer must hear of their events in order when the next request is placed.
  const runUntil = (untilMs: number) => {
    for (;;) {
      let first: SimulatedLlmEngine<Tag> | null = null
      for (const { engine } of all) if (first === null || engine.stepEndsMs < first.stepEndsMs) first = engine
      if (first === null || first.stepEndsMs > untilMs) return
      first.advance(untilMs)
    }
  }
  let prompts = 0
  let cached = 0
  for (const [at, request] of requests.entries()) {
    runUntil(request.atMs)
    const { promptTokens, outputTokens, blocks = [] } = request
    const outstanding = balancer.start(
      { promptTokens, outputTokens, prefix: Uint32Array.from(blocks), tokensPerBlock },
      request.atMs,
    )
    if (outstanding === null) throw new Error('The balancer found no replica; none of them ever fails here.')
    const chosen = engines.get(outstanding.replica)
    const cachedTokens = isPrefixCaching ? tokensPerBlock * (chosen?.cache.use(blocks) ?? 0) : 0
    prompts += promptTokens
    cached += Math.min(cachedTokens, promptTokens)
    chosen?.engine.submit({ promptTokens, outputTokens, cachedTokens }, { at, outstanding }, request.atMs)
  }
  runUntil(Number.MAX_VALUE)
  return {
    ttftMs,
    latencyMs,
    tpotMs,
    steps: all.reduce((sum, { engine }) => sum + engine.steps, 0),
    preemptions: all.reduce((sum, { engine }) => sum + engine.preemptions, 0),
    cachedShare: prompts === 0 ? 0 : cached / prompts,
  }
}

function prefillRate(times: StepTimes, { maxNumBatchedTokens }: EngineOptions): number {
  const load = {
    prefills: [{ chunk: maxNumBatchedTokens, kept: 0 }],
    decodes: 0,
    kvMean: 0,
    kvMax: 0,
    kvMin: 0,
    sampled: 1,
  }
  return (1000 * maxNumBatchedTokens) / times.stepMs(load)
}
