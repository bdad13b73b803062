import { defineSystem, route } from '@heavylift/core'
import { Validator } from '@seriousme/openapi-schema-validator'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { z } from 'zod'
import type { AnySystem, PlatformServices } from '../src/services.ts'
import { notesSystem } from './support/notes-system.ts'
import { fuzzServer, startWholeServer } from './support/fuzz-server.ts'
import type { WholeServer } from './support/fuzz-server.ts'
import { openingEvent, prepareSystems } from './support/prepare-systems.ts'
import { attackState } from './support/tenant-state.ts'
import { startTestServer } from './support/start-test-server.ts'
import type { TestServer } from './support/start-test-server.ts'
import { caller as callerOf, gatherIds, walkRoutes } from './support/walk-routes.ts'
import type { Call, Walk } from './support/walk-routes.ts'

let whole: WholeServer
beforeAll(async () => {
  whole = await startWholeServer([notesSystem()])
}, 300_000)
afterAll(() => whole?.stop())

/** Routes that answer 204: done, and nothing to say. Every other one says what it answers, by schema, events or media. */
const answersNothing = [
  /^DELETE \/api\/shop\/(watches|memory)\//,
  /^POST \/api\/shop\/(views|outcomes)$/,
  /^DELETE \/api\/agents\/sources\/:source$/,
  /^POST \/api\/agents\/credentials\/:name\/(rotate|revoke)$/,
  /^POST \/api\/address\/places\/:placeId\/outcome$/,
  /^DELETE \/api\/drive\/(recordings\/:id|clearances\/(:id|running))$/,
  /^DELETE \/api\/jobs\/jobs\/:jobId$/,
  /^DELETE \/api\/models\/(cache|sample)$/,
  /^POST \/api\/robots\/floor\/(zones\/:id\/open|stop|stop\/release)$/,
  /^POST \/api\/robots\/floors\/:floorId\/(robots\/:robot\/believe|zones\/:zoneId\/open)$/,
  /^POST \/api\/models\/replicas\/:replicaId\/(un)?drain$/,
]

const walk = ({ server, keys }: TestServer): Promise<Walk> =>
  walkRoutes({ address: server.address, parts: server.parts, keys, prepare: prepareSystems })

/** A system whose one route is at fault in the given way. */
function leaky(
  name: string,
  handle: () => Record<string, string>,
  access: 'storefront' | 'public' = 'storefront',
): AnySystem {
  return defineSystem<PlatformServices, unknown>({
    name,
    title: name,
    summary: 'Leaks.',
    layer: 'system',
    config: z.unknown(),
    migrations: [],
    pages: [],
    commands: [],
    evals: [],
    benches: [],
    start: async () => ({
      routes: [
        route({
          method: 'get',
          path: '/things',
          summary: 'x',
          access,
          response: z.object({ things: z.array(z.object({ thingId: z.string() })) }),
          handle: () => ({ things: [{ thingId: 't1' }] }),
        }),
        route({
          method: 'get',
          path: '/things/:thingId',
          summary: 'x',
          access,
          params: z.object({ thingId: z.string() }),
          response: z.object({}).loose(),
          handle,
        }),
      ],
      stop: async () => {},
      tile: async () => ({
        state: 'running',
        headline: '',
        number: { label: '', value: 1, unit: '' },
        decisionsToday: 0,
      }),
    }),
  })
}

describe('every route', () => {
  it('refuses who has no key, too low a scope, or another tenant’s id [SERVER-ROUTES-01]', async () => {
    const { findings, walked, foreign, notReady } = await walk(whole)
    const { parts, address } = whole.server
    const table = parts.flatMap((part) => part.routes)
    expect([findings, notReady]).toEqual([[], []])
    expect(walked).toHaveLength(table.length)
    const undescribed = parts.flatMap((part) =>
      part.name === 'notes'
        ? []
        : part.routes
            .filter(({ response, events, media }) => response === null && events === null && media === null)
            .map((route) => `${route.method.toUpperCase()} ${part.prefix}${route.path}`),
    )
    expect(undescribed.filter((name) => !answersNothing.some((pattern) => pattern.test(name)))).toEqual([])
    // A pattern that no route fits any more is taken off the list.
    expect(answersNothing.filter((pattern) => !undescribed.some((name) => pattern.test(name)))).toEqual([])
    const document: unknown = await (await fetch(`${address}/openapi.json`)).json()
    expect(await new Validator().validate(document as Record<string, unknown>)).toMatchObject({ valid: true })
    // That ids were found and tried at all; more than these is better.
    expect(foreign).toEqual(
      expect.arrayContaining([
        'DELETE /api/heavylift/keys/:keyId',
        'GET /api/notes/notes/:noteId',
        'GET /api/shop/conversations/:conversationId',
        'DELETE /api/shop/imports/:importId',
        'DELETE /api/shop/memory/:memoryId',
        'GET /api/shop/orders/:orderId',
        'GET /api/shop/products/:productId',
        'GET /api/shop/shoppers/:shopperId/memory',
      ]),
    )
  }, 300_000)
})

describe('another tenant', () => {
  it('changes nothing of a tenant, whatever it calls with whose ids [SERVER-TENANT-02]', async () => {
    const { server, keys, store } = whole
    const { parts } = server
    const plain = callerOf(server.address)
    const callAs = async (tenantId: string, scope: 'admin' | 'operator' | 'storefront'): Promise<Call> => {
      const { key } = await keys.create({
        tenantId,
        scope,
        name: 'state',
        kind: 'secret',
        allowedOrigins: [],
      })
      return (method, path, more) => plain(method, path, { key, ...more })
    }
    const mine = await callAs('main', 'admin')
    const theirs = await callAs('other', 'admin')
    const ids: Record<string, Record<string, string>> = {}
    const partHeaders: Record<string, Record<string, string>> = {}
    const otherHeaders: Record<string, Record<string, string>> = {}
    for (const part of parts) {
      const prepare = prepareSystems[part.name] ?? (async () => ({}))
      partHeaders[part.name] = await prepare(mine)
      otherHeaders[part.name] = await prepare(theirs)
      ids[part.name] = await gatherIds(part, mine, partHeaders[part.name] ?? {})
    }
    const { matchId = '' } = ids['live'] ?? {}
    const { productId = '' } = ids['shop'] ?? {}
    const { findings, requests } = await attackState({
      // Not as its administrator, who sees what all tenants did.
      of: { call: await callAs('main', 'operator'), tenantId: 'main', store, parts, ids, partHeaders },
      callers: [
        { call: theirs, partHeaders: otherHeaders },
        { call: await callAs('other', 'operator'), partHeaders: otherHeaders },
        // Even with a shopper's token of the first tenant.
        { call: await callAs('other', 'storefront'), partHeaders },
      ],
      bodies: {
        'POST /api/live/feed': [openingEvent(matchId, 'Taken over')],
        'POST /api/shop/imports': [{ id: productId, title: 'Taken over', price: '1.00', category: 'Boots' }],
      },
      settled: () =>
        vi.waitFor(
          async () => {
            const { json } = await theirs('GET', '/api/shop/imports')
            const { imports } = json as { imports: { state: string }[] }
            expect(imports.filter(({ state }) => ['queued', 'running'].includes(state))).toEqual([])
          },
          { timeout: 60_000, interval: 200 },
        ),
    })
    expect(findings).toEqual([])
    expect(requests).toBeGreaterThan(parts.flatMap(({ routes }) => routes).length * 3)
  }, 300_000)
})

// Last: what it sends removes things too.
it('no request to any route of the whole product makes it fail, or is told foreign words [SERVER-EDGE-01]', async () => {
  const { failures, requests, statuses } = await fuzzServer(whole, { seed: 20_260, requestsPerRoute: 6 })
  expect(failures).toEqual([])
  expect(requests).toBeGreaterThan(1_000)
  // Enough of them come through: what is refused at the door tests nothing behind it.
  expect(statuses[200]).toBeGreaterThan(requests / 8)
}, 400_000)

describe('the walk', () => {
  it('finds a route that hands things to another tenant [SERVER-ROUTES-01]', async () => {
    const running = await startTestServer(
      [leaky('leaky', () => ({ thing: 'secret' }))],
      { requireKeys: true },
      { loadSamples: { report() {} } },
    )
    const { findings } = await walk(running).finally(() => running.stop())
    expect(findings).toEqual([
      'GET /api/leaky/things/:thingId: answers 200 (null) for a thing that nobody has',
      "GET /api/leaky/things/:thingId: answers 200 (null) for another tenant's thing, 200 (null) for none",
    ])
  })
})
