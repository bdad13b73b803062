import { describe, expect, test } from 'vitest'
import { policyNames } from '../../src/table/gateway-config.ts'
import type { CallTraits, Outstanding } from '../../src/routing/balancer.ts'
import { createBalancer } from '../../src/routing/create-balancer.ts'
import { replicaSpecs, routeRequest, seeded } from './requests.ts'

interface Play {
  policy: (typeof policyNames)[number]
  calls: number
  everyMs: number
  answerMs: number
  patienceMs: number
  request?: Partial<CallTraits>
  replicas?: number
}

/**
 * The first replica takes calls and never answers; the others answer after `answerMs`. Clients leave after `patienceMs`.
 * Returns which calls were lost: those that no other replica was asked for in time.
 */
function play({ policy, calls, everyMs, answerMs, patienceMs, request, replicas = 2 }: Play): number[] {
  const balancer = createBalancer({ policy, replicas: replicaSpecs(replicas), random: seeded(3) })
  const hung = balancer.replicas[0]
  const events: { atMs: number; run(atMs: number): void }[] = []
  const lost: number[] = []
  const answer = (outstanding: Outstanding, atMs: number, settle: () => void) =>
    events.push({
      atMs: atMs + answerMs,
      run: (nowMs) => {
        outstanding.firstToken(nowMs)
        outstanding.end('ok', nowMs)
        settle()
      },
    })
  for (let call = 0; call < calls; call++) {
    events.push({
      atMs: call * everyMs,
      run(nowMs) {
        const traits = routeRequest(request)
        const first = balancer.start(traits, nowMs)
        if (first === null) return lost.push(call)
        if (first.replica !== hung) return answer(first, nowMs, () => undefined)
        let isOver = false
        const ask = (atMs: number) => {
          if (isOver) return
          const second = balancer.start(traits, atMs, [first.replica])
          if (second === null) return
          answer(second, atMs, () => {
            if (isOver) return
            isOver = true
            first.end('neutral', atMs + answerMs)
          })
        }
        if (first.hedgeAfterMs !== null) events.push({ atMs: nowMs + first.hedgeAfterMs, run: ask })
        events.push({
          atMs: nowMs + patienceMs,
          run(atMs) {
            if (isOver) return
            isOver = true
            first.end('neutral', atMs)
            lost.push(call)
          },
        })
      },
    })
  }
  while (events.length > 0) {
    events.sort((a, b) => a.atMs - b.atMs)
    const next = events.shift()!
    next.run(next.atMs)
  }
  return lost
}

describe('a replica that takes calls and never answers, before clients that leave [MODELS-BREAKER-05]', () => {
  for (const policy of policyNames) {
    test(`${policy}: one client after another loses a few at most`, () => {
      const lost = play({ policy, calls: 60, everyMs: 1600, answerMs: 50, patienceMs: 1500 })
      expect(lost.length).toBeLessThanOrEqual(4)
      expect(lost.filter((call) => call >= 30)).toEqual([])
    })

    test(`${policy}: many at once lose those of the first moments only`, () => {
      const lost = play({ policy, calls: 600, everyMs: 50, answerMs: 200, patienceMs: 1500, replicas: 3 })
      expect(lost.filter((call) => call >= 100)).toEqual([])
    })
  }

  test('answers that take as long as clients wait are told from none', () => {
    const how = { calls: 60, everyMs: 1600, answerMs: 1000, patienceMs: 1500 }
    const lost = play({ policy: 'least-outstanding', ...how })
    expect(lost.length).toBeLessThanOrEqual(6)
    expect(lost.filter((call) => call >= 30)).toEqual([])
  })

  test('whole answers are compared with whole answers', () => {
    const how = { calls: 60, everyMs: 4000, answerMs: 3000, patienceMs: 8000, request: { isWhole: true } }
    const lost = play({ policy: 'least-outstanding', ...how })
    expect(lost.length).toBeLessThanOrEqual(6)
    expect(lost.filter((call) => call >= 30)).toEqual([])
  })
})

test('clients that leave before any replica would have answered say nothing of them', () => {
  const balancer = createBalancer({
    policy: 'least-outstanding',
    replicas: replicaSpecs(3),
    random: seeded(1),
  })
  const random = seeded(5)
  for (let nowMs = 0; nowMs < 200_000; nowMs += 100) {
    const outstanding = balancer.start(routeRequest(), nowMs)
    expect(outstanding).not.toBeNull()
    if (random() < 0.8) outstanding?.end('neutral', nowMs + 40)
    else {
      outstanding?.firstToken(nowMs + 600)
      outstanding?.end('ok', nowMs + 700)
    }
    expect(balancer.replicas.map(({ state }) => state)).toEqual(['healthy', 'healthy', 'healthy'])
  }
})

test('a long answer in one piece is no silence beside streams that begin at once', () => {
  const balancer = createBalancer({ policy: 'round-robin', replicas: replicaSpecs(2), random: seeded(1) })
  const long = balancer.start(routeRequest({ isWhole: true, outputTokens: 2000 }), 0)
  for (let nowMs = 20; nowMs < 30_000; nowMs += 100) {
    const outstanding = balancer.start(routeRequest(), nowMs, long ? [long.replica] : [])
    outstanding?.firstToken(nowMs + 30)
    outstanding?.end('ok', nowMs + 90)
  }
  expect(long?.replica.state).toBe('healthy')
})
