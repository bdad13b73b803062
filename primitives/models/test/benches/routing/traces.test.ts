import { describe, expect, test } from 'vitest'
import { generateTrace } from '../../../src/benches/routing/generate-trace.ts'
import { promptText, readPrompt } from '../../../src/benches/routing/prompt-text.ts'
import { parseAzure, parseMooncake } from '../../../src/benches/routing/read-trace.ts'
import { atLoad, halfOf } from '../../../src/benches/routing/trace.ts'

describe('traces', () => {
  test('Azure’s rows become lengths at times from the first', () => {
    const csv =
      'TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46.6805900,374,44\n2023-11-16 18:15:50.9951690,396,109\n'
    const { requests } = parseAzure(csv)
    expect(
      requests.map(({ atMs, promptTokens, outputTokens }) => [atMs, promptTokens, outputTokens]),
    ).toEqual([
      [0, 374, 44],
      [4315, 396, 109],
    ])
  })

  test('Mooncake’s lines keep the blocks that are full', () => {
    const line = { timestamp: 5, input_length: 1100, output_length: 7, hash_ids: [3, 4, 9] }
    const [request] = parseMooncake(JSON.stringify(line)).requests
    expect(request).toMatchObject({ promptTokens: 1100, outputTokens: 7, session: 3 })
    expect([...(request?.blocks ?? [])]).toEqual([3, 4])
  })

  test('a generated trace is the same for a seed, in order, and later turns repeat earlier ones', () => {
    const trace = generateTrace(50, 3)
    expect(generateTrace(50, 3)).toEqual(trace)
    const times = trace.requests.map(({ atMs }) => atMs)
    expect(times).toEqual(times.toSorted((a, b) => a - b))
    for (const turns of Map.groupBy(trace.requests, ({ session }) => session).values()) {
      for (const [at, turn] of turns.entries()) {
        const before = turns[at - 1]?.blocks ?? new Uint32Array(0)
        expect(turn.blocks.subarray(0, before.length)).toEqual(before)
        expect(turn.promptTokens).toBeGreaterThanOrEqual(turn.blocks.length * trace.tokensPerBlock)
      }
    }
  })

  test('halves share no session and together are the whole', () => {
    const trace = generateTrace(200, 3)
    const [a, b] = [halfOf(trace, 0), halfOf(trace, 1)]
    expect(a.requests.length + b.requests.length).toBe(trace.requests.length)
    const sessions = new Set(a.requests.map(({ session }) => session))
    expect(b.requests.some(({ session }) => sessions.has(session))).toBe(false)
    expect(Math.min(a.requests.length, b.requests.length)).toBeGreaterThan(trace.requests.length / 4)
  })

  test('at load 1 the prompts take all the time there is', () => {
    const trace = atLoad(generateTrace(50, 3), 1, 1000, 4)
    const tokens = trace.requests.reduce((sum, { promptTokens }) => sum + promptTokens, 0)
    expect(trace.requests.at(-1)?.atMs).toBeCloseTo(tokens / 4, 3)
  })

  test('a prompt’s text says its blocks and length', () => {
    for (const request of generateTrace(20, 3).requests) {
      const read = readPrompt(promptText(request, 64).toString(), 64)
      expect(read.promptTokens).toBe(request.promptTokens)
      expect(read.blocks).toEqual(request.blocks)
    }
  })
})
