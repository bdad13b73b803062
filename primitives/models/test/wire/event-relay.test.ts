import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EventRelay } from '../../src/wire/event-relay.ts'
import { chatStream } from './streams.ts'

function relay(wire: string, sizes: number[], stripUsage: boolean) {
  const bytes = Buffer.from(wire)
  const stream = new EventRelay({ stripUsage })
  const passed: Buffer[] = []
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length]!
    passed.push(stream.push(bytes.subarray(at, at + size)))
    at += size
  }
  return { events: Buffer.concat(passed).toString('utf8'), rest: stream.end().toString('utf8') }
}

const sizes = fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 20 })
const usageChunk = /data: \{[^\n]*"choices":\[\],"usage":\{[^\n]*\n\n/

describe('EventRelay', () => {
  test.each([chatStream, chatStream.replaceAll('\n', '\r\n')])(
    'passes every byte on, and after each push only whole events [MODELS-WIRE-06]',
    (wire) => {
      fc.assert(
        fc.property(sizes, fc.nat(wire.length), (split, cutAt) => {
          const { events, rest } = relay(wire.slice(0, cutAt), split, false)
          expect(Buffer.from(events + rest).equals(Buffer.from(wire.slice(0, cutAt)))).toBe(true)
          expect(events === '' || /\n\r?\n$/.test(events)).toBe(true)
          // What is held back is at most one event and a bit.
          expect(rest).not.toMatch(/\n\r?\n./)
        }),
      )
    },
  )

  test('leaves out the chunk of usage that the client did not ask for, and only that', () => {
    expect(usageChunk.test(chatStream)).toBe(true)
    fc.assert(
      fc.property(sizes, (split) => {
        const { events, rest } = relay(chatStream, split, true)
        expect(events).toBe(chatStream.replace(usageChunk, ''))
        expect(rest).toBe('')
      }),
    )
  })

  test('an event without choices that says something else stays, and so does usage beside a choice', () => {
    const wire =
      'data: {"choices":[],"prompt_filter_results":[{"usage":1}]}\n\n' +
      'data: {"choices":[],"usage":null}\n\n' +
      'data: {"choices":[{"delta":{}}],"usage":{"prompt_tokens":1}}\n\n: ping "usage"\n\n'
    expect(relay(wire, [1000], true).events).toBe(wire)
  })

  test('a whole chunk passes as the same memory', () => {
    const chunk = Buffer.from('data: {}\n\n')
    expect(new EventRelay({ stripUsage: true }).push(chunk)).toBe(chunk)
  })

  test('an event without an end is not held for ever', () => {
    const stream = new EventRelay({ stripUsage: false })
    const chunk = Buffer.alloc(300_000, 'a')
    let passed = 0
    for (let i = 0; i < 80; i++) passed += stream.push(chunk).length
    expect(passed).toBeGreaterThan(16_000_000)
    expect(passed + stream.end().length).toBe(24_000_000)
  })
})
