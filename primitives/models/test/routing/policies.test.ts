import { describe, expect, test } from 'vitest'
import type { PolicyName } from '../../src/table/gateway-config.ts'
import type { Balancer, CallTraits, Outstanding } from '../../src/routing/balancer.ts'
import { createBalancer } from '../../src/routing/create-balancer.ts'
import type { ReplicaSpec } from '../../src/routing/create-replica.ts'
import { replicaSpecs, routeRequest, seeded } from './requests.ts'

function balancerOf(policy: PolicyName, replicas: readonly ReplicaSpec[]): Balancer {
  return createBalancer({ policy, replicas, random: seeded(7) })
}

/** Starts `count` requests and returns which replica each went to. */
function started(balancer: Balancer, count: number, request: CallTraits = routeRequest()): number[] {
  return Array.from({ length: count }, () => {
    const outstanding = balancer.start(request, 0)
    return outstanding === null ? -1 : balancer.replicas.indexOf(outstanding.replica)
  })
}

function counts(chosen: readonly number[]): Record<number, number> {
  return Object.fromEntries(
    Map.groupBy(chosen, (at) => at)
      .entries()
      .map(([at, all]) => [at, all.length]),
  )
}

describe('least-outstanding', () => {
  test('takes the one with the fewest in flight for its weight', () => {
    const [light, heavy] = replicaSpecs(2)
    const balancer = balancerOf('least-outstanding', [light!, { ...heavy!, weight: 3 }])
    expect(counts(started(balancer, 40))).toEqual({ 0: 10, 1: 30 })
  })

  test('takes of those with as many the one with fewer tokens', () => {
    const balancer = balancerOf('least-outstanding', replicaSpecs(3))
    const [long] = started(balancer, 1, routeRequest({ promptTokens: 10_000 }))
    expect(counts(started(balancer, 4))[long!]).toBeUndefined()
    // Requests count first: it is the emptiest now.
    expect(started(balancer, 1)).toEqual([long])
  })

  test('breaks ties by chance, not by place', () => {
    const balancer = balancerOf('least-outstanding', replicaSpecs(4))
    const chosen = new Set<string>()
    for (let at = 0; at < 60; at++) {
      const outstanding = balancer.start(routeRequest(), 0)
      outstanding?.end('ok', 0)
      chosen.add(outstanding?.replica.id ?? '')
    }
    expect(chosen.size).toBe(4)
  })
})

test('least-tokens counts tokens, not requests', () => {
  const balancer = balancerOf('least-tokens', replicaSpecs(2))
  const [first] = started(balancer, 1, routeRequest({ promptTokens: 10_000 }))
  expect(started(balancer, 20)).not.toContain(first)
})

test('power-of-two never takes the fuller of two', () => {
  const balancer = balancerOf('power-of-two', replicaSpecs(2))
  expect(counts(started(balancer, 50))).toEqual({ 0: 25, 1: 25 })
})

test('round-robin takes turns and steps over those that are out', () => {
  const balancer = balancerOf('round-robin', replicaSpecs(3))
  expect(started(balancer, 4)).toEqual([0, 1, 2, 0])
  balancer.setDraining('p/1/m', true)
  expect(started(balancer, 3)).toEqual([2, 0, 2])
})

describe('weighted', () => {
  test('interleaves by weight', () => {
    const [a, b, c] = replicaSpecs(3)
    const balancer = balancerOf('weighted', [{ ...a!, weight: 5 }, b!, c!])
    const round = [0, 1, 0, 0, 0, 2, 0]
    expect(started(balancer, 21)).toEqual([...round, ...round, ...round])
  })

  test('is never two turns from the share of any weight', () => {
    const weights = [5, 1, 0.3, 2, 2, 1.7, 9]
    const total = weights.reduce((sum, weight) => sum + weight, 0)
    const specs = replicaSpecs(weights.length)
    const balancer = balancerOf(
      'weighted',
      specs.map((spec, at) => ({ ...spec, weight: weights[at]! })),
    )
    const given = weights.map(() => 0)
    for (let turn = 1; turn <= 500; turn++) {
      given[started(balancer, 1)[0]!]! += 1
      given.forEach((count, at) => expect(Math.abs(count - (turn * weights[at]!) / total)).toBeLessThan(2))
    }
  })
})

describe('prefix-affinity', () => {
  const conversation = routeRequest({ promptTokens: 64, prefix: Uint32Array.of(1, 2, 3, 4) })

  test('sends a prefix where it is known', () => {
    const balancer = balancerOf('prefix-affinity', replicaSpecs(4))
    const outstanding = balancer.start(conversation, 0)
    outstanding?.end('ok', 0)
    for (let turn = 0; turn < 20; turn++) {
      const next = balancer.start(conversation, 0)
      expect(next?.replica).toBe(outstanding?.replica)
      next?.end('ok', 0)
    }
  })

  test('but not past a quarter more than its share', () => {
    const balancer = balancerOf('prefix-affinity', replicaSpecs(4))
    started(balancer, 400, conversation)
    for (const replica of balancer.replicas) expect(replica.requestsInFlight).toBeLessThanOrEqual(125)
  })
})

describe('prefill-aware', () => {
  const tokensPerBlock = 512
  const long = routeRequest({ promptTokens: 4 * 512, prefix: Uint32Array.of(1, 2, 3, 4), tokensPerBlock })

  test('prefers the cached prefix while the queue there costs less than the prefill elsewhere', () => {
    const balancer = balancerOf('prefill-aware', replicaSpecs(3))
    const first = balancer.start(long, 0)
    first?.firstToken(600)
    const second = balancer.start(long, 700)
    expect(second?.replica).toBe(first?.replica)
  })

  test('leaves a cached prefix behind a long prefill', () => {
    const balancer = balancerOf('prefill-aware', replicaSpecs(2))
    const first = balancer.start(long, 0)
    first?.firstToken(500)
    const other = balancer.replicas.find((replica) => replica !== first?.replica)
    balancer.setDraining(other?.id ?? '', true)
    balancer.start(routeRequest({ promptTokens: 50_000 }), 500)
    balancer.setDraining(other?.id ?? '', false)
    expect(balancer.start(long, 500)?.replica).toBe(other)
  })

  test('learns which replica reads faster than configured', () => {
    const balancer = balancerOf('prefill-aware', replicaSpecs(2))
    const request = routeRequest({ promptTokens: 8000 })
    let nowMs = 0
    const late: number[] = []
    for (let at = 0; at < 300; at++) {
      const outstanding = balancer.start(request, nowMs)
      const isFast = outstanding?.replica === balancer.replicas[1]
      late.push(isFast ? 1 : 0)
      nowMs += isFast ? 1000 : 3000
      outstanding?.firstToken(nowMs)
      outstanding?.end('ok', nowMs)
    }
    expect(late.slice(200)).not.toContain(0)
  })
})

test('a request goes to no replica that it excludes, and to a higher tier only when the lower is out [MODELS-ROUTE-02]', () => {
  const [a, b, c] = replicaSpecs(3)
  const balancer = balancerOf('least-outstanding', [{ ...a!, tier: 1 }, { ...b!, maxInFlight: 1 }, c!])
  const [spare, full, main] = balancer.replicas
  expect(counts(started(balancer, 10))).toEqual({ 1: 1, 2: 9 })
  expect(full?.requestsInFlight).toBe(1)
  expect(balancer.start(routeRequest(), 0, [main!])?.replica).toBe(spare)
  expect(balancer.start(routeRequest(), 0, [main!, spare!])).toBeNull()
})

test('two replicas of one id are refused', () => {
  const [spec] = replicaSpecs(1)
  expect(() => balancerOf('round-robin', [spec!, spec!])).toThrow(RangeError)
})

describe('among hundreds of replicas [MODELS-ROUTE-05]', () => {
  /** Plays calls of random sizes that end at random; returns the most that one replica had in flight at once. */
  function play(policy: PolicyName, replicas: number, inFlight: number): number {
    const balancer = balancerOf(policy, replicaSpecs(replicas))
    const random = seeded(2)
    const live: Outstanding[] = []
    let most = 0
    for (let nowMs = 0; nowMs < 5000; nowMs++) {
      const prefix = Uint32Array.of(Math.floor(random() * 400), 7, 8)
      const outstanding = balancer.start(routeRequest({ prefix }), nowMs)
      expect(outstanding).not.toBeNull()
      live.push(outstanding!)
      most = Math.max(most, outstanding!.replica.requestsInFlight)
      while (live.length > inFlight) {
        const [ended] = live.splice(Math.floor(random() * live.length), 1)
        ended?.firstToken(nowMs)
        ended?.end('ok', nowMs)
      }
    }
    return most
  }

  test('the least loaded is found without looking at all', () => {
    expect(play('least-outstanding', 300, 900)).toBeLessThanOrEqual(4)
    expect(play('least-tokens', 300, 900)).toBeLessThanOrEqual(4)
    expect(play('power-of-two', 300, 900)).toBeLessThanOrEqual(9)
    expect(play('prefix-affinity', 300, 900)).toBeLessThanOrEqual(5)
    expect(play('prefill-aware', 300, 900)).toBeLessThanOrEqual(9)
  })

  test.each(['prefix-affinity', 'prefill-aware'] as const)(
    '%s sends a prefix where it is known',
    (policy) => {
      const balancer = balancerOf(policy, replicaSpecs(500))
      const request = (id: number) =>
        routeRequest({
          promptTokens: 8000,
          prefix: Uint32Array.from([1, id, id + 1, id + 2]),
          tokensPerBlock: 2000,
        })
      const ids = [10, 20, 30, 40, 50, 60]
      const first = ids.map((id) => balancer.start(request(id), 0))
      expect(new Set(first.map((one) => one?.replica)).size).toBe(ids.length)
      for (const one of first) {
        one?.firstToken(1)
        one?.end('ok', 2)
      }
      for (let nowMs = 2; nowMs < 300; nowMs++) balancer.start(routeRequest(), nowMs)?.end('ok', nowMs)
      const again = ids.map((id) => balancer.start(request(id), 300)?.replica)
      expect(again).toEqual(first.map((one) => one?.replica))
    },
  )

  test('round-robin takes each once a round and steps over those that are out', () => {
    const balancer = balancerOf('round-robin', replicaSpecs(100))
    balancer.setDraining('p/31/m', true)
    balancer.setDraining('p/99/m', true)
    const round = started(balancer, 98)
    expect(round).toEqual(Array.from({ length: 99 }, (_, at) => at).filter((at) => at !== 31))
    expect(started(balancer, 2)).toEqual([0, 1])
  })
})

test('a request that ends at a replica that was taken out changes nothing of those that stay [MODELS-FAIL-08]', () => {
  const [stays, goes] = replicaSpecs(2, { maxInFlight: 2 })
  const balancer = balancerOf('least-outstanding', [stays!, goes!])
  const at = (replica: number) => balancer.start(routeRequest(), 0, [balancer.replicas[1 - replica]!])
  at(0)
  const atGone = [at(1), at(1)]

  balancer.configure({ policy: 'least-outstanding', replicas: [stays!] })
  for (const outstanding of atGone) {
    outstanding?.firstToken(10)
    outstanding?.end('ok', 10)
  }
  expect(balancer.start(routeRequest(), 20)?.replica).toBe(balancer.replicas[0])
  expect(balancer.hasRoom(20)).toBe(false)
  expect(balancer.start(routeRequest(), 20)).toBeNull()
})
