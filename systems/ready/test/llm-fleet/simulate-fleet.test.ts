import { createRandom } from '@heavylift/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sampleProfile } from '../../samples/sample-run.ts'
import { SimulatedLlmEngine } from '../../src/llm-fleet/engine.ts'
import type { EngineEvents, EngineOptions } from '../../src/llm-fleet/engine.ts'
import { simulateFleet } from '../../src/llm-fleet/simulate-fleet.ts'
import { StepTimes } from '../../src/llm-fleet/step-times.ts'
import { PlainEngine } from './plain-engine.ts'

const times = new StepTimes(sampleProfile())
const options: EngineOptions = {
  maxNumSeqs: 8,
  maxNumBatchedTokens: 512,
  kvBlocks: 2000,
  blockSize: 16,
  isSchedulingAhead: false,
}

interface Arrival {
  atMs: number
  promptTokens: number
  outputTokens: number
  cachedTokens?: number
}

function play(
  requests: readonly Arrival[],
  engineOptions: EngineOptions,
  kind: 'skipping' | 'by step' | 'plain',
) {
  const log: string[] = []
  const events: EngineEvents<number> = {
    firstToken: (tag, atMs) => log.push(`${tag} first ${atMs.toFixed(6)}`),
    ended: (tag, atMs) => log.push(`${tag} end ${atMs.toFixed(6)}`),
  }
  const engine =
    kind === 'plain'
      ? new PlainEngine(times, engineOptions, events)
      : new SimulatedLlmEngine(times, engineOptions, events)
  const runUntil = (untilMs: number) => {
    while (engine.stepEndsMs <= untilMs)
      if (kind === 'skipping' && engine instanceof SimulatedLlmEngine) engine.advance(untilMs)
      else engine.finishStep()
  }
  for (const [tag, request] of requests.entries()) {
    runUntil(request.atMs)
    engine.submit(request, tag, request.atMs)
  }
  runUntil(Number.MAX_VALUE)
  return { log, steps: engine.steps, preemptions: engine.preemptions, tokens: engine.tokens }
}

const load = { prefills: [], decodes: 0, kvMean: 0, kvMax: 0, kvMin: 0, sampled: 0 }

test('a prompt longer than the budget takes several steps, each decode beside it one token [READY-LLM-01]', () => {
  const { log, steps } = play([{ atMs: 0, promptTokens: 1200, outputTokens: 2 }], options, 'by step')
  expect(steps).toBe(4)
  const chunks = [
    [512, 0],
    [512, 512],
    [176, 1024],
  ] as const
  const first = chunks.reduce(
    (sum, [chunk, kept], at) =>
      sum + times.stepMs({ ...load, prefills: [{ chunk, kept }], sampled: at === 2 ? 1 : 0 }),
    0,
  )
  expect(log[0]).toBe(`0 first ${first.toFixed(6)}`)
})

test('counting those that decode together and skipping over like steps gives what looking at each sequence in each step gives [READY-LLM-02]', () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.boolean(),
      fc.constantFrom(48, 120, 2000),
      fc.constantFrom(16, 64, 512),
      fc.integer({ min: 1, max: 30 }),
      (seed, isSchedulingAhead, kvBlocks, maxNumBatchedTokens, maxNumSeqs) => {
        const random = createRandom(seed)
        let atMs = 0
        const requests = Array.from({ length: 25 }, () => {
          if (random.next() < 0.7) atMs += 60 * random.next()
          const promptTokens = random.int(1, 600)
          const cachedTokens = random.next() < 0.3 ? random.int(0, promptTokens) : 0
          return { atMs, promptTokens, outputTokens: random.int(1, 120), cachedTokens }
        })
        const engine = { ...options, isSchedulingAhead, kvBlocks, maxNumBatchedTokens, maxNumSeqs }
        const plain = play(requests, engine, 'plain')
        expect(play(requests, engine, 'by step')).toEqual(plain)
        expect(play(requests, engine, 'skipping')).toEqual(plain)
        expect(plain.log.filter((line) => line.includes('end'))).toHaveLength(25)
        // Whatever was pre-empted and begun anew: everybody gets all tokens, and each once.
        expect(plain.tokens).toBe(requests.reduce((sum, { outputTokens }) => sum + outputTokens, 0))
      },
    ),
    { numRuns: 60 },
  )
})

test('pre-empts the youngest when blocks run out, and loses no request [READY-LLM-02]', () => {
  const requests = Array.from({ length: 6 }, () => ({ atMs: 0, promptTokens: 100, outputTokens: 400 }))
  const { log, preemptions } = play(requests, { ...options, kvBlocks: 60 }, 'skipping')
  expect(preemptions).toBeGreaterThan(0)
  expect(log.filter((line) => line.includes('end'))).toHaveLength(6)
})

test('places requests by the policies of the gateway: more replicas wait less, shared prompts are found [READY-LLM-03]', () => {
  const random = createRandom('fleet')
  let atMs = 0
  const requests = Array.from({ length: 150 }, () => {
    atMs += 30 * random.next()
    const group = random.int(0, 3)
    return {
      atMs,
      promptTokens: 640,
      outputTokens: 60,
      blocks: Array.from({ length: 40 }, (_, i) => 1000 * group + i),
    }
  })
  const run = (replicas: number, policy: 'round-robin' | 'prefix-affinity', isPrefixCaching = true) =>
    simulateFleet({ requests, replicas, policy, times, engine: options, seed: 7, isPrefixCaching })
  const mean = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0) / values.length
  expect(mean(run(4, 'round-robin').ttftMs)).toBeLessThan(mean(run(2, 'round-robin').ttftMs))
  expect(run(4, 'prefix-affinity').cachedShare).toBeGreaterThanOrEqual(run(4, 'round-robin').cachedShare)
  expect(run(4, 'round-robin', false).cachedShare).toBe(0)
  expect(run(4, 'prefix-affinity')).toEqual(run(4, 'prefix-affinity'))
})
