import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readClientAddress, readRequestId } from '../src/http/request-facts.ts'
import { addressKey, TokenBuckets } from '../src/http/token-buckets.ts'

describe('token buckets', () => {
  it('never let through more than burst + rate × time in any window, and say truly when to come back [SERVER-LIMITS-01]', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.double({ min: 0.1, max: 50, noNaN: true }),
        fc.array(fc.integer({ min: 0, max: 3000 }), { maxLength: 100 }),
        (burst, perSecond, gaps) => {
          const clock = { ms: 0, nowMs: () => 0, monotonicMs: () => clock.ms }
          const buckets = new TokenBuckets({ burst, perSecond }, clock)
          const passed: number[] = []
          for (const gap of gaps) {
            clock.ms += gap
            const wait = buckets.take('a')
            if (wait === 0) passed.push(clock.ms)
            else {
              clock.ms += wait * 1000 + 0.001
              expect(buckets.take('a')).toBe(0)
              passed.push(clock.ms)
            }
          }
          for (let from = 0; from < passed.length; from++) {
            for (let to = from; to < passed.length; to++) {
              const seconds = ((passed[to] ?? 0) - (passed[from] ?? 0)) / 1000
              expect(to - from + 1).toBeLessThanOrEqual(burst + seconds * perSecond + 1e-6)
            }
          }
        },
      ),
    )
  })

  it('keep at most the given number of keys', () => {
    const buckets = new TokenBuckets({ burst: 1, perSecond: 1 }, { nowMs: () => 0, monotonicMs: () => 0 }, 10)
    for (let i = 0; i < 100; i++) buckets.take(`k${i}`)
    expect(buckets.size).toBe(10)
    expect(buckets.take('k99')).toBe(1)
  })
})

it.each([
  ['203.0.113.9', '203.0.113.9'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2:ffff::1', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['::1', '0:0:0:0'],
])('puts the address %s into the bucket %s', (ip, key) => {
  expect(addressKey(ip)).toBe(key)
})

it('believes as many forwarded addresses as there are trusted proxies', () => {
  const headers = new Headers({ 'x-forwarded-for': '6.6.6.6, 203.0.113.9, 10.0.0.1' })
  expect(readClientAddress('10.0.0.2', headers, 0)).toBe('10.0.0.2')
  expect(readClientAddress('10.0.0.2', headers, 2)).toBe('203.0.113.9')
  expect(readClientAddress('10.0.0.2', new Headers(), 1)).toBe('10.0.0.2')
})

it('takes only harmless request ids', () => {
  const ids = { next: () => 'fresh' }
  expect(readRequestId(new Headers({ 'x-request-id': 'abcd-1234' }), ids)).toBe('abcd-1234')
  expect(readRequestId(new Headers({ 'x-request-id': 'a b' }), ids)).toBe('fresh')
  expect(readRequestId(new Headers(), ids)).toBe('fresh')
})
