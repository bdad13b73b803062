import fc from 'fast-check'
import { expect, it } from 'vitest'
import { testApp } from './support/test-app.ts'

const methods = fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS')
const segment = fc.oneof(
  fc.constantFrom(
    'notes',
    'upload',
    'count',
    'script.js',
    '..',
    '.',
    '%00',
    '%2e%2e',
    '%',
    '%ff',
    '__proto__',
    'constructor',
    ':noteId',
  ),
  fc.string({ maxLength: 20 }).map(encodeURIComponent),
)
const path = fc
  .tuple(fc.constantFrom('/api/notes', '/api/heavylift', '/api', ''), fc.array(segment, { maxLength: 4 }))
  .map(([prefix, segments]) => `${prefix}/${segments.join('/')}`)
const query = fc.oneof(
  fc.constant(''),
  fc.constantFrom(
    '?limit=',
    '?limit=1&limit=2',
    '?limit[]=1',
    '?%',
    '?limit=%ff',
    '?__proto__=1',
    '?limit=1e999',
    '?fail=',
  ),
  fc.string({ maxLength: 30 }).map((text) => `?${encodeURIComponent(text)}`),
)
const headers = fc.dictionary(
  fc.constantFrom(
    'authorization',
    'content-type',
    'last-event-id',
    'origin',
    'host',
    'x-request-id',
    'x-heavylift-tenant',
    'if-none-match',
    'content-length',
  ),
  fc.oneof(
    fc.constantFrom('application/json', 'Bearer', 'Bearer x', 'null', 'localhost', 'main', '-1', 'NaN', '*'),
    fc.string({ maxLength: 40, unit: 'binary-ascii' }).map((text) => text.replace(/[^\x21-\x7e ]/g, '')),
  ),
  { maxKeys: 4 },
)
const body = fc.oneof(
  fc.constant(null),
  fc.json(),
  fc.constantFrom(
    '{"text":"x"}',
    '{"__proto__":{"x":1}}',
    '[',
    '"',
    '\ufeff{}',
    `{"text":"${'x'.repeat(300)}"}`,
  ),
  fc.uint8Array({ maxLength: 50 }),
)

it('no request makes the server fail, and every answer but a good one is a problem [SERVER-ROUTES-04]', async () => {
  const { send } = await testApp()
  await fc.assert(
    fc.asyncProperty(methods, path, query, headers, body, async (method, where, what, given, sent) => {
      const withBody = method !== 'GET' && method !== 'HEAD' && sent !== null
      const response = await send(where + what, {
        method,
        headers: given,
        ...(withBody ? { body: sent as BodyInit } : {}),
      })
      const text = await response.text()
      expect(response.status, text).not.toBe(500)
      expect(response.headers.get('x-content-type-options')).toBe('nosniff')
      if (response.status >= 400 && method !== 'HEAD') {
        expect(JSON.parse(text)).toMatchObject({
          error: { code: expect.stringMatching(/^[a-z-]+$/), id: expect.any(String) },
        })
      }
    }),
    { numRuns: 1_000 },
  )
  expect(({} as Record<string, unknown>)['x']).toBeUndefined()
})
