import { route, uploadRoute } from '@heavylift/core'
import type { RoutesOf } from '@heavylift/core'
import { afterEach, describe, expect, expectTypeOf, it, vi } from 'vitest'
import { z } from 'zod'
import { createClient } from '../src/api/create-client.ts'
import type { TypedEvent } from '../src/api/create-client.ts'

const thing = z.object({ id: z.string(), price: z.number() })

function thingRoutes(_context: object) {
  return [
    route({
      method: 'get',
      path: '/things/:thingId',
      summary: 'One.',
      access: 'operator',
      params: z.object({ thingId: z.string() }),
      response: thing,
      handle: ({ params }) => ({ id: params.thingId, price: 1 }),
    }),
    route({
      method: 'get',
      path: '/things',
      summary: 'All.',
      access: 'operator',
      query: z.object({ limit: z.coerce.number().default(5), word: z.string().optional() }),
      response: z.object({ things: z.array(thing) }),
      handle: () => ({ things: [] }),
    }),
    route({
      method: 'put',
      path: '/things/:thingId',
      summary: 'Changes one.',
      access: 'operator',
      params: z.object({ thingId: z.string() }),
      body: z.object({ price: z.number() }),
      response: thing,
      handle: ({ params, body }) => ({ id: params.thingId, ...body }),
    }),
    route({
      method: 'get',
      path: '/changes',
      summary: 'Follows.',
      access: 'operator',
      events: { changed: thing, gone: z.object({ id: z.string() }) },
      handle: () => null,
    }),
  ]
}

function fileRoutes(_context: object) {
  return [
    uploadRoute({
      method: 'post',
      path: '/files',
      summary: 'Takes one.',
      access: 'operator',
      maxBodyBytes: 100,
      response: z.object({ bytes: z.number() }),
      handle: () => ({ bytes: 0 }),
    }),
  ]
}

const groups = [thingRoutes, fileRoutes] as const
const api = createClient<RoutesOf<typeof groups>>('/api/demo')

const sent: { path: string; init: RequestInit }[] = []
function answerWith(body: unknown): void {
  sent.length = 0
  vi.stubGlobal('fetch', (path: string, init: RequestInit) => {
    sent.push({ path, init })
    return Promise.resolve(new Response(JSON.stringify(body)))
  })
}
afterEach(() => vi.unstubAllGlobals())

describe('createClient', () => {
  it('fills parameters, leaves out what is not set, and answers in the type of the route [UI-CLIENT-01]', async () => {
    answerWith({ id: 'a/b', price: 2 })
    const one = await api.get('/things/:thingId', { params: { thingId: 'a/b' } })
    expectTypeOf(one).toEqualTypeOf<{ id: string; price: number }>()
    expect(one).toEqual({ id: 'a/b', price: 2 })
    expect(sent[0]?.path).toBe('/api/demo/things/a%2Fb')

    answerWith({ things: [] })
    const all = await api.get('/things', { query: { limit: 3 } })
    expectTypeOf(all.things).toEqualTypeOf<{ id: string; price: number }[]>()
    expect(sent[0]?.path).toBe('/api/demo/things?limit=3')
    await api.get('/things')
    expect(sent[1]?.path).toBe('/api/demo/things')
  })

  it('sends objects as JSON and files as they are', async () => {
    answerWith({ id: 'a', price: 3 })
    await api.put('/things/:thingId', { params: { thingId: 'a' }, body: { price: 3 } })
    expect(sent[0]?.init).toMatchObject({ method: 'PUT', body: '{"price":3}' })
    expect(new Headers(sent[0]?.init.headers).get('content-type')).toBe('application/json')
    await api.post('/files', { body: 'a,b\n' })
    expect(sent[1]?.init).toMatchObject({ method: 'POST', body: 'a,b\n' })
  })

  it('knows what a stream carries', () => {
    const path = api.events('/changes')
    expect(path).toBe('/api/demo/changes')
    type Event = typeof path extends string & { readonly events?: infer E }
      ? TypedEvent<NonNullable<E>>
      : never
    expectTypeOf<Extract<Event, { event: 'gone' }>['data']>().toEqualTypeOf<{ id: string }>()
  })

  it('does not compile for what the routes do not have', () => {
    answerWith({})
    // Never called: the compiler reads it.
    const wrong = () => [
      // @ts-expect-error no such path
      api.get('/thing'),
      // @ts-expect-error the parameter is missing
      api.get('/things/:thingId'),
      // @ts-expect-error no such field in the query
      api.get('/things', { query: { size: 1 } }),
      // @ts-expect-error the body does not fit
      api.put('/things/:thingId', { params: { thingId: 'a' }, body: { price: '3' } }),
      // @ts-expect-error no DELETE here
      api.delete('/things/:thingId', { params: { thingId: 'a' } }),
    ]
    expect(wrong).toBeTypeOf('function')
  })
})
