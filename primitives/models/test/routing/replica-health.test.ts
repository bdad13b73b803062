import { describe, expect, test } from 'vitest'
import { createBalancer } from '../../src/routing/create-balancer.ts'
import { replicaSpecs, routeRequest, seeded } from './requests.ts'

const request = routeRequest()

function balancerOf(count: number, options: object = {}) {
  return createBalancer({
    policy: 'least-outstanding',
    replicas: replicaSpecs(count),
    random: () => 0.5,
    ...options,
  })
}

/** Opens the breaker of the only replica. */
function opened(nowMs: number) {
  const balancer = balancerOf(1)
  for (let failure = 0; failure < 5; failure++) balancer.start(request, nowMs)?.end('failed', nowMs)
  return balancer
}

describe('the breaker', () => {
  test('opens on failures in a row and gets nothing until its pause is over [MODELS-BREAKER-01]', () => {
    const balancer = opened(0)
    expect(balancer.replicas[0]?.state).toBe('open')
    expect(balancer.hasRoom(999)).toBe(false)
    expect(balancer.start(request, 999)).toBeNull()
  })

  test('takes one request at a time while it probes, and a first token does not close it [MODELS-BREAKER-01]', () => {
    const balancer = opened(0)
    const probe = balancer.start(request, 1000)
    expect(probe?.replica.state).toBe('probing')
    probe?.firstToken(1100)
    expect(balancer.start(request, 1100)).toBeNull()
    probe?.end('ok', 5000)
    expect(balancer.replicas[0]?.state).toBe('healthy')
    expect(balancer.start(request, 5000)).not.toBeNull()
  })

  test('pauses twice as long when the probe fails, and a cancelled probe proves nothing', () => {
    const balancer = opened(0)
    balancer.start(request, 1000)?.end('neutral', 1000)
    expect(balancer.replicas[0]?.state).toBe('probing')
    balancer.start(request, 1000)?.end('failed', 1000)
    expect(balancer.start(request, 2999)).toBeNull()
    expect(balancer.start(request, 3000)).not.toBeNull()
  })

  test('does not close on a request that started before it opened', () => {
    const balancer = balancerOf(1)
    const old = balancer.start(request, 0)
    for (let failure = 0; failure < 5; failure++) balancer.start(request, 0)?.end('failed', 0)
    balancer.start(request, 1000)
    old?.end('ok', 1001)
    expect(balancer.replicas[0]?.state).toBe('probing')
  })

  test('opens on the failure rate although successes lie between', () => {
    const balancer = balancerOf(1)
    for (let at = 0; at < 20; at++) balancer.start(request, at)?.end(at % 2 === 0 ? 'ok' : 'failed', at)
    expect(balancer.replicas[0]?.state).toBe('open')
  })

  test('forgets failures that have left the window', () => {
    const balancer = balancerOf(1)
    for (let at = 0; at < 100; at++)
      balancer.start(request, at * 2000)?.end(at % 2 === 0 ? 'ok' : 'failed', at * 2000)
    expect(balancer.replicas[0]?.state).toBe('healthy')
  })
})

describe('a busy replica', () => {
  test('gets nothing until the time it named and is not counted as failing [MODELS-BREAKER-03]', () => {
    const balancer = balancerOf(1)
    for (let at = 0; at < 50; at++) balancer.start(request, at * 3000)?.end('busy', at * 3000, 3000)
    expect(balancer.replicas[0]?.state).toBe('healthy')
    expect(balancer.start(request, 149_999)).toBeNull()
    expect(balancer.start(request, 150_000)).not.toBeNull()
  })
})

describe('outliers', () => {
  test('a replica that falls silent while others answer is ejected within a second', () => {
    const balancer = balancerOf(3)
    let silentSince: number | null = null
    let nowMs = 0
    for (; nowMs < 10_000 && balancer.replicas[0]?.state !== 'ejected'; nowMs += 20) {
      const outstanding = balancer.start(request, nowMs)
      if (outstanding?.replica === balancer.replicas[0] && nowMs > 2000) {
        silentSince ??= nowMs
        continue
      }
      outstanding?.firstToken(nowMs + 10)
      outstanding?.end('ok', nowMs + 15)
    }
    expect(balancer.replicas[0]?.state).toBe('ejected')
    expect(nowMs - (silentSince ?? 0)).toBeLessThanOrEqual(1000)
  })

  test('nobody is ejected when all are equally slow', () => {
    const balancer = balancerOf(3)
    for (let at = 0; at < 300; at++) {
      const outstanding = balancer.start(request, at * 5000)
      outstanding?.firstToken(at * 5000 + 4900)
      outstanding?.end('ok', at * 5000 + 4950)
    }
    expect(balancer.replicas.map(({ state }) => state)).toEqual(['healthy', 'healthy', 'healthy'])
  })

  test('one that fails far more than the others is ejected, never more than half of them [MODELS-BREAKER-02]', () => {
    const random = seeded(1)
    const balancer = balancerOf(4, { random, breaker: { consecutiveFailures: 1000, failureRate: 2 } })
    for (let nowMs = 0; nowMs < 2000; nowMs += 5) {
      const outstanding = balancer.start(request, nowMs)
      const isBad = outstanding?.replica !== balancer.replicas[3] && random() < 0.7
      outstanding?.end(isBad ? 'failed' : 'ok', nowMs)
      const ejected = balancer.replicas.filter(({ state }) => state === 'ejected').length
      expect(ejected).toBeLessThanOrEqual(2)
    }
  })
})

describe('coming back', () => {
  test('an unhealthy replica takes nothing, and after it is well again it starts slowly', () => {
    const balancer = balancerOf(2)
    balancer.setHealth('p/0/m', false, 0)
    expect(balancer.replicas[0]?.state).toBe('unhealthy')
    balancer.setHealth('p/0/m', true, 1000)
    const shares = [0, 0]
    for (let at = 0; at < 20; at++) {
      const outstanding = balancer.start(request, 1000)
      if (outstanding) shares[balancer.replicas.indexOf(outstanding.replica)]!++
    }
    expect(shares[0]).toBeLessThan(4)
    for (let at = 0; at < 20; at++) balancer.start(request, 12_000)
    expect(balancer.replicas[0]?.requestsInFlight).toBe(20)
  })

  test('a draining replica finishes what it has and takes no more until it is taken back', () => {
    const balancer = balancerOf(1)
    const outstanding = balancer.start(request, 0)
    balancer.setDraining('p/0/m', true)
    expect(balancer.start(request, 1)).toBeNull()
    outstanding?.end('ok', 2)
    expect(balancer.replicas[0]?.state).toBe('draining')
    balancer.setDraining('p/0/m', false)
    expect(balancer.start(request, 3)).not.toBeNull()
  })
})
