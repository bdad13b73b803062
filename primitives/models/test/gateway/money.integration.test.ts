import { afterEach, describe, expect, test } from 'vitest'
import { answerWell, faults } from '../../src/testing/faults.ts'
import type { Fault } from '../../src/testing/faults.ts'
import { startFaultyUpstream } from '../../src/testing/faulty-upstream.ts'
import type { FaultyUpstream } from '../../src/testing/faulty-upstream.ts'
import { startTestGateway } from '../../src/testing/test-gateway.ts'
import type { TestGateway } from '../../src/testing/test-gateway.ts'

let upstreams: FaultyUpstream[] = []
let gateway: TestGateway

afterEach(async () => {
  await gateway.close()
  await Promise.all(upstreams.map((upstream) => upstream.close()))
})

/** A dollar a million tokens read, ten a million written. */
const prices = { 'upstream-m': { input: 1, output: 10 } }

async function start(does: Fault[], table: object = {}, model: object = {}): Promise<void> {
  upstreams = await Promise.all(does.map((fault) => startFaultyUpstream(fault)))
  gateway = await startTestGateway({
    providers: { up: { kind: 'openai', replicas: upstreams.map(({ baseUrl }) => baseUrl) } },
    models: {
      m: { targets: [{ provider: 'up', model: 'upstream-m' }], policy: 'round-robin', ...model },
    },
    prices,
    ...table,
  })
}

function ask(body: object = {}): Promise<Response> {
  return fetch(`${gateway.address}/v1/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content: 'hi' }], ...body }),
  })
}

test('a request that the upstream refuses costs nothing, however long it is [MODELS-MONEY-01]', async () => {
  await start([faults['request-refused']])
  const content = 'word '.repeat(600_000)
  const response = await ask({ messages: [{ role: 'user', content }] })
  expect(response.status).toBe(400)
  expect(gateway.records).toMatchObject([
    { status: 'rejected', costMicros: 0, wastedCostMicros: 0, usage: { input: 0, output: 0 } },
  ])
})

describe('an error body with status 200 [MODELS-MONEY-02]', () => {
  const says = (error: unknown): Fault => {
    const body = JSON.stringify({ error })
    const head = `HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`
    return ({ socket }) => socket.write(head + body)
  }

  for (const stream of [true, false]) {
    test(`is a failure (streamed: ${stream}): another replica answers; alone it is an error that costs nothing`, async () => {
      await start([says({ message: 'CUDA out of memory', type: 'server_error', code: null }), answerWell])
      expect((await ask({ stream })).status).toBe(200)
      expect(gateway.records).toMatchObject([{ status: 'ok', attempts: 2, wastedCostMicros: 0 }])
      await upstreams[1]?.close()
      const response = await ask({ stream })
      expect(response.status).toBeGreaterThanOrEqual(500)
      await response.text()
      expect(gateway.records[1]).toMatchObject({ status: 'failed', costMicros: 0 })
    })

    test(`that refuses the request (streamed: ${stream}) is the request's own fault and is asked once`, async () => {
      await start([says({ message: 'too hot', code: 400 }), answerWell])
      const response = await ask({ stream })
      expect(response.status).toBe(400)
      expect(await response.text()).toContain('too hot')
      expect(upstreams[1]?.requests()).toBe(0)
      expect(gateway.records).toMatchObject([{ status: 'rejected', costMicros: 0 }])
    })
  }
})

test('fifty calls at once do not overspend a budget together [MODELS-MONEY-03]', async () => {
  // Each costs 50 cents: what it may write at most.
  const usage = { prompt_tokens: 10, completion_tokens: 50_000 }
  await start([(scene) => setTimeout(() => answerWell(scene, usage), 50)], {
    defaults: { budgetUsdPerDay: 1.001 },
  })
  const answers = await Promise.all(
    Array.from({ length: 50 }, () => ask({ stream: false, max_tokens: 50_000 })),
  )
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(2)
  const refused = answers.find(({ status }) => status === 429)
  expect(await refused?.json()).toMatchObject({ error: { code: 'budget-exhausted' } })
  const spent = gateway.records.reduce((sum, { costMicros }) => sum + costMicros, 0)
  expect(spent).toBeLessThanOrEqual(1.01e6)
  // What was reserved and not used is free again, and nothing that costs more than is left goes in.
  expect((await ask({ stream: false, max_tokens: 50_000 })).status).toBe(429)
})

describe('what nobody gets is booked as wasted [MODELS-MONEY-04]', () => {
  test('the loser of a hedge', async () => {
    await start([faults['black-hole'], answerWell], {}, { hedgeAfterMs: 30 })
    await (await ask()).text()
    const [record] = gateway.records
    expect(record).toMatchObject({ status: 'ok', isHedged: true, costMicros: 7 + 40 })
    expect(record?.wastedTokens).toBeGreaterThan(0)
    expect(record?.wastedCostMicros).toBeGreaterThan(0)
  })

  test('an attempt that was given up for its deadline and asked for elsewhere', async () => {
    await start([faults['black-hole'], answerWell], {}, { deadlines: { firstTokenMs: 100 } })
    await (await ask()).text()
    expect(gateway.records).toMatchObject([{ status: 'ok', attempts: 2, costMicros: 47 }])
    expect(gateway.records[0]?.wastedCostMicros).toBeGreaterThan(0)
  })

  test('and nothing for one that could not be reached or answered with an error', async () => {
    await start([faults['status-500'], answerWell])
    await (await ask()).text()
    expect(gateway.records).toMatchObject([{ status: 'ok', attempts: 2, wastedTokens: 0 }])
  })
})

test.each([true, false])(
  'without usage the pieces of the answer are counted, not the marks around them (streamed: %s) [MODELS-MONEY-05]',
  async (stream) => {
    await start([faults['missing-usage']])
    await (await ask({ stream })).text()
    const [record] = gateway.records
    expect(record?.isUsageEstimated).toBe(true)
    if (stream) expect(record?.usage.output).toBe(4)
    else expect(record?.usage.output).toBeGreaterThanOrEqual(4)
  },
)
