import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { policyNames } from '../../src/table/gateway-config.ts'
import type { Outcome, Outstanding } from '../../src/routing/balancer.ts'
import { createBalancer } from '../../src/routing/create-balancer.ts'
import { replicaSpecs, routeRequest, seeded } from './requests.ts'

const outcomes: Outcome[] = ['ok', 'failed', 'busy', 'neutral']
const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('start' as const), tokens: fc.nat(5000) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('first' as const), at: fc.nat(50) }) },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('end' as const),
      at: fc.nat(50),
      outcome: fc.constantFrom(...outcomes),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.nat(3000) }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('health' as const), at: fc.nat(5), isHealthy: fc.boolean() }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('drain' as const), at: fc.nat(5), isDraining: fc.boolean() }),
  },
)

describe('whatever happens in whatever order', () => {
  for (const policy of policyNames) {
    test(`${policy} keeps exact counts, limits, tiers, probes and the bound on ejections [MODELS-ROUTE-01] [MODELS-ROUTE-02] [MODELS-BREAKER-02]`, () => {
      fc.assert(
        fc.property(fc.array(step, { maxLength: 150 }), fc.nat(), (steps, seed) => {
          const specs = [
            ...replicaSpecs(4, { maxInFlight: 5 }),
            ...replicaSpecs(2, { maxInFlight: 3, tier: 1 }).map((spec) => ({ ...spec, id: `${spec.id}-1` })),
          ]
          const balancer = createBalancer({
            policy,
            replicas: specs,
            random: seeded(seed),
            breaker: { consecutiveFailures: 2 },
          })
          const live: { outstanding: Outstanding; tokens: number; hasFirst: boolean }[] = []
          const ended: Outstanding[] = []
          const probes = new Map<string, Outstanding>()
          let nowMs = 1_000_000
          for (const act of steps) {
            if (act.kind === 'wait') nowMs += act.ms
            else if (act.kind === 'health')
              balancer.setHealth(balancer.replicas[act.at]?.id ?? '', act.isHealthy, nowMs)
            else if (act.kind === 'drain')
              balancer.setDraining(balancer.replicas[act.at]?.id ?? '', act.isDraining)
            else if (act.kind === 'start') {
              const hasRoom = balancer.hasRoom(nowMs)
              const states = new Map(balancer.replicas.map((replica) => [replica.id, replica.state]))
              const outstanding = balancer.start(
                routeRequest({ promptTokens: act.tokens, prefix: Uint32Array.from([act.tokens % 7, 8]) }),
                nowMs,
              )
              if (outstanding === null) continue
              expect(hasRoom).toBe(true)
              const { replica } = outstanding
              live.push({ outstanding, tokens: act.tokens, hasFirst: false })
              expect(['healthy', 'probing']).toContain(replica.state)
              if (states.get(replica.id) === 'open') expect(replica.state).toBe('probing')
              if (replica.state === 'probing') {
                const earlier = probes.get(replica.id)
                expect(earlier === undefined || ended.includes(earlier)).toBe(true)
                probes.set(replica.id, outstanding)
              }
            } else if (act.kind === 'first') {
              const request = live[act.at % Math.max(1, live.length)]
              request?.outstanding.firstToken(nowMs)
              if (request) request.hasFirst = true
            } else {
              const [request] = live.splice(act.at % Math.max(1, live.length), 1)
              request?.outstanding.end(act.outcome, nowMs, 500)
              if (request) ended.push(request.outstanding)
              // Twice, and late tokens: nothing may change.
              ended.at(-1)?.end('failed', nowMs)
              ended.at(-1)?.firstToken(nowMs)
            }
            for (const replica of balancer.replicas) {
              const here = live.filter(({ outstanding }) => outstanding.replica === replica)
              expect(replica.requestsInFlight).toBe(here.length)
              expect(replica.requestsInFlight).toBeLessThanOrEqual(replica.maxInFlight)
              expect(replica.tokensInFlight).toBe(here.reduce((sum, { tokens }) => sum + tokens + 50, 0))
              expect(replica.prefillTokensInFlight).toBeGreaterThanOrEqual(0)
              if (here.every(({ hasFirst }) => hasFirst)) expect(replica.prefillTokensInFlight).toBe(0)
            }
            const ejected = balancer.replicas.filter(({ state }) => state === 'ejected')
            expect(ejected.filter(({ tier }) => tier === 0).length).toBeLessThanOrEqual(2)
            expect(ejected.filter(({ tier }) => tier === 1).length).toBeLessThanOrEqual(1)
          }
        }),
        { numRuns: 60 },
      )
    })
  }
})
