import { createRandom } from '@heavylift/core'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sampleProfile } from '../../samples/sample-run.ts'
import { SimulatedLlmEngine } from '../../src/llm-fleet/engine.ts'
import type { EngineOptions } from '../../src/llm-fleet/engine.ts'
import { simulateFleet } from '../../src/llm-fleet/simulate-fleet.ts'
import { StepTimes } from '../../src/llm-fleet/step-times.ts'

const times = new StepTimes(sampleProfile())
const options: EngineOptions = {
  maxNumSeqs: 8,
  maxNumBatchedTokens: 512,
  kvBlocks: 2000,
  blockSize: 16,
  isSchedulingAhead: false,
}

function play(
  requests: { atMs: number; promptTokens: number; outputTokens: number }[],
  engineOptions: EngineOptions,
  isByStep: boolean,
) {
  const log: string[] = []
  const engine = new SimulatedLlmEngine<number>(times, engineOptions, {
    firstToken: (tag, atMs) => log.push(`${tag} first ${atMs.toFixed(6)}`),
    ended: (tag, atMs) => log.push(`${tag} end ${atMs.toFixed(6)}`),
  })
  const runUntil = (untilMs: number) => {
    if (isByStep) while (engine.stepEndsMs <= untilMs) engine.finishStep()
    else engine.runUntil(untilMs)
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
  const { log, steps } = play([{ atMs: 0, promptTokens: 1200, outputTokens: 2 }], options, true)
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

test('skipping over like steps gives what going step by step gives, whatever arrives [READY-LLM-02]', () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.boolean(),
      fc.constantFrom(40, 120, 2000),
      (seed, isSchedulingAhead, kvBlocks) => {
        const random = createRandom(seed)
        let atMs = 0
        const requests = Array.from({ length: 25 }, () => {
          atMs += 60 * random.next()
          return { atMs, promptTokens: random.int(1, 600), outputTokens: random.int(1, 120) }
        })
        const engine = { ...options, isSchedulingAhead, kvBlocks: Math.max(kvBlocks, 48) }
        const quick = play(requests, engine, false)
        const slow = play(requests, engine, true)
        expect(quick).toEqual(slow)
        expect(quick.log.filter((line) => line.includes('end'))).toHaveLength(25)
        // Whatever was pre-empted and begun anew: everybody gets all tokens, and each once.
        expect(quick.tokens).toBe(requests.reduce((sum, { outputTokens }) => sum + outputTokens, 0))
      },
    ),
    { numRuns: 60 },
  )
})

test('pre-empts the youngest when blocks run out, and loses no request [READY-LLM-02]', () => {
  const requests = Array.from({ length: 6 }, () => ({ atMs: 0, promptTokens: 100, outputTokens: 400 }))
  const { log, preemptions } = play(requests, { ...options, kvBlocks: 60 }, false)
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
