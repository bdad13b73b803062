import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isWorthKeeping } from '../../src/cache/answer.ts'
import type { Answer } from '../../src/cache/answer.ts'
import { AnswerRecorder } from '../../src/cache/answer-recorder.ts'
import { answerChunks, replay } from '../../src/cache/replay.ts'
import type { JsonObject } from '../../src/wire/codec.ts'

function chunk(delta: JsonObject, finishReason: string | null = null): JsonObject {
  return {
    id: 'c1',
    object: 'chat.completion.chunk',
    created: 1,
    model: 'm',
    choices: [{ index: 0, delta, finish_reason: finishReason }],
  }
}

function record(chunks: JsonObject[]): Answer | null {
  const recorder = new AnswerRecorder(1000)
  for (const [index, one] of chunks.entries()) recorder.push(one, 1000 + (index + 1) * 10)
  return recorder.finish()
}

test('puts a streamed text together with its usage and pace [MODELS-CACHE-02]', () => {
  const answer = record([
    chunk({ role: 'assistant', content: '' }),
    chunk({ content: 'Hel' }),
    chunk({ content: 'lo' }),
    chunk({}, 'stop'),
    {
      id: 'c1',
      object: 'chat.completion.chunk',
      created: 1,
      model: 'm',
      choices: [],
      usage: { total_tokens: 3 },
    },
  ])
  expect(answer).toEqual({
    body: {
      id: 'c1',
      object: 'chat.completion',
      created: 1,
      model: 'm',
      choices: [{ index: 0, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' }],
      usage: { total_tokens: 3 },
    },
    pieces: [
      { afterMs: 20, of: 'content', length: 3 },
      { afterMs: 30, of: 'content', length: 2 },
    ],
    durationMs: 50,
  })
})

test('puts tool calls together that came in parts and in turns', () => {
  const call = (index: number, part: JsonObject) => chunk({ tool_calls: [{ index, ...part }] })
  const answer = record([
    call(0, { id: 'a', type: 'function', function: { name: 'search', arguments: '' } }),
    call(1, { id: 'b', type: 'function', function: { name: 'price', arguments: '{' } }),
    call(0, { function: { arguments: '{"q":' } }),
    call(1, { function: { arguments: '}' } }),
    call(0, { function: { arguments: '1}' } }),
    chunk({}, 'tool_calls'),
  ])
  expect(answer!.body['choices']).toEqual([
    {
      index: 0,
      message: {
        role: 'assistant',
        content: null,
        tool_calls: [
          { id: 'a', type: 'function', function: { name: 'search', arguments: '{"q":1}' } },
          { id: 'b', type: 'function', function: { name: 'price', arguments: '{}' } },
        ],
      },
      finish_reason: 'tool_calls',
    },
  ])
})

test.each([null, 'length', 'content_filter'])(
  'keeps no answer that ended with %s [MODELS-CACHE-02]',
  (reason) => {
    const answer = record([chunk({ content: 'Hel' }), chunk({}, reason)])
    expect(answer && isWorthKeeping('chat', answer)).toBe(false)
    expect(record([])).toBeNull()
  },
)

const text = fc.string({ unit: 'grapheme', maxLength: 60 })
const answers = fc
  .record({
    content: fc.oneof(text, fc.constant(null)),
    reasoning: fc.option(
      text.filter((one) => one !== ''),
      { nil: undefined },
    ),
    calls: fc.array(fc.record({ name: text, arguments: fc.json() }), { maxLength: 3 }),
    hasUsage: fc.boolean(),
    durationMs: fc.integer({ min: 0, max: 5000 }),
  })
  .map(({ content, reasoning, calls, hasUsage, durationMs }): Answer => ({
    body: {
      id: 'c1',
      object: 'chat.completion',
      created: 1,
      model: 'm',
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content,
            ...(reasoning === undefined ? {} : { reasoning_content: reasoning }),
            ...(calls.length === 0
              ? {}
              : {
                  tool_calls: calls.map((call, index) => ({
                    id: `t${index}`,
                    type: 'function',
                    function: call,
                  })),
                }),
          },
          finish_reason: calls.length > 0 ? 'tool_calls' : 'stop',
        },
      ],
      ...(hasUsage ? { usage: { prompt_tokens: 3, completion_tokens: 2 } } : {}),
    },
    pieces: [],
    durationMs,
  }))

test('an answer streamed and recorded again is the same answer, at the same pace [MODELS-CACHE-02]', () => {
  fc.assert(
    fc.property(answers, (answer) => {
      const record = (from: Answer): Answer => {
        const recorder = new AnswerRecorder(0)
        for (const { afterMs, chunk } of answerChunks(from, true)) recorder.push(chunk, afterMs)
        return recorder.finish()!
      }
      const once = record(answer)
      expect(once.body).toEqual(answer.body)
      expect(once.durationMs).toBe(answer.durationMs)
      expect(record(once)).toEqual(once)
    }),
  )
})

test('sends usage only to who asked for it', () => {
  const answer = record([chunk({ content: 'a' }), { ...chunk({}, 'stop'), usage: { total_tokens: 3 } }])!
  const has = (includeUsage: boolean) =>
    answerChunks(answer, includeUsage).some(({ chunk }) => 'usage' in chunk)
  expect([has(true), has(false)]).toEqual([true, false])
})

test('a replay stops when the client leaves', async () => {
  const answer = record([chunk({ content: 'a' }), chunk({ content: 'b' }), chunk({}, 'stop')])!
  answer.pieces[1]!.afterMs = 60_000
  // The end comes after the text, however slow the machine.
  answer.durationMs = 60_000
  const controller = new AbortController()
  const texts: unknown[] = []
  const reading = (async () => {
    const options = { pace: 'natural' as const, includeUsage: false, signal: controller.signal }
    for await (const one of replay(answer, options)) {
      const [choice] = one['choices'] as [{ delta: JsonObject }]
      texts.push(choice.delta['content'])
      if (choice.delta['content'] === 'a') setImmediate(() => controller.abort(new Error('left')))
    }
  })()
  await expect(reading).rejects.toThrow()
  expect(texts).toEqual(['', 'a'])
})

test('gives everything at once when told to', async () => {
  const answer = record([chunk({ content: 'a' }), chunk({ content: 'b' }), chunk({}, 'stop')])!
  answer.pieces[1]!.afterMs = 3_600_000
  const chunks: JsonObject[] = []
  const signal = new AbortController().signal
  for await (const one of replay(answer, { pace: 'at-once', includeUsage: false, signal })) chunks.push(one)
  expect(chunks).toHaveLength(4)
})
