import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { afterEach, expect, test } from 'vitest'
import { generateInProcesses } from '../../src/load/processes/generate-in-processes.ts'
import { playPart } from '../../src/load/processes/play-part.ts'
import { reportOf } from '../../src/load/report.ts'
import { scenarioSchema } from '../../src/load/scenario.ts'
import { allowTarget } from '../../src/load/target.ts'

const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    await new Promise((resolve) => void server.close(resolve))
  }
})

async function listen(handle: RequestListener): Promise<string> {
  const server = createServer(handle)
  servers.push(server)
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function order(url: string, given: object) {
  const scenario = scenarioSchema.parse({
    name: 'test',
    target: url,
    requests: [{ name: 'all', path: '/{{n}}' }],
    load: [{ kind: 'constant', ratePerSecond: 100, seconds: 0.5 }],
    ...given,
  })
  return { scenario, target: await allowTarget(url, null, () => Promise.resolve(null)) }
}

test('two processes play one plan in parts, each request once, and are merged as one [READY-LOAD-10]', async () => {
  const seen: string[] = []
  const url = await listen((request, response) => {
    seen.push(request.url ?? '')
    response.end('ok')
  })
  const { scenario, target } = await order(url, {
    data: Array.from({ length: 50 }, (_, n) => ({ n: String(n) })),
  })
  const { signal } = new AbortController()
  const generated = await generateInProcesses(scenario, target, signal, { count: 2, isRealtime: false })
  const report = reportOf(scenario, generated)
  expect([report.planned, report.sent, report.ok]).toEqual([50, 50, 50])
  expect(new Set(seen).size).toBe(50)
})

test('a generator ends at once without its parent, and a part of a job does not begin long after its time [READY-LOAD-10]', async () => {
  let asked = 0
  const url = await listen((_request, response) => {
    asked++
    response.end()
  })
  const { scenario, target } = await order(url, {
    requests: [{ name: 'all', path: '/' }],
    load: [{ kind: 'constant', ratePerSecond: 50, seconds: 600 }],
  })
  const child = fork(fileURLToPath(new URL('../../src/load/processes/generator-child.ts', import.meta.url)), {
    execArgv: [],
  })
  const part = { at: 0, of: 1 }
  child.send({ order: { scenario, target, part, startAtMs: Date.now() } })
  await expect.poll(() => asked, { timeout: 20_000 }).toBeGreaterThan(0)
  child.disconnect()
  expect((await once(child, 'exit'))[0]).toBe(0)
  await expect(playPart({ scenario, target, part, startAtMs: Date.now() - 60_000 })).rejects.toMatchObject({
    code: 'load-too-late',
  })
})

test('streams are timed by their events, and one that is cut is a fault [READY-LOAD-09]', async () => {
  const url = await listen((request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    let left = 3
    const timer = setInterval(() => {
      response.write('data: token\n\n')
      if (--left > 0) return
      clearInterval(timer)
      if (request.url === '/cut') setTimeout(() => response.destroy(), 50)
      else response.end()
    }, 30)
  })
  const play = async (path: string) => {
    const { scenario, target } = await order(url, {
      requests: [{ name: 'stream', path, isStream: true }],
      load: [{ kind: 'constant', ratePerSecond: 10, seconds: 0.5 }],
    })
    const one = { scenario, target, part: { at: 0, of: 1 }, startAtMs: Date.now() }
    const { measured } = await playPart(one)
    return measured
  }
  const whole = await play('/whole')
  expect([whole.ok, whole.events, whole.failed]).toEqual([5, 15, 0])
  expect(whole.histograms.firstEvent.minUs).toBeGreaterThan(20_000)
  expect(whole.histograms.eventGap.counts.reduce((sum, [, count]) => sum + count, 0)).toBe(10)
  const cut = await play('/cut')
  expect([cut.ok, cut.failed, cut.events]).toEqual([0, 5, 15])
  expect(cut.faults).toEqual([['closed-early', 5]])
})
