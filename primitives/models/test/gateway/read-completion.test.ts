import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { CompletionPart } from '../../src/gateway/in-process/complete.ts'
import { readCompletion } from '../../src/gateway/in-process/read-completion.ts'

const encoder = new TextEncoder()

async function* slices(text: string, sizes: number[]): AsyncGenerator<Uint8Array> {
  const bytes = encoder.encode(text)
  let at = 0
  for (let i = 0; at < bytes.length; i++) {
    const size = sizes.length ? sizes[i % sizes.length]! : bytes.length
    yield bytes.subarray(at, at + size)
    at += size
  }
}

async function collect(text: string, sizes: number[] = []): Promise<CompletionPart[]> {
  return Array.fromAsync(readCompletion(slices(text, sizes)))
}

const chunk = (delta: object, finish: string | null = null) =>
  `data: ${JSON.stringify({ choices: [{ delta, finish_reason: finish }] })}\n\n`

describe('readCompletion', () => {
  test('gives the same text however the bytes are sliced, inside characters too [MODELS-COMPLETE-01]', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1, maxLength: 8 }),
        fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1, maxLength: 9 }),
        async (deltas, sizes) => {
          const wire = `${deltas.map((content) => chunk({ content })).join('')}${chunk({}, 'stop')}data: [DONE]\n\n`
          const parts = await collect(wire, sizes)
          expect(parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('')).toBe(
            deltas.join(''),
          )
          expect(parts.at(-1)).toMatchObject({ type: 'done', finishReason: 'stop' })
        },
      ),
    )
  })

  test('joins a tool call from its pieces and reports usage', async () => {
    const wire =
      chunk({ tool_calls: [{ index: 0, id: 'a', function: { name: 'find', arguments: '{"q":' } }] }) +
      chunk({ tool_calls: [{ index: 0, function: { arguments: '1}' } }] }) +
      chunk({}, 'tool_calls') +
      'data: {"choices":[],"usage":{"prompt_tokens":3,"completion_tokens":4}}\n\ndata: [DONE]\n\n'
    expect(await collect(wire)).toEqual([
      { type: 'tool-call', call: { id: 'a', name: 'find', arguments: '{"q":1}' } },
      { type: 'done', finishReason: 'tool_calls', usage: { promptTokens: 3, completionTokens: 4 } },
    ])
  })

  test.each([
    ['bytes that end without a finish reason', chunk({ content: 'half a sen' }), 'model-cut-off'],
    ['[DONE] without a finish reason', `${chunk({ content: 'a' })}data: [DONE]\n\n`, 'model-cut-off'],
    ['an empty body', '', 'model-cut-off'],
    ['HTML in place of JSON', 'data: <html>\n\n', 'model-garbage'],
    ['JSON that is no chunk', 'data: {"choices":7}\n\n', 'model-garbage'],
    ['an event of more than 8 MiB', `data: ${'x'.repeat(8_500_000)}`, 'model-garbage'],
    ['an error event', 'data: {"error":{"message":"out of memory"}}\n\n', 'model-unavailable'],
  ])('rejects %s', async (_name, wire, code) => {
    await expect(collect(wire)).rejects.toMatchObject({ code })
  })

  test('accepts a finish reason without [DONE]', async () => {
    const parts = await collect(chunk({ content: 'all' }) + chunk({}, 'stop'))
    expect(parts.map((part) => part.type)).toEqual(['text', 'done'])
  })
})
