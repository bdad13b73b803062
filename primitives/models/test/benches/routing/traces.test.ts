import { describe, expect, test } from 'vitest'
import { generateTrace } from '../../../src/benches/routing/generate-trace.ts'
import { promptText, readPrompt } from '../../../src/benches/routing/prompt-text.ts'
import { azureParser, parseMooncakeLine, traceOf } from '../../../src/benches/routing/read-trace.ts'
import { ratioInterval, ratioOfTails } from '../../../src/benches/routing/ratio-interval.ts'
import { serviceModel } from '../../../src/benches/routing/service-model.ts'
import { atLoad } from '../../../src/benches/routing/trace.ts'

function fail(line: string): never {
  throw new Error(`not read: ${line}`)
}

describe('traces', () => {
  test('Azure’s rows become lengths at times from the first, wherever the columns stand', () => {
    const rows = [
      [
        'TIMESTAMP,ContextTokens,GeneratedTokens',
        '2023-11-16 18:15:46.6805900,374,44',
        '2023-11-16 18:15:50.9951690,396,109',
      ],
      [
        'GeneratedTokens,Model,ContextTokens,Timestamp',
        '44,a,374,2023-11-16T18:15:46.680Z',
        '109,b,396,2023-11-16T18:15:50.995+00:00',
      ],
    ]
    for (const [header = '', ...lines] of rows) {
      const { requests } = traceOf(
        'azure',
        lines.map((line) => azureParser(header)?.(line) ?? fail(line)),
      )
      expect(
        requests.map(({ atMs, promptTokens, outputTokens }) => [atMs, promptTokens, outputTokens]),
      ).toEqual([
        [0, 374, 44],
        [4315, 396, 109],
      ])
    }
    expect(azureParser('time,prompt,answer')).toBeNull()
    expect(azureParser('TIMESTAMP,ContextTokens,GeneratedTokens')?.('yesterday,many,few')).toBeNull()
  })

  test('Mooncake’s lines keep the blocks that are full, of the length that most prompts have', () => {
    const parse = (tokens: number, hash_ids: number[]) =>
      parseMooncakeLine(JSON.stringify({ timestamp: 5, input_length: tokens, output_length: 7, hash_ids })) ??
      fail('')
    const long = traceOf('mooncake', [parse(1100, [3, 4, 9])])
    expect(long.tokensPerBlock).toBe(512)
    expect(long.requests[0]).toMatchObject({ atMs: 0, promptTokens: 1100, outputTokens: 7, session: 3 })
    expect([...(long.requests[0]?.blocks ?? [])]).toEqual([3, 4])
    const short = traceOf('agents', [parse(33, [1, 2, 3]), parse(48, [1, 2, 4])])
    expect(short.tokensPerBlock).toBe(16)
    expect(short.requests.map(({ blocks }) => [...blocks])).toEqual([
      [1, 2],
      [1, 2, 4],
    ])
  })

  test('a ratio of tails has an interval around it that is the same each time, and none where nothing differs', () => {
    const times = Float64Array.from({ length: 4000 }, (_, at) => 100 + ((at * 7919) % 997))
    const slower = times.map((ms, at) => ms * (at % 400 < 200 ? 2 : 1.5))
    expect(ratioInterval(times, times)).toEqual([1, 1])
    const [low, high] = ratioInterval(slower, times)
    expect([low, high]).toEqual(ratioInterval(slower, times))
    expect(low).toBeLessThanOrEqual(ratioOfTails(slower, times))
    expect(high).toBeGreaterThanOrEqual(ratioOfTails(slower, times))
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

  test('at load 1 prompts and answers take all the time there is', () => {
    const trace = atLoad(generateTrace(50, 3), 1, serviceModel, 4)
    const { prefillTokensPerSecond, stepMs, maxSequences, decodeMs } = serviceModel
    const workMs = trace.requests.reduce(
      (sum, { promptTokens, outputTokens }) =>
        sum +
        (promptTokens / prefillTokensPerSecond) * 1000 +
        outputTokens * (stepMs / maxSequences + decodeMs),
      0,
    )
    expect(trace.requests.at(-1)?.atMs).toBeCloseTo(workMs / 4, 3)
  })

  test('a prompt’s text says its blocks and length', () => {
    for (const request of generateTrace(20, 3).requests) {
      const read = readPrompt(promptText(request, 64).toString(), 64)
      expect(read.promptTokens).toBe(request.promptTokens)
      expect(read.blocks).toEqual(request.blocks)
    }
  })
})
