// @vitest-environment happy-dom
import { fakeServer, renderPage, routesFrom } from '@heavylift/ui/testing'
import { expect, test } from 'vitest'
import ClusterPage from '../../console/cluster/cluster.tsx'
import Mix from '../../console/mix/mix.tsx'
import { routeGroups } from '../../src/routes/route-groups.ts'

const server = () => fakeServer('/api/fleet', routesFrom(routeGroups))

test('the cluster shows who waits, and why when asked [FLEET-CONSOLE-01]', async () => {
  const fake = server()
  const sample = fake.sample('get', '/cluster')
  fake.answer('get', '/cluster', {
    ...sample,
    source: 'sample',
    nowS: 1_780_000_000,
    fromS: 1_779_900_000,
    nodes: [{ name: 'r1n1', rack: 'r1', gpus: 8, cpus: 64, state: 'drained', reason: 'a fan' }],
    runs: [],
    queue: [{ ...sample.queue[0]!, id: 7, label: '7', name: 'train', user: 'ana', startS: 1_780_003_600 }],
  })
  fake.answer('get', '/cluster/jobs/:jobId/why', {
    sentence: 'Job 7 needs 4 nodes; 1 has enough GPUs now.',
    startS: 1_780_003_600,
    ahead: [{ id: 6, label: '6', user: 'bo', priority: 12 }],
    sooner: [{ change: '2 of 4 nodes', startS: 1_780_000_600, earlierBy: '50 min' }],
  })
  const page = await renderPage(ClusterPage, { at: '/fleet', servers: [fake] })
  await page.findByText('r1n1, 8 GPUs')
  await page.user.click(page.getByRole('button', { name: 'Why job 7 waits' }))
  await page.findByText('Job 7 needs 4 nodes; 1 has enough GPUs now.')
  expect(page.getByText('2 of 4 nodes')).toBeTruthy()
  expect(page.getByText(/50 min earlier/)).toBeTruthy()
  expect(fake.problems).toEqual([])
})

test('the mix shows cost and risk of the plan that the address names [FLEET-CONSOLE-02]', async () => {
  const fake = server()
  const sample = fake.sample('get', '/mix')
  const plan = { ...sample.plans[0]!, prices: { 'one year': 12 }, gapPct: 0.05 }
  fake.answer('get', '/mix', {
    ...sample,
    byTheHour: 2_000_000,
    layers: ['one year'],
    plans: [
      { ...plan, mayWait: 0.002, cost: 1_000_000, days: [] },
      { ...plan, mayWait: 0.05, cost: 900_000, days: [] },
    ],
  })
  const page = await renderPage(Mix, { path: '/fleet/mix', at: '/fleet/mix?risk=0.05', servers: [fake] })
  expect((await page.findAllByText('$900,000')).length).toBeGreaterThan(0)
  expect(page.getByText(/at most 5\.0 % may/)).toBeTruthy()
  expect(fake.problems).toEqual([])
})
