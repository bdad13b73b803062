import OpenAI from 'openai'
import { describe, expect, test } from 'vitest'
import type { JsonObject } from '../../src/wire/codec.ts'
import { completionsCodec } from '../../src/wire/completions.ts'
import { answering, chatChunks, chatCompletion } from './chat-chunks.ts'

const request = { model: 'large', prompt: 'Once' }

const client = (fetch: typeof globalThis.fetch) =>
  new OpenAI({ apiKey: 'none', baseURL: 'http://gateway.invalid', fetch, maxRetries: 0 })

function encode(asked: JsonObject, chunks: JsonObject[]): string {
  const encoder = completionsCodec.encoder(asked)
  return chunks.map((chunk) => encoder.push(chunk)).join('') + encoder.end()
}

describe('legacy completions over chat [MODELS-WIRE-10]', () => {
  test('carry the prompt and every setting along', () => {
    const asked = { ...request, temperature: 0, stop: ['.'], n: 2, seed: 4, logprobs: 2, top_k: 3 }
    expect(completionsCodec.toChat(asked)).toEqual({
      model: 'large',
      messages: [{ role: 'user', content: 'Once' }],
      max_tokens: 16,
      temperature: 0,
      stop: ['.'],
      n: 2,
      seed: 4,
      top_k: 3,
      logprobs: true,
      top_logprobs: 2,
    })
    expect(completionsCodec.toChat({ ...request, prompt: ['One'], max_tokens: 5 })).toMatchObject({
      messages: [{ role: 'user', content: 'One' }],
      max_tokens: 5,
    })
  })

  test.each([
    ['prompt', { prompt: ['a', 'b'] }],
    ['prompt', { prompt: [1, 2] }],
    ['suffix', { suffix: 'end' }],
    ['echo', { echo: true }],
    ['best_of', { best_of: 3 }],
  ])('name %s when it cannot be passed on', (param, wrong) => {
    expect(() => completionsCodec.toChat({ ...request, ...wrong })).toThrow(
      expect.objectContaining({ code: 'field-invalid', details: { param } }),
    )
  })

  test('answer the official client, whole and as a stream', async () => {
    const whole = completionsCodec.fromChat(chatCompletion({ content: 'upon' }), request)
    const got = await client(answering(JSON.stringify(whole), 'application/json')).completions.create(request)
    expect(got.choices).toEqual([{ text: 'upon', index: 0, logprobs: null, finish_reason: 'stop' }])
    expect(got).toMatchObject({ object: 'text_completion', id: 'cmpl-7', usage: { prompt_tokens: 20 } })

    const wire = encode(request, chatChunks([{ content: 'up' }, { content: 'on' }]))
    const stream = await client(answering(wire, 'text/event-stream')).completions.create({
      ...request,
      stream: true,
    })
    const chunks = await Array.fromAsync(stream)
    expect(chunks.map((chunk) => chunk.choices[0]?.text).join('')).toBe('upon')
    expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('stop')
  })

  test('say usage in a stream only when it was asked for', () => {
    const chunks = chatChunks([{ content: 'a' }])
    expect(encode(request, chunks)).not.toContain('usage')
    expect(encode({ ...request, stream_options: { include_usage: true } }, chunks)).toContain(
      '"choices":[],"usage":{"prompt_tokens":20',
    )
  })

  test('give logprobs in their old form', () => {
    const completion = chatCompletion({ content: 'ab' })
    const [choice] = completion['choices'] as JsonObject[]
    choice!['logprobs'] = {
      content: [
        { token: 'a', logprob: -0.1, top_logprobs: [{ token: 'x', logprob: -2 }] },
        { token: 'b', logprob: -0.2, top_logprobs: [] },
      ],
    }
    expect(completionsCodec.fromChat(completion, request)['choices']).toMatchObject([
      {
        logprobs: {
          tokens: ['a', 'b'],
          token_logprobs: [-0.1, -0.2],
          top_logprobs: [{ x: -2 }, {}],
          text_offset: [0, 1],
        },
      },
    ])
  })
})
