import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Answer } from '../../src/cache/answer.ts'
import { requestKey } from '../../src/cache/request-key.ts'
import { ResponseCache } from '../../src/cache/response-cache.ts'
import type { JsonObject } from '../../src/wire/codec.ts'

const chat = { api: 'chat' as const, model: 'large', tenantId: 'acme' }
const hello = { messages: [{ role: 'user', content: 'Hello' }], temperature: 0 }

function keyOf(body: JsonObject, changes: object = {}): string | null {
  return requestKey({ ...chat, body, ...changes })
}

function answer(text: string): Answer {
  return { body: { choices: [{ message: { content: text } }] }, pieces: [], durationMs: 1 }
}

test('does not depend on the order of keys [MODELS-CACHE-01]', () => {
  const shuffle = (value: unknown): unknown =>
    Array.isArray(value)
      ? value.map(shuffle)
      : typeof value === 'object' && value !== null
        ? Object.fromEntries(
            Object.entries(value)
              .toReversed()
              .map(([key, inner]) => [key, shuffle(inner)]),
          )
        : value
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (body) => {
      const whole = { ...body, messages: [] } as JsonObject
      expect(keyOf(shuffle(whole) as JsonObject)).toBe(keyOf(whole))
    }),
  )
})

test('different requests have different keys [MODELS-CACHE-01]', () => {
  const bodies = fc.dictionary(fc.string({ maxLength: 3 }), fc.jsonValue({ maxDepth: 2 }), { maxKeys: 3 })
  fc.assert(
    fc.property(bodies, bodies, (one, other) => {
      const canonical = (body: object) => JSON.stringify(fc.stringify(sorted(body)))
      expect(keyOf({ input: one }) === keyOf({ input: other })).toBe(canonical(one) === canonical(other))
    }),
  )
})

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return JSON.parse(JSON.stringify(value)) as unknown
  return Object.entries(value)
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, inner]) => [key, sorted(inner), 'field'])
}

test('a stream and its user make no difference; API, model, tenant and sampling do [MODELS-CACHE-01]', () => {
  const key = keyOf(hello)
  expect(
    keyOf({
      ...hello,
      model: 'alias',
      stream: true,
      stream_options: { include_usage: true },
      user: 'u1',
      metadata: { run: '1' },
    }),
  ).toBe(key)
  const others = [
    keyOf({ ...hello, temperature: 1 }),
    keyOf({ ...hello, seed: 2 }),
    keyOf(hello, { api: 'messages' }),
    keyOf(hello, { model: 'small' }),
    keyOf(hello, { tenantId: 'other' }),
    keyOf(hello, { tenantId: null }),
  ]
  expect(new Set([key, ...others]).size).toBe(7)
})

test('makes no key for what depends on more than the request, or is nested beyond reason', () => {
  expect(keyOf({ ...hello, previous_response_id: 'r1' })).toBeNull()
  expect(keyOf({ ...hello, store: true })).toBeNull()
  const deep = JSON.parse('['.repeat(50_000) + ']'.repeat(50_000)) as unknown
  expect(keyOf({ messages: deep })).toBeNull()
})

test('gives an answer until it expires [MODELS-CACHE-03]', () => {
  let nowMs = 0
  const cache = new ResponseCache(1_000_000, () => nowMs)
  cache.set('k', answer('hello'), 1000)
  nowMs = 999
  expect(cache.get('k')).toEqual(answer('hello'))
  nowMs = 1000
  expect(cache.get('k')).toBeNull()
  expect(cache.bytes).toBe(0)
})

test('what a reader does to an answer changes nothing that is kept', () => {
  const cache = new ResponseCache(1_000_000, () => 0)
  cache.set('k', answer('hello'), 1000)
  cache.get('k')!.body['choices'] = []
  expect(cache.get('k')).toEqual(answer('hello'))
})

test('drops the least recently used first when it is full [MODELS-CACHE-03]', () => {
  const cache = new ResponseCache(8 * 400, () => 0)
  for (let index = 0; index < 12; index++) {
    cache.set(`k${index}`, answer('x'.repeat(40)), 1000)
    cache.get('k0')
  }
  const kept = Array.from({ length: 12 }, (_, index) => index).filter((index) => cache.get(`k${index}`))
  expect(kept[0]).toBe(0)
  expect(kept).not.toContain(1)
  expect(kept.at(-1)).toBe(11)
})

test('never holds more bytes than its bound, whatever is put in [MODELS-CACHE-03]', () => {
  const step = fc.record({
    key: fc.nat(20).map(String),
    length: fc.integer({ min: 0, max: 4000 }),
    kind: fc.constantFrom('set', 'get', 'delete', 'pass'),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      let nowMs = 0
      const cache = new ResponseCache(10_000, () => nowMs)
      const expected = new Map<string, number>()
      for (const { key, length, kind } of steps) {
        if (kind === 'set') {
          cache.set(key, answer('x'.repeat(length)), 50)
          expected.set(key, length)
        } else if (kind === 'delete') {
          cache.delete(key)
          expected.delete(key)
        } else if (kind === 'pass') nowMs += 10
        else {
          const found = cache.get(key)
          if (found) expect(found).toEqual(answer('x'.repeat(expected.get(key)!)))
        }
        expect(cache.bytes).toBeLessThanOrEqual(10_000)
      }
      for (let key = 0; key <= 20; key++) cache.delete(String(key))
      expect([cache.bytes, cache.size]).toEqual([0, 0])
    }),
  )
})
