import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Api } from '../../src/wire/codec.ts'
import { StreamTap } from '../../src/wire/stream-tap.ts'
import { anthropicStream, chatStream, responsesStream } from './streams.ts'

function tap(api: Api, wire: string | Buffer, sizes: number[] = [1e9], choices = 1) {
  const bytes = Buffer.from(wire)
  const stream = new StreamTap(api, choices)
  for (let at = 0, i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length]!
    stream.push(bytes.subarray(at, at + size))
    at += size
  }
  return { ...stream.end(), hasContent: stream.hasContent }
}

const data = (event: unknown) => `data: ${JSON.stringify(event)}\n\n`
const usage = { input: 12, cacheRead: 0, cacheWrite: 0, output: 3, reasoning: 0 }

const longResponsesStream = responsesStream.replaceAll('"output":[]', `"output":["${'a'.repeat(200_000)}"]`)

describe('StreamTap', () => {
  const streams: [Api, string][] = [
    ['chat', chatStream],
    ['chat', chatStream.replaceAll('\n', '\r\n')],
    ['chat', chatStream.slice(0, 400)],
    ['messages', anthropicStream],
    ['messages', anthropicStream.replaceAll(/event: .*\n/g, '')],
    ['messages', anthropicStream.slice(0, -60)],
    ['responses', responsesStream],
    ['responses', longResponsesStream],
    ['chat', chatStream.replace('Hello', 'a'.repeat(150_000))],
  ]
  test.each(streams)('sees the same in %s however the bytes are split (%#) [MODELS-WIRE-05]', (api, wire) => {
    const whole = tap(api, wire)
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: wire.length > 10_000 ? 70_000 : 90 }), {
          minLength: 1,
          maxLength: 20,
        }),
        (sizes) => {
          expect(tap(api, wire, sizes)).toEqual(whole)
        },
      ),
      { numRuns: wire.length > 10_000 ? 25 : 100 },
    )
    expect(tap(api, wire, [1])).toEqual(whole)
  })

  test('reads a chat stream with usage', () => {
    expect(tap('chat', chatStream)).toEqual({
      ended: 'complete',
      usage,
      isUsageEstimated: false,
      events: 6,
      errorCode: null,
      hasContent: true,
    })
  })

  test('reads a messages stream, whose usage comes in two parts', () => {
    expect(tap('messages', anthropicStream)).toMatchObject({
      ended: 'complete',
      usage: { input: 25, cacheRead: 100, cacheWrite: 7, output: 15, reasoning: 0 },
      isUsageEstimated: false,
      hasContent: true,
    })
  })

  test('reads a responses stream, also when its last event is longer than what is kept of a line', () => {
    const expected = {
      ended: 'complete',
      usage: { input: 24, cacheRead: 6, cacheWrite: 0, output: 9, reasoning: 4 },
      hasContent: true,
    }
    expect(tap('responses', responsesStream)).toMatchObject(expected)
    expect(tap('responses', longResponsesStream)).toMatchObject(expected)
    const nameless = longResponsesStream.replaceAll(/event: .*\n/g, '')
    expect(tap('responses', nameless)).toMatchObject(expected)
    expect(tap('responses', nameless, [1000])).toMatchObject(expected)
  })

  test.each<[string, Api, string]>([
    ['in the middle of the text', 'chat', chatStream.slice(0, 400)],
    ['of nothing', 'chat', ''],
    ['before message_stop', 'messages', anthropicStream.slice(0, -50)],
    ['before response.completed', 'responses', responsesStream.slice(0, 300)],
    [
      'of a usage that is a text',
      'chat',
      data({ choices: [{ delta: { content: '"finish_reason":"stop"' } }] }),
    ],
  ])('takes an end %s for a cut', (_name, api, wire) => {
    expect(tap(api, wire).ended).toBe('cut')
  })

  test('takes a finish reason of every choice for the end when [DONE] is missing', () => {
    const finish = (index: number) => data({ choices: [{ index, delta: {}, finish_reason: 'stop' }] })
    expect(tap('chat', finish(0)).ended).toBe('complete')
    expect(tap('chat', finish(0), [7], 2).ended).toBe('cut')
    expect(tap('chat', finish(0) + finish(1), [7], 2).ended).toBe('complete')
  })

  test('counts the pieces that were sent when a messages stream breaks before its output was counted', () => {
    const sent = anthropicStream.slice(0, anthropicStream.indexOf('event: message_delta'))
    const cut = tap('messages', sent)
    const pieces = sent.split('event: content_block_delta').length - 1
    expect(cut).toMatchObject({ ended: 'cut', isUsageEstimated: true, usage: { input: 25, output: pieces } })
  })

  test.each<[Api, string, string]>([
    ['chat', data({ error: { code: 502, message: 'Bad gateway' } }), '502'],
    ['chat', 'event: error\ndata: {"message":"no","type":"server_error"}\n\n', 'server_error'],
    ['chat', data({ error: { code: null, type: 'x' }, choices: [{ finish_reason: 'error' }] }), 'x'],
    ['completions', data({ error: 'no' }) + 'data: [DONE]\n\n', 'unknown'],
    [
      'messages',
      'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\n\n',
      'overloaded_error',
    ],
    ['messages', data({ type: 'error', error: { type: 'api_error' } }), 'api_error'],
    ['responses', data({ type: 'error', code: 'server_error', message: 'no' }), 'server_error'],
    [
      'responses',
      data({ type: 'response.failed', response: { error: { code: 'rate_limit_exceeded' } } }),
      'rate_limit_exceeded',
    ],
  ])('notices an error inside a 200 of %s: %s', (api, wire, code) => {
    expect(tap(api, wire)).toMatchObject({ ended: 'error', errorCode: code })
  })

  test('an error of null, or one that the model speaks of, is none', () => {
    const wire =
      data({ error: null, choices: [{ delta: { content: '"error":{"code":1}' } }] }) +
      data({ choices: [{ delta: { content: 'error' }, finish_reason: 'stop' }] })
    expect(tap('chat', wire)).toMatchObject({ ended: 'complete', errorCode: null })
  })

  test('usage that a model writes about is not usage', () => {
    const wire = data({
      choices: [{ delta: { content: '"usage":{"prompt_tokens":1,"completion_tokens":1}' } }],
    })
    expect(tap('chat', wire).usage).toBeNull()
  })

  test('the opening of a stream is no content', () => {
    const opening = data({ choices: [{ delta: { role: 'assistant', content: '' }, finish_reason: null }] })
    expect(tap('chat', opening).hasContent).toBe(false)
    expect(tap('messages', anthropicStream.slice(0, 320)).hasContent).toBe(false)
    const call = data({ choices: [{ delta: { tool_calls: [{ index: 0, function: { name: 'f' } }] } }] })
    expect(tap('chat', call).hasContent).toBe(true)
  })

  test('keeps no more than a bounded part of a line that never ends', () => {
    const stream = new StreamTap('chat')
    const before = process.memoryUsage().arrayBuffers
    const chunk = Buffer.alloc(64 * 1024, 'a')
    for (let i = 0; i < 2000; i++) stream.push(chunk)
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(8 * 1024 * 1024)
    expect(stream.end().ended).toBe('cut')
  })

  test('any bytes at all give a result', () => {
    fc.assert(
      fc.property(
        fc.constantFrom<Api>('chat', 'completions', 'messages', 'responses'),
        fc.uint8Array({ maxLength: 200 }),
        (api, bytes) => {
          expect(['cut', 'error']).toContain(tap(api, Buffer.from(bytes)).ended)
        },
      ),
    )
  })
})
