import { describe, expect, test } from 'vitest'
import { wireErrorBody, wireErrorEvent, wireErrorHeaders } from '../../src/failure/wire-format.ts'

const error = (status: number) => ({ status, code: 'some-code', message: 'What happened.' })

describe('error bodies [MODELS-WIRE-04]', () => {
  test.each([
    [400, 'invalid_request_error', 'invalid_request_error'],
    [401, 'authentication_error', 'authentication_error'],
    [403, 'permission_error', 'permission_error'],
    [404, 'invalid_request_error', 'not_found_error'],
    [413, 'invalid_request_error', 'request_too_large'],
    [429, 'rate_limit_error', 'rate_limit_error'],
    [500, 'server_error', 'api_error'],
    [502, 'server_error', 'api_error'],
    [503, 'server_error', 'overloaded_error'],
    [504, 'server_error', 'timeout_error'],
  ])('%i is %s at OpenAI and %s at Anthropic', (status, openAi, anthropic) => {
    for (const api of ['chat', 'completions', 'embeddings', 'responses'] as const) {
      expect(JSON.parse(wireErrorBody(api, error(status)))).toEqual({
        error: { message: 'What happened.', type: openAi, param: null, code: 'some-code' },
      })
    }
    expect(JSON.parse(wireErrorBody('messages', error(status)))).toEqual({
      type: 'error',
      error: { type: anthropic, message: 'What happened.', code: 'some-code' },
    })
  })

  test('name the wrong field', () => {
    const wrong = { ...error(400), param: 'max_tokens' }
    expect(JSON.parse(wireErrorBody('chat', wrong))).toMatchObject({ error: { param: 'max_tokens' } })
    expect(wireErrorBody('messages', wrong)).toContain('max_tokens: What happened.')
  })
})

test('error events are one event each, in the form of the API, and end nothing as if it were whole', () => {
  const broken = { ...error(502), message: 'Two\nlines' }
  expect(wireErrorEvent('chat', broken)).toBe(
    'data: {"error":{"message":"Two\\nlines","type":"server_error","param":null,"code":"some-code"}}\n\n',
  )
  expect(wireErrorEvent('messages', broken)).toMatch(
    /^event: error\ndata: \{"type":"error","error":\{"type":"api_error",.*\}\}\n\n$/,
  )
  expect(wireErrorEvent('responses', broken, 7)).toMatch(
    /^event: error\ndata: \{"type":"error","sequence_number":7,"code":"some-code",.*\}\n\n$/,
  )
})

test('say when to ask again, in seconds rounded up and in milliseconds', () => {
  expect(wireErrorHeaders({ ...error(429), retryAfterMs: 1200.4 })).toEqual({
    'retry-after': '2',
    'retry-after-ms': '1201',
  })
  expect(wireErrorHeaders(error(429))).toEqual({})
})
