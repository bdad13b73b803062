import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { usageFrom, usageOfBody } from '../../src/wire/token-usage.ts'

describe('usageFrom keeps each kind of token apart [MODELS-WIRE-07]', () => {
  const chat: [string, object, number[]][] = [
    [
      'OpenAI, cached and reasoning',
      {
        prompt_tokens: 100,
        completion_tokens: 50,
        total_tokens: 150,
        prompt_tokens_details: { cached_tokens: 64, audio_tokens: 0 },
        completion_tokens_details: { reasoning_tokens: 30 },
      },
      [36, 64, 0, 50, 30],
    ],
    [
      'vLLM without details',
      {
        prompt_tokens: 7,
        total_tokens: 9,
        completion_tokens: 2,
        prompt_tokens_details: null,
      },
      [7, 0, 0, 2, 0],
    ],
    [
      'DeepSeek',
      {
        prompt_tokens: 100,
        prompt_cache_hit_tokens: 90,
        prompt_cache_miss_tokens: 10,
        completion_tokens: 1,
      },
      [10, 90, 0, 1, 0],
    ],
    [
      'OpenRouter with a cache written',
      {
        prompt_tokens: 100,
        completion_tokens: 1,
        prompt_tokens_details: { cached_tokens: 20, cache_write_tokens: 30 },
      },
      [50, 20, 30, 1, 0],
    ],
    [
      'xAI, whose completion leaves reasoning out',
      {
        prompt_tokens: 10,
        completion_tokens: 5,
        total_tokens: 115,
        completion_tokens_details: { reasoning_tokens: 100 },
      },
      [10, 0, 0, 105, 100],
    ],
    ['embeddings', { prompt_tokens: 8, total_tokens: 8 }, [8, 0, 0, 0, 0]],
  ]
  test.each(chat)('%s', (_name, usage, [input, cacheRead, cacheWrite, output, reasoning]) => {
    expect(usageFrom('chat', usage)).toEqual({ input, cacheRead, cacheWrite, output, reasoning })
  })

  test('Anthropic, whose input leaves the cache out', () => {
    expect(
      usageFrom('messages', {
        input_tokens: 5,
        cache_creation_input_tokens: 200,
        cache_read_input_tokens: 1000,
        output_tokens: 9,
      }),
    ).toEqual({ input: 5, cacheRead: 1000, cacheWrite: 200, output: 9, reasoning: 0 })
  })

  test('Responses', () => {
    expect(
      usageFrom('responses', {
        input_tokens: 30,
        input_tokens_details: { cached_tokens: 6 },
        output_tokens: 9,
        output_tokens_details: { reasoning_tokens: 4 },
      }),
    ).toEqual({ input: 24, cacheRead: 6, cacheWrite: 0, output: 9, reasoning: 4 })
  })

  test.each([
    null,
    [],
    'text',
    {},
    { prompt_tokens: -1, completion_tokens: 1 },
    { prompt_tokens: 1.5, completion_tokens: 1 },
    { prompt_tokens: '3', completion_tokens: 1 },
    { prompt_tokens: 1e12, completion_tokens: 1 },
    { prompt_tokens: 3, completion_tokens: 1, prompt_tokens_details: { cached_tokens: 4 } },
    { prompt_tokens: 3, completion_tokens: 1, completion_tokens_details: { reasoning_tokens: 2 } },
  ])('does not believe %j', (usage) => {
    expect(usageFrom('chat', usage)).toBeNull()
  })

  test('never gives a number that cannot be billed, whatever the upstream says', () => {
    const any = fc.oneof(fc.integer(), fc.double(), fc.constant(null), fc.string(), fc.nat(100))
    const usage = fc.record({
      prompt_tokens: any,
      completion_tokens: any,
      total_tokens: any,
      input_tokens: any,
      output_tokens: any,
      cache_read_input_tokens: any,
      prompt_tokens_details: fc.record({ cached_tokens: any }),
      completion_tokens_details: fc.record({ reasoning_tokens: any }),
    })
    fc.assert(
      fc.property(fc.constantFrom('chat', 'messages', 'responses'), usage, (api, said) => {
        const found = usageFrom(api, said)
        for (const tokens of Object.values(found ?? {})) {
          expect(Number.isInteger(tokens) && tokens >= 0 && tokens <= 2e9).toBe(true)
        }
      }),
    )
  })
})

test('reads the usage of a whole answer, as bytes or parsed', () => {
  const body = { usage: { prompt_tokens: 1, completion_tokens: 2 } }
  const expected = { input: 1, cacheRead: 0, cacheWrite: 0, output: 2, reasoning: 0 }
  expect(usageOfBody('chat', body)).toEqual(expected)
  expect(usageOfBody('chat', Buffer.from(JSON.stringify(body)))).toEqual(expected)
  expect(usageOfBody('chat', Buffer.from('<html>'))).toBeNull()
})
