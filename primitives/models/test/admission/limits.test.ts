import type { KeyLimits } from '@heavylift/core'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Limits } from '../../src/admission/limits.ts'
import type { LimitedRequest, Permit } from '../../src/admission/limits.ts'
import { ShedError } from '../../src/admission/shed-error.ts'
import { gatewayConfigSchema } from '../../src/table/gateway-config.ts'

class ManualClock {
  now = Date.UTC(2026, 0, 30, 12)
  nowMs(): number {
    return this.now
  }
  monotonicMs(): number {
    return this.now
  }
}

function table(part: object) {
  return gatewayConfigSchema.parse(part)
}

function setUp(part: object) {
  const clock = new ManualClock()
  const limits = new Limits(table(part), clock)
  const admit = (wish: { tenantId?: string; keyId?: string | null; model?: string; tokens?: number } = {}) =>
    admitNow(limits, { tenantId: 'acme', keyId: null, model: 'large', tokens: 100, ...wish })
  return { clock, limits, admit }
}

/** One process counts alone, and waits for nobody. */
function admitNow(limits: Limits, request: LimitedRequest): Permit {
  const permit = limits.admit(request)
  if (permit instanceof Promise) throw new Error('The limits wait for something.')
  return permit
}

function refusal(call: () => unknown): ShedError {
  try {
    call()
  } catch (error) {
    if (error instanceof ShedError) return error
    throw error
  }
  throw new Error('it was let in')
}

test('lets a minute of requests in and says when the next may come [MODELS-LIMIT-01]', () => {
  const { clock, admit } = setUp({ tenants: { acme: { requestsPerMinute: 6 } } })
  for (let index = 0; index < 6; index++) admit()
  expect(refusal(admit)).toMatchObject({ code: 'rate-limited', status: 429, retryAfterMs: 10_000 })
  clock.now += 10_000
  admit()
  expect(refusal(admit).code).toBe('rate-limited')
})

test('charges estimated tokens at entry and the real number at the end [MODELS-LIMIT-01]', () => {
  const { clock, admit } = setUp({ tenants: { acme: { tokensPerMinute: 1000 } } })
  const permit = admit({ tokens: 900 })
  expect(refusal(() => admit({ tokens: 200 }))).toMatchObject({ code: 'tokens-limited', retryAfterMs: 6000 })
  permit.settle(100, 0)
  permit.settle(0, 0)
  admit({ tokens: 900 }).settle(1400, 0)
  // 500 over: nothing until that is refilled.
  expect(refusal(() => admit({ tokens: 1 })).retryAfterMs).toBe(30_060)
  clock.now += 31_000
  admit({ tokens: 1 })
})

test('a request larger than a whole minute is let in when nothing else has been used', () => {
  const { admit } = setUp({ tenants: { acme: { tokensPerMinute: 1000 } } })
  admit({ tokens: 5000 })
  expect(refusal(() => admit({ tokens: 1 })).code).toBe('tokens-limited')
})

test('bounds requests in flight until one is settled [MODELS-LIMIT-02]', () => {
  const { admit } = setUp({ tenants: { acme: { maxInFlight: 2 } } })
  const permit = admit()
  admit()
  expect(refusal(admit)).toMatchObject({ code: 'in-flight-limited', status: 429 })
  permit.settle(1, 1)
  permit.settle(1, 1)
  admit()
  expect(refusal(admit).code).toBe('in-flight-limited')
})

test('holds a key to its own limits beside those of its tenant [MODELS-LIMIT-02]', () => {
  const { admit } = setUp({
    tenants: { acme: { maxInFlight: 3, weight: 4 } },
    keys: { small: { maxInFlight: 1 } },
    defaults: { maxInFlight: 1 },
  })
  expect(admit({ keyId: 'small' }).weight).toBe(4)
  expect(refusal(() => admit({ keyId: 'small' })).message).toContain('key small')
  admit({ keyId: 'other' })
  admit({ keyId: 'other' })
  expect(refusal(() => admit({ keyId: 'other' })).message).toContain('tenant acme')
  admit({ tenantId: 'unlisted' })
  expect(refusal(() => admit({ tenantId: 'unlisted' })).code).toBe('in-flight-limited')
})

test('a refused request uses nothing of any limit', () => {
  const { admit } = setUp({
    tenants: { acme: { requestsPerMinute: 2 } },
    keys: { blocked: { models: ['small'] } },
  })
  for (let index = 0; index < 5; index++) refusal(() => admit({ keyId: 'blocked' }))
  admit()
  admit()
})

test('refuses a model that is not allowed with 403 and no time to come back [MODELS-LIMIT-03]', () => {
  const { admit } = setUp({ keys: { k1: { models: ['small'] } } })
  admit({ keyId: 'k1', model: 'small' })
  expect(refusal(() => admit({ keyId: 'k1' }))).toMatchObject({
    code: 'model-not-allowed',
    status: 403,
    retryAfterMs: null,
    isRetryable: false,
  })
})

test('says which models a caller may ask for [MODELS-LIMIT-03]', () => {
  const { limits } = setUp({
    tenants: { acme: { models: ['small', 'large'] } },
    keys: { k1: { models: ['small', 'other'] } },
  })
  const allowed = (tenantId: string, keyId: string | null) =>
    ['small', 'large', 'other'].filter((model) => limits.mayUse({ tenantId, keyId }, model))
  expect(allowed('acme', 'k1')).toEqual(['small'])
  expect(allowed('acme', null)).toEqual(['small', 'large'])
  expect(allowed('unlisted', 'k2')).toEqual(['small', 'large', 'other'])
})

test('refuses once the day or month is spent, until the next begins in UTC [MODELS-LIMIT-04]', () => {
  const { clock, limits, admit } = setUp({
    tenants: { acme: { budgetUsdPerDay: 1, budgetUsdPerMonth: 1.5 } },
  })
  admit().settle(10, 1_000_000)
  expect(refusal(admit)).toMatchObject({ code: 'budget-exhausted', retryAfterMs: 12 * 3_600_000 })
  clock.now += 12 * 3_600_000
  admit()
  limits.spend('acme', null, 600_000)
  expect(refusal(admit)).toMatchObject({ code: 'budget-exhausted', retryAfterMs: 24 * 3_600_000 })
  clock.now += 24 * 3_600_000
  admit()
  expect(limits.tenantUse('acme')).toMatchObject({ dayMicros: 0, monthMicros: 0 })
})

test('goes on from what the books say was spent [MODELS-LIMIT-04]', () => {
  const { limits, admit } = setUp({
    tenants: { acme: { budgetUsdPerMonth: 2 } },
    keys: { k1: { budgetUsdPerDay: 1 } },
  })
  limits.load([
    { tenantId: 'acme', keyId: null, dayMicros: 0, monthMicros: 1_500_000 },
    { tenantId: 'acme', keyId: 'k1', dayMicros: 1_000_000, monthMicros: 1_000_000 },
  ])
  expect(refusal(() => admit({ keyId: 'k1' })).message).toContain('key k1')
  admit().settle(1, 500_000)
  expect(refusal(admit).code).toBe('budget-exhausted')
})

test('new limits keep what was used and spent [MODELS-LIMIT-05]', () => {
  const { limits, admit } = setUp({ tenants: { acme: { requestsPerMinute: 4, budgetUsdPerDay: 1 } } })
  admit().settle(1, 400_000)
  admit()
  admit()
  limits.configure(table({ tenants: { acme: { requestsPerMinute: 3, maxInFlight: 2 } } }))
  expect(refusal(admit).code).toBe('in-flight-limited')
  limits.configure(table({ tenants: { acme: { requestsPerMinute: 3 } } }))
  expect(refusal(admit).code).toBe('rate-limited')
  limits.configure(table({ tenants: { acme: { budgetUsdPerDay: 0.4 } } }))
  expect(refusal(admit).code).toBe('budget-exhausted')
})

test('forgets tenants and keys that are idle, and none that a limit still counts [MODELS-LIMIT-05]', () => {
  const { clock, limits, admit } = setUp({
    defaults: { requestsPerMinute: 10 },
    tenants: { busy: { maxInFlight: 1 }, spender: { budgetUsdPerMonth: 1 } },
  })
  admit({ tenantId: 'busy' })
  limits.spend('spender', null, 1_000_000)
  for (let index = 0; index < 20_000; index++) {
    admit({ tenantId: `t${index}`, keyId: `k${index}` }).settle(1, 0)
    clock.now += 100
  }
  expect(limits.size).toBeLessThan(3000)
  expect(refusal(() => admit({ tenantId: 'busy' })).code).toBe('in-flight-limited')
  expect(refusal(() => admit({ tenantId: 'spender' })).code).toBe('budget-exhausted')
})

test('over any stretch no more are let in than a full bucket and its refill [MODELS-LIMIT-01]', () => {
  const step = fc.record({
    afterMs: fc.integer({ min: 0, max: 20_000 }),
    tokens: fc.integer({ min: 0, max: 400 }),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
      const { clock, admit } = setUp({ tenants: { acme: { requestsPerMinute: 12, tokensPerMinute: 1000 } } })
      const beganMs = clock.now
      let requests = 0
      let tokens = 0
      const permits: Permit[] = []
      for (const one of steps) {
        clock.now += one.afterMs
        try {
          permits.push(admit({ tokens: one.tokens }))
          requests += 1
          tokens += one.tokens
        } catch (error) {
          const waitMs = (error as ShedError).retryAfterMs!
          expect(waitMs).toBeGreaterThan(0)
          // Coming back when told to is always soon enough.
          clock.now += waitMs
          admit({ tokens: one.tokens })
          requests += 1
          tokens += one.tokens
        }
        const minutes = (clock.now - beganMs) / 60_000
        expect(requests).toBeLessThanOrEqual(12 + 12 * minutes + 1e-3)
        expect(tokens).toBeLessThanOrEqual(1000 + 1000 * minutes + 1e-3)
      }
    }),
  )
})

test('reserves what a request may cost until it has ended [MODELS-LIMIT-04]', () => {
  const { limits } = setUp({
    tenants: { acme: { budgetUsdPerDay: 1 } },
    keys: { k1: { budgetUsdPerDay: 0.5 } },
  })
  const admit = (usd: number, keyId: string | null = null) =>
    admitNow(limits, { tenantId: 'acme', keyId, model: 'm', tokens: 1, mayCostMicros: () => usd * 1e6 })
  const first = admit(0.7)
  expect(refusal(() => admit(0.4))).toMatchObject({ code: 'budget-exhausted', retryAfterMs: 1000 })
  expect(refusal(() => admit(0.6, 'k1')).message).toContain('max_tokens')
  admit(0.3).settle(1, 0)
  first.settle(1, 200_000)
  expect(refusal(() => admit(0.9)).retryAfterMs).toBe(12 * 3_600_000)
  admit(0.8)
})

describe('what a key brings from where it is kept [MODELS-LIMIT-06]', () => {
  const none: KeyLimits = {
    models: null,
    requestsPerMinute: null,
    tokensPerMinute: null,
    maxInFlight: null,
    budgetUsdPerDay: null,
    budgetUsdPerMonth: null,
  }
  const withKey = (part: object, own: Partial<KeyLimits>) => {
    const { clock, limits } = setUp(part)
    const brought = { ...none, ...own }
    const wish = { tenantId: 'acme', keyId: 'k', limits: brought, model: 'large', tokens: 100 }
    return { clock, limits, brought, admit: (more: object = {}) => admitNow(limits, { ...wish, ...more }) }
  }

  test('limits it, and no other key of its tenant', () => {
    const { limits, admit } = withKey({}, { requestsPerMinute: 1, models: ['large'] })
    admit()
    expect(refusal(admit).code).toBe('rate-limited')
    admit({ keyId: 'other', limits: undefined })
    expect(refusal(() => admit({ model: 'small' }))).toMatchObject({ code: 'model-not-allowed', status: 403 })
    expect(
      limits.mayUse({ tenantId: 'acme', keyId: 'k', limits: { ...none, models: ['large'] } }, 'small'),
    ).toBe(false)
  })

  test('holds beside what the table says of the key: the tighter of both', () => {
    const { admit } = withKey(
      { keys: { k: { requestsPerMinute: 5, maxInFlight: 1, models: ['large', 'small'] } } },
      { requestsPerMinute: 9, maxInFlight: 3, models: ['large', 'huge'] },
    )
    const permit = admit()
    expect(refusal(admit).code).toBe('in-flight-limited')
    permit.settle(0, 0)
    expect(refusal(() => admit({ model: 'small' })).message).toContain('one of: large.')
    for (let count = 1; count < 5; count++) admit().settle(0, 0)
    expect(refusal(admit).code).toBe('rate-limited')
  })

  test('counts against its budget, also what was spent before it was seen', () => {
    const { limits, admit } = withKey({}, { budgetUsdPerDay: 1 })
    limits.load([{ tenantId: 'acme', keyId: 'k', dayMicros: 900_000, monthMicros: 900_000 }])
    expect(refusal(() => admit({ mayCostMicros: () => 200_000 })).code).toBe('budget-exhausted')
    admit({ mayCostMicros: () => 100_000 }).settle(100, 100_000)
    expect(refusal(() => admit({ mayCostMicros: () => 0 })).code).toBe('budget-exhausted')
  })

  test('changes when the key does, without forgetting what it used', () => {
    const { admit, brought } = withKey({}, { requestsPerMinute: 2 })
    admit()
    admit()
    expect(refusal(admit).code).toBe('rate-limited')
    admit({ limits: { ...brought, requestsPerMinute: 60 } })
  })
})
