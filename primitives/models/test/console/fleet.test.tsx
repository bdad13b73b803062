// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { fakeServer, renderPage, routesFrom } from '@heavylift/ui/testing'
import Fleet from '../../console/fleet/fleet.tsx'
import { groupsOf, matching, scaleEnd, worstFirst } from '../../console/fleet/fleet-groups.ts'
import { applyChanges } from '../../console/fleet/use-fleet.ts'
import type { FleetPicture } from '../../console/fleet/use-fleet.ts'
import { fleetColumns } from '../../src/metering/fleet-columns.ts'
import { routeGroups } from '../../src/routes/route-groups.ts'

/** One in a hundred has an open breaker. */
function fleetOf(count: number) {
  const replicas = Array.from({ length: count }, (_, at) => ({
    id: `pool-${at % 6}/10.0.0.${at}:8000/m`,
    provider: `pool-${at % 6}`,
    model: `m${at % 4}`,
    zone: at % 5 === 0 ? null : `zone-${at % 3}`,
    servedAs: ['large'],
  }))
  const changes = replicas.flatMap((_, at) => [at, at % 100 === 7 ? 2 : 0, at % 40, -1, -1, 200 + at, 0, 50])
  return { replicas, changes }
}

function pictureOf(count: number): FleetPicture {
  const { replicas, changes } = fleetOf(count)
  const empty = { list: replicas, values: new Int32Array(count * fleetColumns.length) }
  return applyChanges(empty, changes)
}

async function pageOf(count: number, at = '/') {
  const server = fakeServer('/api/models', routesFrom(routeGroups))
  const { replicas, changes } = fleetOf(count)
  server.stream('/fleet/live', [
    { event: 'list', data: { atMs: 0, replicas } },
    { event: 'changes', data: { atMs: 0, changes } },
  ])
  return { server, page: await renderPage(() => <Fleet />, { servers: [server], at }) }
}

test('1,500 replicas are shown by less than 2,000 nodes, grouped, the worst in words first [MODELS-CONSOLE-14]', async () => {
  const { server, page } = await pageOf(1_500)
  expect(await page.findByRole('heading', { name: '1,500 replicas' })).toBeDefined()
  expect(page.getByRole('img', { name: /pool-1: 250 replicas, \d+ out of service/ })).toBeDefined()
  expect(page.getByText('15 out of service')).toBeDefined()
  const [first] = page.getAllByRole('row').slice(1)
  expect(first?.textContent).toContain('Breaker open')
  expect(document.querySelectorAll('*').length).toBeLessThan(2_000)
  expect(server.problems).toEqual([])
})

test('a fleet whose figures have not come yet is no picture of one that is well', async () => {
  const server = fakeServer('/api/models', routesFrom(routeGroups))
  server.stream('/fleet/live', [{ event: 'list', data: { atMs: 0, replicas: fleetOf(20).replicas } }])
  const page = await renderPage(() => <Fleet />, { servers: [server] })
  expect(await page.findByText(/Live, each second/)).toBeDefined()
  expect(page.queryByText(/in service/)).toBeNull()
})

test('a filter narrows the cells and the table [MODELS-CONSOLE-14]', async () => {
  const { page } = await pageOf(300)
  await page.user.type(await page.findByRole('textbox', { name: 'Filter' }), 'pool-2 open')
  expect(await page.findByRole('heading', { name: /^\d replicas$/ })).toBeDefined()
  await page.user.clear(page.getByRole('textbox', { name: 'Filter' }))
  await page.user.type(page.getByRole('textbox', { name: 'Filter' }), 'no such thing')
  expect(await page.findByText('None of them')).toBeDefined()
})

test('a row of the table leads to the lane of its replica [MODELS-CONSOLE-14]', async () => {
  const { server, page } = await pageOf(20)
  const sample = server.sample('get', '/replicas/:replicaId')
  server.answer('get', '/replicas/:replicaId', ({ params }) => ({
    ...sample,
    replica: {
      ...sample.replica,
      id: params['replicaId'] ?? '',
      engine: { running: 3, waiting: 2, kvUse: 0.5 },
    },
    calls: [],
  }))
  const rows = await page.findAllByRole('row')
  await page.user.click(rows[1]!)
  expect(await page.findByText(/3 running, 2 waiting, 50\s?% of its memory/)).toBeDefined()
  expect(server.problems).toEqual([])
})

test('groups with replicas out of service come first, many small ones are one, and the scale ends at a round number', () => {
  const picture = pictureOf(600)
  const all = picture.list.map((_, at) => at)
  expect(groupsOf(picture, all, 'provider').map(({ members }) => members.length)).toEqual([
    100, 100, 100, 100, 100, 100,
  ])
  const [first, ...others] = groupsOf(picture, all, 'provider')
  expect(first!.outOfService).toBeGreaterThanOrEqual(others.at(-1)!.outOfService)
  const many = { ...picture, list: picture.list.map((replica, at) => ({ ...replica, provider: `p${at}` })) }
  const groups = groupsOf(many, all, 'provider')
  expect(groups).toHaveLength(40)
  expect(groups.at(-1)).toMatchObject({ name: '561 more' })
  expect(groups.flatMap(({ members }) => members)).toHaveLength(600)
  expect(groupsOf(picture, all, 'zone').some(({ name }) => name === 'no zone')).toBe(true)
  expect(scaleEnd(picture, 'inFlight')).toBe(50)
  expect(
    all
      .toSorted(worstFirst(picture, 'inFlight'))
      .slice(0, 6)
      .every((at) => at % 100 === 7),
  ).toBe(true)
  expect(matching(picture, 'ZONE-1 pool-1').every((at) => at % 3 === 1 && at % 6 === 1)).toBe(true)
})
