import { afterEach, describe, expect, test } from 'vitest'
import { answerSlowly, answerWell, faults } from '../../src/testing/faults.ts'
import { startFaultyUpstream } from '../../src/testing/faulty-upstream.ts'
import { startTestGateway } from '../../src/testing/test-gateway.ts'
import { inFlight, quickDeadlines, startFaultyGateway } from './faulty-gateway.ts'
import type { FaultyGateway } from './faulty-gateway.ts'

let gateway: FaultyGateway
afterEach(() => gateway.close())

describe('hedging [MODELS-FAIL-06]', () => {
  test('the faster answer is delivered, the slower one stopped at once', async () => {
    gateway = await startFaultyGateway([faults['black-hole'], answerWell], {
      hedgeAfterMs: 30,
      deadlines: { firstTokenMs: 10_000 },
    })
    const text = await (await gateway.ask()).text()
    expect(text).toContain('[DONE]')
    await expect.poll(() => gateway.upstreams[0]?.sockets(), { interval: 5 }).toBe(0)
    expect(gateway.records).toMatchObject([{ status: 'ok', isHedged: true, attempts: 2 }])
    expect(gateway.records[0]?.replicaId).toContain(new URL(gateway.upstreams[1]!.baseUrl).host)
    expect(inFlight(gateway)).toBe(0)
  })

  test('does not ask twice what answers in time', async () => {
    gateway = await startFaultyGateway([answerWell, answerWell], { hedgeAfterMs: 1000 })
    await (await gateway.ask()).text()
    expect(gateway.upstreams[1]?.requests()).toBe(0)
  })

  test('a hedge that fails leaves the first to its answer', async () => {
    gateway = await startFaultyGateway([faults['slow-first-byte'], faults['status-500']], {
      hedgeAfterMs: 30,
      deadlines: { firstTokenMs: 10_000 },
    })
    expect(await (await gateway.ask()).text()).toContain('[DONE]')
    expect(gateway.records).toMatchObject([{ status: 'ok' }])
  })
})

describe('failover', () => {
  test('the next tier, of another provider, answers when the first fails', async () => {
    gateway = await startFaultyGateway([answerWell])
    const broken = await startFaultyUpstream(faults['status-500'])
    const other = gateway.upstreams[0]!
    const tiers = await startTestGateway({
      providers: {
        main: { kind: 'openai', replicas: [broken.baseUrl] },
        spare: { kind: 'openai', replicas: [other.baseUrl] },
        keyless: { kind: 'openai', replicas: [other.baseUrl], apiKey: 'env:HEAVYLIFT_SECRET_ABSENT' },
      },
      models: {
        m: {
          targets: [
            { provider: 'main', model: 'a' },
            { provider: 'spare', model: 'b', tier: 1 },
          ],
        },
        k: {
          targets: [
            { provider: 'keyless', model: 'a' },
            { provider: 'spare', model: 'b', tier: 1 },
          ],
        },
      },
    })
    for (const model of ['m', 'k']) {
      const response = await fetch(`${tiers.address}/v1/chat/completions`, {
        method: 'POST',
        body: JSON.stringify({ model, stream: true, messages: [] }),
      })
      expect(await response.text()).toContain('[DONE]')
      expect(JSON.parse(other.lastBody())).toMatchObject({ model: 'b' })
    }
    expect(tiers.records).toMatchObject([
      { provider: 'spare', attempts: 2 },
      { provider: 'spare', attempts: 2 },
    ])
    await tiers.close()
    await broken.close()
  })

  test('a connection that the upstream closed while it was idle is made again', async () => {
    gateway = await startFaultyGateway([answerWell])
    for (let i = 0; i < 20; i++) {
      expect((await gateway.ask({ stream: false })).status).toBe(200)
      // The close and the next request cross on their way.
      gateway.upstreams[0]?.closeSockets()
    }
    expect(gateway.records.every(({ status }) => status === 'ok')).toBe(true)
  })
})

describe('when none can answer now [MODELS-FAIL-07]', () => {
  test('all replicas down: 503 at once, with a Retry-After, and no more requests to them', async () => {
    gateway = await startFaultyGateway([faults['status-500'], faults['status-500']], { retries: 0 })
    for (let i = 0; i < 12; i++) await (await gateway.ask()).text()
    const asked = () => gateway.upstreams.reduce((sum, upstream) => sum + upstream.requests(), 0)
    const before = asked()
    const response = await gateway.ask()
    expect(response.status).toBe(503)
    expect(Number(response.headers.get('retry-after'))).toBeGreaterThanOrEqual(1)
    expect(await response.json()).toMatchObject({ error: { code: 'model-unavailable' } })
    expect(asked()).toBe(before)
  })

  test('all replicas busy for longer than a request may wait: 429 at once, with their Retry-After', async () => {
    gateway = await startFaultyGateway([faults['status-429-seconds']], { queue: { maxWaitMs: 500 } })
    for (let i = 0; i < 2; i++) {
      const response = await gateway.ask()
      expect(response.status).toBe(429)
      expect(response.headers.get('retry-after')).toBe('2')
    }
    expect(gateway.upstreams[0]?.requests()).toBe(1)
  })

  test('requests that wait for a breaker or a Retry-After are answered when it is over', async () => {
    gateway = await startFaultyGateway(
      [({ socket }) => socket.write('HTTP/1.1 429 Busy\r\nretry-after-ms: 150\r\ncontent-length: 0\r\n\r\n')],
      { queue: { maxWaitMs: 5000 } },
    )
    const first = gateway.ask()
    await expect.poll(() => gateway.upstreams[0]?.requests()).toBe(1)
    gateway.upstreams[0]?.misbehave(answerWell)
    const answers = await Promise.all([first, gateway.ask(), gateway.ask()])
    for (const answer of answers) expect(await answer.text()).toContain('[DONE]')
  })

  test('a request in the queue is given up at its total deadline', async () => {
    gateway = await startFaultyGateway(
      [(scene) => answerSlowly(scene, 100, 20)],
      { deadlines: { firstTokenMs: 300, betweenTokensMs: 300, totalMs: 400 } },
      { replica: { maxInFlight: 1 } },
    )
    const first = gateway.ask()
    await expect.poll(() => gateway.upstreams[0]?.requests()).toBe(1)
    gateway.upstreams[0]?.misbehave(faults['black-hole'])
    const second = await gateway.ask()
    expect(second.status).toBe(504)
    expect(await (await first).text()).toContain('deadlines.totalMs')
  })
})

describe('a replica that hangs, before clients that leave [MODELS-BREAKER-05]', () => {
  const kinds = {
    'takes requests and never answers': faults['black-hole'],
    'sends a head and nothing more': faults['head-and-nothing'],
    'sends comments and nothing more': faults['trickle-of-comments'],
  }
  for (const [name, fault] of Object.entries(kinds)) {
    test(`one that ${name} loses the calls of the first moments at most, beside one that answers`, async () => {
      gateway = await startFaultyGateway([fault, answerWell], { policy: 'least-outstanding', deadlines: {} })
      const lost: number[] = []
      const work = async (worker: number) => {
        for (let call = 0; call < 10; call++) {
          const patience = AbortSignal.timeout(6000)
          const answer = await fetch(`${gateway.address}/v1/chat/completions`, {
            method: 'POST',
            signal: patience,
            body: JSON.stringify({ model: 'm', stream: true, messages: [] }),
          }).then(
            (response) => response.text(),
            () => '',
          )
          if (!answer.includes('[DONE]')) lost.push(worker * 10 + call)
        }
      }
      await Promise.all([0, 1, 2, 3].map(work))
      expect(lost.length).toBeLessThanOrEqual(4)
      expect(lost.filter((call) => call % 10 > 1)).toEqual([])
      expect(inFlight(gateway)).toBe(0)
    })
  }

  test('an answer in one piece is asked for elsewhere when no byte of it comes in half of its time', async () => {
    gateway = await startFaultyGateway([faults['black-hole'], answerWell], {
      deadlines: { ...quickDeadlines, totalMs: 1000 },
    })
    const response = await gateway.ask({ stream: false })
    expect(await response.json()).toMatchObject({ choices: [{ finish_reason: 'stop' }] })
    expect(gateway.records).toMatchObject([{ status: 'ok', attempts: 2 }])
  })
})
