import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BlockCache } from '../../../src/benches/routing/block-cache.ts'
import { serviceModel } from '../../../src/benches/routing/service-model.ts'
import { SimulatedEngine } from '../../../src/benches/routing/simulated-engine.ts'

const model = { ...serviceModel, prefillTokensPerSecond: 1000, chunkTokens: 100, stepMs: 10, decodeMs: 1 }

function engineOf(kvTokens: number) {
  const first = new Map<string, number>()
  const ended = new Map<string, number>()
  const engine = new SimulatedEngine<string>({ ...model, kvTokens }, 10, {
    firstToken: (tag, atMs) => first.set(tag, atMs),
    ended: (tag, atMs) => ended.set(tag, atMs),
  })
  return {
    engine,
    first,
    ended,
    run: () => {
      for (let steps = 0; steps < 10_000 && engine.stepEndsMs < Infinity; steps++) engine.finishStep()
    },
  }
}

describe('SimulatedEngine', () => {
  test('takes as long as the model says: chunks of prefill, then a step for each token', () => {
    const { engine, first, ended, run } = engineOf(10_000)
    engine.submit({ promptTokens: 250, outputTokens: 3, blocks: new Uint32Array(0), tag: 'a' }, 0)
    run()
    // Three steps of 10 ms with 250 ms of prefill, then two of 11 ms.
    expect(first.get('a')).toBeCloseTo(280)
    expect(ended.get('a')).toBeCloseTo(302)
  })

  test('spares the prefill of blocks that it keeps', () => {
    const { engine, first, run } = engineOf(10_000)
    const blocks = Uint32Array.from({ length: 20 }, (_, at) => at + 1)
    engine.submit({ promptTokens: 205, outputTokens: 1, blocks, tag: 'a' }, 0)
    run()
    engine.submit({ promptTokens: 205, outputTokens: 1, blocks, tag: 'b' }, 1000)
    run()
    expect((first.get('b') ?? 0) - 1000).toBeCloseTo(15)
    expect(engine.cachedTokens).toBe(200)
  })

  test('answers every job once whatever comes, and none that is cancelled', () => {
    const job = fc.record({
      prompt: fc.integer({ min: 1, max: 300 }),
      output: fc.integer({ min: 1, max: 20 }),
      head: fc.nat(3),
      gapMs: fc.nat(200),
      isCancelled: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(job, { maxLength: 30 }), (jobs) => {
        const { engine, ended, run } = engineOf(600)
        let nowMs = 0
        for (const [at, { prompt, output, head, gapMs, isCancelled }] of jobs.entries()) {
          nowMs += gapMs
          while (engine.stepEndsMs <= nowMs) engine.finishStep()
          const blocks = Uint32Array.from(
            { length: Math.floor(prompt / 10) },
            (_, block) => head * 100 + block,
          )
          engine.submit({ promptTokens: prompt, outputTokens: output, blocks, tag: String(at) }, nowMs)
          if (isCancelled) engine.cancel(String(at))
        }
        run()
        const expected = jobs.flatMap(({ isCancelled }, at) => (isCancelled ? [] : [String(at)]))
        expect([...ended.keys()].toSorted()).toEqual(expected.toSorted())
      }),
    )
  })
})

test('BlockCache refuses what does not fit beside what is in use, and gives up ends first', () => {
  const cache = new BlockCache(5)
  const blocks = Uint32Array.of(1, 2, 3)
  expect(cache.take(blocks, 1)).toBe(true)
  expect(cache.take(Uint32Array.of(1, 2, 8), 1)).toBe(false)
  cache.release(blocks, 1)
  expect(cache.match(blocks)).toBe(3)
  expect(cache.take(Uint32Array.of(8, 9), 1)).toBe(true)
  expect(cache.match(blocks)).toBe(2)
})
