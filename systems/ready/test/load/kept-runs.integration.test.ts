import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { KeptRuns } from '../../src/load/kept-runs.ts'
import type { KeptRun } from '../../src/load/kept-runs.ts'
import { startTestReady } from '../support/start-test-ready.ts'
import type { TestReady } from '../support/start-test-ready.ts'

let ready: TestReady
let target: Server
let scenario: string
beforeAll(async () => {
  target = createServer((_request, response) => void response.end())
  await new Promise<void>((resolve) => void target.listen(0, '127.0.0.1', resolve))
  scenario = JSON.stringify({
    name: 'long',
    target: `http://127.0.0.1:${(target.address() as AddressInfo).port}`,
    requests: [{ name: 'all', path: '/' }],
    load: [{ kind: 'constant', ratePerSecond: 50, seconds: 600 }],
  })
  ready = await startTestReady()
}, 60_000)
afterAll(async () => {
  await ready.stop()
  target.closeAllConnections()
  target.close()
})

type Shown = KeptRun & { isSample: boolean; report: { sent: number } }

const list = async () => ((await ready.call('get', '/load/runs')) as { runs: Shown[] }).runs
const start = async () => (await ready.call('post', '/load/runs', { body: { scenario } })) as Shown

test('a run that the end of the server cuts off is there after the next start, with what was measured [READY-LOAD-13]', async () => {
  const { id } = await start()
  await expect(start()).rejects.toMatchObject({ code: 'run-going-on' })
  const sent = async () => (await list())[0]?.report.sent
  await expect.poll(sent, { timeout: 20_000 }).toBeGreaterThan(0)
  await ready.restart()
  const [run, ...others] = await list()
  expect(others).toEqual([])
  expect(run).toMatchObject({ id, state: 'cut off', isSample: false })
  expect(run?.report.sent).toBeGreaterThan(0)
  expect(run?.cutOffAtMs).toBeGreaterThan(run?.startedAtMs ?? Infinity)
  expect(await ready.call('get', '/load/runs/:id', { params: { id } })).toEqual(run)
  await expect(
    ready.call('get', '/load/runs/:id', { params: { id }, tenantId: 'other' }),
  ).rejects.toMatchObject({ code: 'run-unknown' })
})

test('a search for limits that the end of the server cuts off is there after the next start, and the next one may begin [READY-LOAD-13]', async () => {
  type Search = KeptRun & { isSample: boolean; done: number; stage: string }
  const asked = async (answer: Promise<unknown>) => ((await answer) as { search: Search }).search
  const latest = () => asked(ready.call('get', '/limits'))
  const search = () =>
    asked(ready.call('post', '/limits', { body: { scenario, objective: { p99Ms: 1000 } } }))
  const { id } = await search()
  await expect(search()).rejects.toMatchObject({ code: 'search-going-on' })
  await expect.poll(async () => (await latest()).stage, { timeout: 20_000 }).not.toBe('starting')
  await ready.restart()
  const cut = await latest()
  expect(cut).toMatchObject({ id, state: 'cut off', isSample: false, problem: null })
  expect(cut.cutOffAtMs).toBeGreaterThan(cut.startedAtMs)
  const next = await search()
  expect(next.id).not.toBe(id)
  expect(await asked(ready.call('post', '/limits/stop'))).toMatchObject({ id: next.id })
  await expect.poll(async () => (await latest()).state, { timeout: 20_000 }).toBe('stopped')
})

interface Counted extends KeptRun {
  sent: number
}

test('a run whose server was killed is cut off when it was last heard of; any server stops one that goes on elsewhere [READY-LOAD-13]', async () => {
  let nowMs = 1_000_000
  const services = { ...ready.services, clock: { ...ready.services.clock, nowMs: () => nowMs } }
  const server = () => new KeptRuns<Counted>(services, 'load')
  const counted = (id: string): Counted => ({
    id,
    startedAtMs: nowMs,
    state: 'running',
    cutOffAtMs: null,
    sent: 0,
  })
  const tenant = 'killed'
  const first = counted('first')
  const stop = new AbortController()
  const { end } = await server().begin(tenant, () => first, stop)
  first.sent = 7
  nowMs += 2000
  await expect.poll(async () => (await server().find(tenant, 'first'))?.sent, { timeout: 10_000 }).toBe(7)
  await expect(server().begin(tenant, () => counted('second'), new AbortController())).rejects.toMatchObject({
    code: 'run-going-on',
  })
  expect(await server().askStop({ tenantId: 'nobody' })).toEqual([])
  expect(await server().askStop({ tenantId: tenant })).toEqual(['first'])
  await expect.poll(() => stop.signal.aborted, { timeout: 10_000 }).toBe(true)
  first.state = 'stopped'
  await end()
  expect(await server().list(tenant)).toEqual([first])

  // One that nobody tells of any more: its clock stands where it was heard last.
  const third = counted('third')
  const going = await server().begin(tenant, () => third, new AbortController())
  const heardMs = nowMs
  const later = { ...services, clock: { ...services.clock, nowMs: () => heardMs + 60_000 } }
  const after = new KeptRuns<Counted>(later, 'load')
  expect(await after.list(tenant, 1)).toEqual([{ ...third, state: 'cut off', cutOffAtMs: heardMs }])
  expect(await after.askStop({ tenantId: tenant })).toEqual([])
  await going.end()
})
