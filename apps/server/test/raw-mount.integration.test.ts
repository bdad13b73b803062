import { request } from 'node:http'
import type { IncomingHttpHeaders } from 'node:http'
import { defineSystem } from '@heavylift/core'
import type { CoreServices } from '@heavylift/core'
import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import { serverConfigSchema } from '../src/server-config.ts'
import { startTestServer } from './support/start-test-server.ts'
import type { TestServer } from './support/start-test-server.ts'

let running: TestServer | null = null
afterEach(async () => {
  await running?.stop()
  running = null
})

/** Answers `/raw/…` with who asks, or with the status of the refusal. */
const bare = defineSystem<CoreServices, object>({
  name: 'bare',
  title: 'Bare',
  summary: 'Answers bytes.',
  layer: 'primitive',
  config: z.object({}),
  migrations: [],
  pages: [],
  commands: [],
  evals: [],
  benches: [],
  start: () =>
    Promise.resolve({
      routes: [],
      raw: [
        {
          mount: '/raw/',
          handle(incoming, response, identify) {
            identify(incoming, incoming.url?.startsWith('/raw/models') ? 'models' : 'operator').then(
              (caller) => response.end(JSON.stringify(caller)),
              (error: { status: number; code: string }) => {
                response.statusCode = error.status
                response.end(error.code)
              },
            )
          },
        },
      ],
      tile: () =>
        Promise.resolve({
          state: 'running',
          headline: '',
          number: { label: '', value: null, unit: '' },
          decisionsToday: 0,
        }),
      stop: () => Promise.resolve(),
    }),
})

interface Got {
  status: number
  text: string
  headers: IncomingHttpHeaders
}

function get(path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Got> {
  return new Promise((resolve, reject) => {
    const sent = request(`${running?.server.address}${path}`, { headers, method }, (response) => {
      let text = ''
      response.on('data', (part: Buffer) => (text += part.toString()))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text, headers: response.headers }))
    })
    sent.on('error', reject)
    sent.end()
  })
}

test('hands requests below a mount to its system and tells it who calls [SERVER-RAW-01]', async () => {
  running = await startTestServer([bare])
  await running.server.started
  expect(await get('/raw/x?y=1')).toMatchObject({ status: 200, text: expect.stringContaining('"main"') })
  // A client of another vendor sends a key that cannot be ours; none is needed here.
  expect(await get('/raw/x', { authorization: 'Bearer sk-anything' })).toMatchObject({ status: 200 })
  expect(await get('/raw/x', { host: 'evil.example' })).toMatchObject({ status: 421 })
  expect(await get('/raw/x', { origin: 'https://evil.example' })).toMatchObject({ status: 403 })
  expect(await get('/rawness')).toMatchObject({ status: 404 })
})

test('asks for a key with enough scope where keys are needed [SERVER-RAW-02]', async () => {
  running = await startTestServer([bare], { requireKeys: true })
  await running.server.started
  const make = async (scope: 'storefront' | 'operator', tenantId: string) => {
    const spec = { scope, tenantId, kind: 'secret' as const, name: scope, allowedOrigins: [] }
    return (await running!.keys.create(spec)).key
  }
  expect(await get('/raw/x')).toMatchObject({ status: 401, text: 'key-missing' })
  expect(await get('/raw/x', { authorization: 'Bearer sk-anything' })).toMatchObject({ status: 401 })
  const weak = await make('storefront', 'main')
  expect(await get('/raw/x', { authorization: `Bearer ${weak}` })).toMatchObject({ status: 403 })
  const other = await make('operator', 'other')
  expect(await get('/raw/x', { 'x-api-key': other })).toMatchObject({
    status: 200,
    text: expect.stringContaining('"other"'),
  })
})

test('a key of the scope "models" opens what asks for it and nothing else, until it ends [SERVER-KEYS-05]', async () => {
  running = await startTestServer([bare], { requireKeys: true })
  await running.server.started
  const limits = {
    models: ['small'],
    requestsPerMinute: 6,
    tokensPerMinute: null,
    maxInFlight: null,
    budgetUsdPerDay: null,
    budgetUsdPerMonth: null,
  }
  const spec = {
    scope: 'models' as const,
    tenantId: 'main',
    kind: 'secret' as const,
    name: 'm',
    allowedOrigins: [],
  }
  const { key } = await running.keys.create({ ...spec, limits, expiresAtMs: Date.now() + 3_600_000 })
  const authorization = `Bearer ${key}`
  const answer = await get('/raw/models/x', { authorization })
  expect(JSON.parse(answer.text)).toMatchObject({ scope: 'models', limits })
  expect(await get('/raw/x', { authorization })).toMatchObject({ status: 403, text: 'scope-too-low' })
  for (const path of ['/api/heavylift/keys', '/api/heavylift/systems', '/api/heavylift/ledger/rows']) {
    const { status, text } = await get(path, { authorization })
    expect([path, status, text.includes('scope-too-low') || status === 404]).toEqual([path, status, true])
  }
  const { key: old } = await running.keys.create({ ...spec, expiresAtMs: Date.now() - 1 })
  expect(await get('/raw/models/x', { authorization: `Bearer ${old}` })).toMatchObject({
    status: 401,
    text: 'key-expired',
  })
})

test('pages of configured origins may call a mount and read its refusals, others may not [SERVER-CORS-01]', async () => {
  const origin = 'https://app.example.com'
  running = await startTestServer([bare], { requireKeys: true, allowedOrigins: [origin] })
  await running.server.started
  const preflight = (from: string) =>
    get(
      '/raw/x',
      {
        origin: from,
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,x-stainless-lang',
      },
      'OPTIONS',
    )
  const allowed = await preflight(origin)
  expect(allowed.status).toBe(204)
  expect(allowed.headers).toMatchObject({
    'access-control-allow-origin': origin,
    'access-control-allow-headers': 'authorization,x-stainless-lang',
    vary: 'origin',
  })
  expect(allowed.headers['access-control-allow-methods']).toContain('POST')
  expect(allowed.headers['access-control-allow-credentials']).toBeUndefined()
  const refused = await get('/raw/x', { origin })
  expect(refused).toMatchObject({ status: 401, text: 'key-missing' })
  expect(refused.headers['access-control-allow-origin']).toBe(origin)
  for (const other of [
    await preflight('https://evil.example'),
    await get('/raw/x', { origin: 'https://evil.example' }),
  ]) {
    expect(other.headers['access-control-allow-origin']).toBeUndefined()
  }
})

test('every page at once is no origin [SERVER-CORS-01]', () => {
  expect(serverConfigSchema.safeParse({ allowedOrigins: ['*'] }).success).toBe(false)
  expect(serverConfigSchema.safeParse({}).data?.allowedOrigins).toEqual([])
})
