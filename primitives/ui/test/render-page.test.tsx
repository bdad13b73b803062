// @vitest-environment happy-dom
import { route } from '@heavylift/core'
import type { RoutesOf } from '@heavylift/core'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { createClient, Loaded, Page, useEvents } from '../src/index.ts'
import { fakeServer, renderPage, routesFrom, sampleOf } from '../src/testing/index.ts'

const lamp = z.object({ id: z.string(), watts: z.number().min(5), colours: z.array(z.string()) })

// What a system has in `src/routes/route-groups.ts`.
function lampRoutes(context: { lamps: { find: (id: string) => z.infer<typeof lamp> } }) {
  const { lamps } = context
  return [
    route({
      method: 'get',
      path: '/lamps/:lampId',
      summary: 'One lamp.',
      access: 'operator',
      params: z.object({ lampId: z.string() }),
      response: lamp,
      handle: ({ params }) => lamps.find(params.lampId),
    }),
    route({
      method: 'post',
      path: '/lamps/:lampId/switch',
      summary: 'Switches it.',
      access: 'operator',
      params: z.object({ lampId: z.string() }),
      body: z.object({ isOn: z.boolean() }),
      handle: () => null,
    }),
    route({
      method: 'get',
      path: '/light',
      summary: 'How light it is.',
      access: 'operator',
      events: { light: z.object({ lux: z.number() }) },
      handle: () => null,
    }),
  ]
}
const groups = [lampRoutes] as const
const api = createClient<RoutesOf<typeof groups>>('/api/lamps')

function LampPage() {
  const { lampId } = useParams({ strict: false }) as { lampId: string }
  const found = useQuery({
    queryKey: ['lamp', lampId],
    queryFn: ({ signal }) => api.get('/lamps/:lampId', { params: { lampId }, signal }),
  })
  const [lux, setLux] = useState<number | null>(null)
  useEvents(api.events('/light'), ({ data }) => setLux(data.lux))
  const turn = useMutation({
    mutationFn: () => api.post('/lamps/:lampId/switch', { params: { lampId }, body: { isOn: true } }),
  })
  return (
    <Page title={`Lamp ${lampId}`}>
      <Loaded of={found}>{(lamp) => <p>{lamp.watts} W</p>}</Loaded>
      <p>{lux === null ? 'dark' : `${lux} lx`}</p>
      <button type="button" onClick={() => turn.mutate()}>
        Switch on
      </button>
    </Page>
  )
}

const open = (server: ReturnType<typeof lampServer>) =>
  renderPage(LampPage, { path: '/lamps/$lampId', at: '/lamps/halo', servers: [server] })
const lampServer = () => fakeServer('/api/lamps', routesFrom(groups))

test('shows a page over answers made from the schemas of its routes [UI-TESTING-01]', async () => {
  const server = lampServer()
  const page = await open(server)
  await page.findByText('5 W')
  expect(server.requests[0]).toMatchObject({ method: 'get', params: { lampId: 'halo' } })
  expect(page.getByRole('heading', { level: 1 }).textContent).toBe('Lamp halo')
})

test('shows what a test says that the server answers, streams included, and sees what the page sends', async () => {
  const server = lampServer()
  server.answer('get', '/lamps/:lampId', { ...server.sample('get', '/lamps/:lampId'), watts: 40 })
  server.stream('/light', [{ event: 'light', data: { lux: 300 } }])
  const page = await open(server)
  await page.findByText('40 W')
  await page.findByText('300 lx')
  await page.user.click(page.getByRole('button', { name: 'Switch on' }))
  expect(server.requests.at(-1)).toMatchObject({ path: '/lamps/:lampId/switch', body: { isOn: true } })
  expect(server.problems).toEqual([])
})

test('shows the words of an error, and says when an answer does not fit its schema', async () => {
  const server = lampServer()
  server.fail('get', '/lamps/:lampId', { status: 404, code: 'lamp-unknown', message: 'No lamp has this id.' })
  const page = await open(server)
  await page.findByText('No lamp has this id.')

  const wrong = lampServer()
  wrong.answer('get', '/lamps/:lampId', { id: 'halo', watts: 2, colours: [] })
  const second = await open(wrong)
  await second.findByText('2 W')
  expect(wrong.problems).toEqual([expect.stringContaining('watts')])
})

test('makes samples that their schemas take', () => {
  const node = z.object({
    name: z.string().min(3).max(12),
    get children() {
      return z.array(node)
    },
  })
  const schema = z.object({
    kind: z.discriminatedUnion('kind', [z.object({ kind: z.literal('a'), share: z.number().gt(0).lt(1) })]),
    at: z.iso.datetime(),
    byName: z.record(z.string(), z.number().int()),
    bounds: z.tuple([z.number(), z.number()]),
    maybe: z.string().nullable(),
    code: z.string().length(4),
    tree: node,
    special: z
      .string()
      .regex(/^x-\d+$/)
      .meta({ examples: ['x-1'] }),
  })
  expect(schema.parse(sampleOf(schema))).toMatchObject({ kind: { kind: 'a', share: 0.5 }, special: 'x-1' })
  expect(() => sampleOf(z.string().regex(/^x-\d+$/))).toThrow(/examples/)
})
