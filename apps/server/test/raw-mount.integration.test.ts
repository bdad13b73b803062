import { request } from 'node:http'
import { defineSystem } from '@heavylift/core'
import type { CoreServices } from '@heavylift/core'
import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
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
            identify(incoming).then(
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

function get(path: string, headers: Record<string, string> = {}): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const sent = request(`${running?.server.address}${path}`, { headers }, (response) => {
      let text = ''
      response.on('data', (part: Buffer) => (text += part.toString()))
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text }))
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
