import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { BatchEngine } from '../src/batch/batch-engine.ts'
import type { GenerationRequest } from '../src/batch/generation.ts'
import { PrefixCache } from '../src/batch/prefix-cache.ts'
import { endToken, FakeSequence, nextToken } from './fake-sequence.ts'
import type { FakeContext } from './fake-sequence.ts'

function setUp(options: { sequences: number; maxWaiting?: number; cacheBytes?: number; answer?: number }) {
  const context: FakeContext = { steps: [], states: new Map() }
  const sequences = Array.from(
    { length: options.sequences },
    (_, id) => new FakeSequence(context, id, options.answer ?? 8),
  )
  const cache = new PrefixCache({
    dir: mkdtempSync(join(tmpdir(), 'heavylift-prefix-')),
    maxBytes: options.cacheBytes ?? 1_000_000,
  })
  // Each step takes 10 ms.
  let ticks = 0
  const engine = new BatchEngine({
    sequences,
    contextTokens: 1024,
    batchTokens: 128,
    maxWaiting: options.maxWaiting ?? 64,
    cache,
    canCut: true,
    isEnd: (token) => token === endToken,
    clock: { nowMs: () => 0, monotonicMs: () => (ticks += 10) },
  })
  const ask = async (prompt: number[], change: Partial<GenerationRequest> = {}) => {
    const tokens: number[] = []
    const result = await engine.generate({
      prompt,
      maxTokens: 100,
      sampling: {
        temperature: 0,
        topP: 1,
        topK: 0,
        seed: 1,
        frequencyPenalty: 0,
        presencePenalty: 0,
      },
      signal: new AbortController().signal,
      onToken: (token) => {
        tokens.push(token)
        return 'go'
      },
      ...change,
    })
    return { ...result, tokens }
  }
  return { engine, context, cache, ask }
}

const prompt = (seed: number, length: number) =>
  Array.from({ length }, (_, at) => ((seed * 31 + at * 7) % 90) + 1)

/** What the fake model answers, computed without an engine. */
function expected(given: number[], length: number): number[] {
  const tokens = [...given]
  return Array.from({ length }, () => {
    const token = nextToken(tokens)
    tokens.push(token)
    return token
  })
}

describe('continuous batching', () => {
  test('every answer is that of its own prompt, however they come together', async () => {
    const { ask } = setUp({ sequences: 4 })
    const prompts = Array.from({ length: 20 }, (_, seed) => prompt(seed, 5 + seed * 9))
    const answers = await Promise.all(prompts.map((one) => ask(one)))
    for (const [index, answer] of answers.entries()) {
      expect(answer.tokens).toEqual(expected(prompts[index] ?? [], 8))
      expect(answer).toMatchObject({ finishReason: 'stop', completionTokens: 8 })
    }
  })

  test('sequences that generate take one token of every step, together', async () => {
    const { ask, context } = setUp({ sequences: 4 })
    await Promise.all([1, 2, 3, 4].map((seed) => ask(prompt(seed, 10))))
    const generating = context.steps.slice(1)
    expect(generating.every((step) => [...step.values()].every((tokens) => tokens === 1))).toBe(true)
    expect(generating[0]?.size).toBe(4)
  })

  test('a step never holds more tokens than a batch, and a long prompt does not stop those that generate', async () => {
    const { ask, context } = setUp({ sequences: 3, answer: 30 })
    const later: Promise<unknown>[] = []
    await ask(prompt(1, 10), {
      onToken: () => {
        if (later.length === 0) later.push(ask(prompt(2, 900)), ask(prompt(3, 20)))
        return 'go'
      },
    })
    await Promise.all(later)
    for (const step of context.steps) {
      expect([...step.values()].reduce((sum, tokens) => sum + tokens, 0)).toBeLessThanOrEqual(128)
    }
    const mixed = context.steps.filter(
      (step) => step.get(0) === 1 && [...step.values()].some((tokens) => tokens > 1),
    )
    expect(mixed.length).toBeGreaterThan(3)
  })

  test('more than may wait are turned away with 429 [MODELS-ENGINE-08]', async () => {
    const { ask } = setUp({ sequences: 1, maxWaiting: 2 })
    const answers = await Promise.allSettled([1, 2, 3, 4].map((seed) => ask(prompt(seed, 10))))
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected'])
    expect(answers[3]).toMatchObject({ reason: { code: 'engine-busy', status: 429 } })
  })

  test('those that wait are served in the order in which they came [MODELS-ENGINE-08]', async () => {
    const { ask } = setUp({ sequences: 1 })
    const ended: number[] = []
    await Promise.all([1, 2, 3, 4].map((seed) => ask(prompt(seed, 10)).then(() => ended.push(seed))))
    expect(ended).toEqual([1, 2, 3, 4])
  })

  test('an aborted request gives its sequence to the next', async () => {
    const { ask, engine } = setUp({ sequences: 1, answer: 500 })
    const gone = new AbortController()
    const first = ask(prompt(1, 10), {
      signal: gone.signal,
      maxTokens: 500,
      onToken: () => {
        gone.abort(new Error('gone'))
        return 'go'
      },
    })
    const second = ask(prompt(2, 10), { maxTokens: 3 })
    await expect(first).rejects.toThrow('gone')
    expect(await second).toMatchObject({ finishReason: 'length', completionTokens: 3 })
    expect(engine.running).toBe(0)
  })

  test('a paused answer waits for its reader while others go on', async () => {
    const { ask } = setUp({ sequences: 2 })
    let resume = () => {}
    let count = 0
    const slow = ask(prompt(1, 10), {
      onStart: (go) => {
        resume = go
      },
      onToken: () => (++count === 3 ? 'pause' : 'go'),
    })
    await ask(prompt(2, 10))
    expect(count).toBe(3)
    resume()
    expect((await slow).completionTokens).toBe(8)
  })
})

describe('prefixes', () => {
  test('a conversation goes on from what its sequence still holds', async () => {
    const { ask } = setUp({ sequences: 2 })
    const first = prompt(1, 200)
    const { tokens } = await ask(first)
    const second = [...first, ...tokens, ...prompt(5, 20)]
    const answer = await ask(second)
    expect(answer.cachedTokens).toBe(208)
    expect(answer.tokens).toEqual(expected(second, 8))
  })

  test('a conversation whose sequence was taken goes on from its saved state', async () => {
    const { ask, cache } = setUp({ sequences: 1 })
    const first = prompt(1, 200)
    const { tokens } = await ask(first)
    await ask(prompt(2, 150))
    const second = [...first, ...tokens, 5, 6, 7]
    const answer = await ask(second)
    expect(answer.cachedTokens).toBeGreaterThanOrEqual(207)
    expect(answer.tokens).toEqual(expected(second, 8))
    expect(cache.size).toBeGreaterThan(0)
  })

  test('a beginning that several share is read once, while it is being read', async () => {
    const { ask, context } = setUp({ sequences: 8 })
    const shared = prompt(1, 400)
    const prompts = Array.from({ length: 8 }, (_, seed) => [...shared, ...prompt(seed + 2, 10)])
    const answers = await Promise.all(prompts.map((one) => ask(one)))
    for (const [index, answer] of answers.entries())
      expect(answer.tokens).toEqual(expected(prompts[index] ?? [], 8))
    const read = context.steps.reduce(
      (sum, step) => sum + [...step.values()].reduce((all, tokens) => all + tokens, 0),
      0,
    )
    expect(read).toBeLessThan(400 + 8 * (10 + 9 + 1))
  })

  test('the same prompt eight times over is read once', async () => {
    const { ask } = setUp({ sequences: 8 })
    const same = prompt(3, 300)
    const answers = await Promise.all(Array.from({ length: 8 }, () => ask(same)))
    expect(answers.filter(({ cachedTokens }) => cachedTokens === 299).length).toBe(7)
    for (const answer of answers) expect(answer.tokens).toEqual(expected(same, 8))
  })

  test('without a budget nothing is saved and answers are the same', async () => {
    const { ask, cache, context } = setUp({ sequences: 2, cacheBytes: 0 })
    const shared = prompt(1, 200)
    const prompts = Array.from({ length: 6 }, (_, seed) => [...shared, ...prompt(seed + 2, 10)])
    const answers = await Promise.all(prompts.map((one) => ask(one)))
    for (const [index, answer] of answers.entries())
      expect(answer.tokens).toEqual(expected(prompts[index] ?? [], 8))
    expect(cache.size + context.states.size).toBe(0)
  })
})
