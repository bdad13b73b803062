import { EventStream } from '@heavylift/core'
import type { Route, RouteResult } from '@heavylift/core'
import { createTestStore } from '@heavylift/store/testing'
import type { TestStore } from '@heavylift/store/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createMatchStore } from '../../src/matches/match-store.ts'
import type { MatchTables } from '../../src/matches/match-tables.ts'
import { matchesMigration } from '../../src/migrations/0001-matches.ts'
import { graphicsMigration } from '../../src/migrations/0002-graphics.ts'
import { createControl } from '../../src/graphics/control.ts'
import type { GraphicsTables } from '../../src/graphics/graphics-tables.ts'
import { graphicsRoutes } from '../../src/routes/graphics.ts'
import type { LayerState } from '../../src/graphics/layer-state.ts'

let testStore: TestStore
/** Two servers on one database. */
let one: Route[]
let other: Route[]
beforeAll(async () => {
  testStore = await createTestStore({ migrations: { live: [matchesMigration, graphicsMigration] } })
  await database()
    .insertInto('match')
    .values(
      ['m1', 'm2', 'm3', 'm4'].map((matchId) => ({
        tenant_id: 'main',
        match_id: matchId,
        sport: 'race',
        title: matchId,
        body: sql`'{}'::jsonb`,
        status: 'live',
        first_event_at: new Date(0),
        last_event_at: new Date(0),
        is_sample: false,
      })),
    )
    .execute()
  ;[one, other] = [newRoutes(), newRoutes()]
})

function database() {
  return testStore.host.forSystem('live').database<MatchTables>()
}

function newRoutes(): Route[] {
  return graphicsRoutes({
    control: createControl(testStore.host.forSystem('live').database<GraphicsTables>()),
    matches: createMatchStore(database()),
  })
}

afterAll(() => testStore.close())

async function call(
  routes: Route[],
  method: Route['method'],
  path: string,
  given: { params?: object; query?: object; body?: unknown; tenantId?: string; signal?: AbortSignal } = {},
): Promise<RouteResult> {
  const route = routes.find((each) => each.method === method && each.path === path)
  if (!route) throw new Error(`There is no route ${method} ${path}.`)
  return route.handle({
    params: route.params?.parse(given.params ?? {}) ?? {},
    query: route.query?.parse(given.query ?? {}) ?? {},
    body: route.body?.parse(given.body) ?? null,
    headers: new Headers(),
    caller: { tenantId: given.tenantId ?? 'main', scope: 'operator', keyId: null },
    signal: given.signal ?? AbortSignal.timeout(20_000),
    lastEventId: null,
  })
}

const command = (routes: Route[], matchId: string, body: unknown, tenantId?: string) =>
  call(routes, 'post', '/matches/:matchId/graphics/:layer', {
    params: { matchId, layer: 'main' },
    body,
    ...(tenantId ? { tenantId } : {}),
  }) as Promise<LayerState & { state: string }>

test('what is on air is the same at every server, and after a server is gone [LIVE-CONTROL-03]', async () => {
  await command(one, 'm1', { type: 'preview', graphic: 'burn-bar' })
  const taken = await command(other, 'm1', { type: 'take' })
  expect(taken).toMatchObject({ state: 'on-air', program: { graphic: 'burn-bar', data: null, step: 0 } })
  expect(await command(one, 'm1', { type: 'next' })).toMatchObject({ program: { step: 1 } })
  const anew = newRoutes()
  expect(await call(anew, 'get', '/matches/:matchId/graphics', { params: { matchId: 'm1' } })).toMatchObject({
    layers: [{ layer: 'main', program: { graphic: 'burn-bar', step: 1 }, revision: 3 }],
  })
  const foreign = { params: { matchId: 'm1' }, tenantId: 'another' }
  await expect(call(one, 'get', '/matches/:matchId/graphics', foreign)).rejects.toThrow('There is no match')
})

test('first commands of two servers at once both count [LIVE-CONTROL-03]', async () => {
  const all = [one, other, one, other].map((routes) =>
    command(routes, 'm2', { type: 'take', graphic: 'momentum' }),
  )
  const revisions = (await Promise.all(all)).map(({ revision }) => revision)
  expect(revisions.toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4])
})

test('a stream tells the layer as it is, then what any server changes [LIVE-CONTROL-03]', async () => {
  const gone = new AbortController()
  const path = '/matches/:matchId/graphics/stream'
  const given = { params: { matchId: 'm3' }, query: {}, signal: gone.signal }
  const stream = await call(one, 'get', path, given)
  if (!(stream instanceof EventStream)) throw new Error('This has to be a stream.')
  const events = stream.events[Symbol.asyncIterator]()
  const next = async () => (await events.next()).value as { event: string; data: LayerState }
  expect(await next()).toMatchObject({ event: 'layer', data: { program: null, isAuto: true, revision: 0 } })
  await command(one, 'm3', { type: 'take', graphic: 'coverage', data: { coverage: 'man' } })
  expect(await next()).toMatchObject({
    data: { program: { graphic: 'coverage', data: { coverage: 'man' } } },
  })
  await command(other, 'm3', { type: 'clear' })
  expect(await next()).toMatchObject({ data: { program: null, revision: 2 } })
  gone.abort()
  expect(await events.next()).toMatchObject({ done: true })
})

test('a graphic that there is not is refused with the names of those that there are', async () => {
  await expect(command(one, 'm4', { type: 'take', graphic: 'burnbar' })).rejects.toMatchObject({
    code: 'graphic-unknown',
    message: expect.stringContaining('burn-bar'),
  })
  const { graphics } = (await call(one, 'get', '/graphics')) as { graphics: { id: string }[] }
  expect(graphics.map(({ id }) => id)).toContain('win-probability')
})
