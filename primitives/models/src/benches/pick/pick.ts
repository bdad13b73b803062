import type { MeasureInput } from '@heavylift/core'
import { createRandom } from '@heavylift/core/math'
import type { Outstanding } from '../../routing/balancer.ts'
import { createBalancer } from '../../routing/create-balancer.ts'
import { policyNames } from '../../table/gateway-config.ts'
import type { PolicyName } from '../../table/gateway-config.ts'

const sizes = [8, 64, 512, 2_000]
const conversations = 500
/** As the gateway makes them: prompts of 1,024 tokens. */
const blocks = 8
const tokensPerBlock = 128
/** Requests started, or ended, between two looks at the clock. */
const batch = 100
const batches = 200
/** In the balancer's time: a thousand requests a second. */
const everyMs = 1

/**
 * What choosing a replica costs, µs a request, by policy and number of replicas; each holds two requests on average.
 * Comparing the replicas ten times a second is part of it; ending requests is told apart. Time is the processor's, with what the
 * garbage takes, so that other programs on the machine do not count.
 */
export function runPick({ report, signal }: MeasureInput) {
  const metrics: Record<string, number> = {}
  let most = 0
  for (const [at, policy] of policyNames.entries()) {
    for (const size of sizes) {
      signal.throwIfAborted()
      report({ stage: `${policy} ${size}`, done: at, total: policyNames.length, unit: 'policies' })
      const { pickUs, endUs } = measure(policy, size)
      metrics[`${policy} ${size}`] = round(pickUs)
      metrics[`${policy} ${size} end`] = round(endUs)
      if (size === sizes.at(-1)) most = Math.max(most, pickUs)
    }
  }
  return Promise.resolve({
    n: policyNames.length * sizes.length * batches * batch,
    metrics: { mostUsAt2000: round(most), ...metrics },
  })
}

function measure(policy: PolicyName, replicas: number): { pickUs: number; endUs: number } {
  const uniform = createRandom(1)
  const random = () => uniform.next()
  const balancer = createBalancer({
    policy,
    replicas: Array.from({ length: replicas }, (_, at) => ({
      id: String(at),
      provider: 'p',
      model: 'm',
      weight: 1 + (at % 3),
    })),
    random,
  })
  const prefixes = Array.from({ length: conversations }, () =>
    Uint32Array.from({ length: blocks }, () => Math.floor(random() * 2 ** 32)),
  )
  const inFlight: Outstanding[] = []
  let nowMs = 0
  let first = 0
  const start = (): void => {
    nowMs += everyMs
    const prefix = prefixes[Math.floor(random() * conversations)] ?? new Uint32Array(0)
    const traits = { promptTokens: blocks * tokensPerBlock, outputTokens: 256, prefix, tokensPerBlock }
    const outstanding = balancer.start(traits, nowMs)
    if (outstanding !== null) inFlight.push(outstanding)
  }
  const end = (): void => {
    const outstanding = inFlight[first++]
    outstanding?.firstToken(nowMs)
    outstanding?.end('ok', nowMs)
  }
  const timed = (act: () => void): number => {
    const began = process.cpuUsage()
    for (let at = 0; at < batch; at++) act()
    const { user, system } = process.cpuUsage(began)
    return (user + system) / 1000
  }
  while (inFlight.length < 2 * replicas) start()
  let pickMs = 0
  let endMs = 0
  // The first quarter warms up.
  for (let at = -batches / 4; at < batches; at++) {
    const picked = timed(start)
    const ended = timed(end)
    if (at < 0) continue
    pickMs += picked
    endMs += ended
  }
  const count = batches * batch
  return { pickUs: (pickMs / count) * 1000, endUs: (endMs / count) * 1000 }
}

function round(us: number): number {
  return Math.round(us * 100) / 100
}
