import { createRandom } from '@heavylift/core/math'
import type { PolicyName } from '../../table/gateway-config.ts'
import type { Outstanding } from '../../routing/balancer.ts'
import { createBalancer } from '../../routing/create-balancer.ts'
import type { Policy } from '../../routing/policies/policy.ts'
import type { Replica } from '../../routing/replica.ts'
import type { ServiceModel } from './service-model.ts'
import { SimulatedEngine } from './simulated-engine.ts'
import type { Trace } from './trace.ts'

/** A policy that may look into the engines, as no router can; see `oracle`. */
export type SimulatedPolicy = (
  random: () => number,
  engineOf: (replica: Replica) => Pick<SimulatedEngine<unknown>, 'prefillTokensLeft' | 'cachedTokensOf'>,
) => Policy

export interface SimulationInput {
  trace: Trace
  policy: PolicyName | SimulatedPolicy
  model: ServiceModel
  replicas: number
  seed: number
  /** How fast each replica is, as a multiple of the model, unknown to the balancer; all 1 when not given. */
  speeds?: readonly number[]
}

export interface RoutingResult {
  /** Milliseconds from sent to first token, of each request in the order of their arrival. */
  ttftMs: Float64Array
  /** Share of prompt tokens that replicas found cached. */
  cachedShare: number
  ejections: number
}

interface Tag {
  outstanding: Outstanding
  sentMs: number
  /** Which request of the trace. */
  at: number
}

/** Plays a trace through a real balancer to simulated replicas; events in the order of their time. */
export function simulate(input: SimulationInput): RoutingResult {
  const { trace, model, policy, replicas, seed } = input
  const uniform = createRandom(seed)
  const random = () => uniform.next()
  const engineOf = new Map<Replica, SimulatedEngine<Tag>>()
  const balancer = createBalancer({
    policy: typeof policy === 'string' ? policy : policy(random, (replica) => engineOf.get(replica)!),
    replicas: Array.from({ length: replicas }, (_, at) => ({
      id: String(at),
      provider: 'simulated',
      model: 'simulated',
      prefillTokensPerSecond: model.prefillTokensPerSecond,
      cacheTokens: model.kvTokens,
    })),
    random,
  })
  const ttftMs = new Float64Array(trace.requests.length).fill(Number.NaN)
  let ejections = 0
  const events = {
    firstToken({ outstanding, sentMs, at }: Tag, atMs: number) {
      outstanding.firstToken(atMs)
      ttftMs[at] = atMs - sentMs
    },
    ended({ outstanding }: Tag, atMs: number) {
      outstanding.end('ok', atMs)
    },
  }
  for (const [at, replica] of balancer.replicas.entries()) {
    const speed = input.speeds?.[at] ?? 1
    engineOf.set(replica, new SimulatedEngine<Tag>(atSpeed(model, speed), trace.tokensPerBlock, events))
  }
  const engines = [...engineOf.values()]

  const runUntil = (untilMs: number): void => {
    for (;;) {
      let first: SimulatedEngine<Tag> | null = null
      for (const engine of engines) if (first === null || engine.stepEndsMs < first.stepEndsMs) first = engine
      if (first === null || first.stepEndsMs === Infinity || first.stepEndsMs > untilMs) return
      first.finishStep()
    }
  }

  for (const [at, request] of trace.requests.entries()) {
    runUntil(request.atMs)
    const outstanding = balancer.start(
      {
        promptTokens: request.promptTokens,
        outputTokens: request.outputTokens,
        prefix: request.blocks,
        tokensPerBlock: trace.tokensPerBlock,
      },
      request.atMs,
    )
    if (outstanding === null) throw new Error('The balancer found no replica; none of them ever fails here.')
    for (const replica of balancer.replicas) if (replica.state === 'ejected') ejections++
    engineOf
      .get(outstanding.replica)
      ?.submit({ ...request, tag: { outstanding, sentMs: request.atMs, at } }, request.atMs)
  }
  runUntil(Number.MAX_VALUE)
  const prompts = engines.reduce((sum, engine) => sum + engine.promptTokens, 0)
  const cached = engines.reduce((sum, engine) => sum + engine.cachedTokens, 0)
  return { ttftMs, cachedShare: cached / prompts, ejections }
}

function atSpeed(model: ServiceModel, speed: number): ServiceModel {
  return {
    ...model,
    prefillTokensPerSecond: model.prefillTokensPerSecond * speed,
    stepMs: model.stepMs / speed,
    decodeMs: model.decodeMs / speed,
  }
}
