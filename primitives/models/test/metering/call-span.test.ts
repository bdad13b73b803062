import { expect, test } from 'vitest'
import { callSpan } from '../../src/metering/call-span.ts'
import { callRecord } from './call-record.ts'

test('a call is a span by the GenAI conventions, over the time that it took [MODELS-METER-08]', () => {
  const usage = { input: 5, cacheRead: 4, cacheWrite: 3, output: 2, reasoning: 1 }
  const { attributes, ...span } = callSpan(
    callRecord({ api: 'messages', atMs: 5000, durationMs: 900, usage }),
  )
  expect(span).toEqual({ name: 'chat large', kind: 'client', startMs: 4100, endMs: 5000, error: null })
  expect(attributes()).toMatchObject({
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'large',
    'gen_ai.response.model': 'gpt-4o-mini',
    'gen_ai.usage.input_tokens': 12,
    'gen_ai.usage.cache_read.input_tokens': 4,
    'gen_ai.usage.output_tokens': 2,
    'gen_ai.server.time_to_first_token': 0.12,
  })
  expect(attributes()).not.toHaveProperty('error.type')
})

test('a call that reached no replica says why and names no provider', () => {
  const { error, attributes } = callSpan(
    callRecord({ status: 'shed', errorCode: 'queue-full', provider: '', upstreamModel: '', ttftMs: null }),
  )
  expect(error).toBe('queue-full')
  expect(attributes()['error.type']).toBe('queue-full')
  expect(Object.keys(attributes())).not.toContain('gen_ai.provider.name')
  expect(Object.keys(attributes())).not.toContain('gen_ai.server.time_to_first_token')
})
