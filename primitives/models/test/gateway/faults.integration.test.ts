import { afterEach, describe, expect, test } from 'vitest'
import { answerWell, faults } from '../../src/testing/faults.ts'
import type { FaultName } from '../../src/testing/faults.ts'
import { inFlight, startFaultyGateway, streamError } from './faulty-gateway.ts'
import type { FaultyGateway } from './faulty-gateway.ts'

let gateway: FaultyGateway
afterEach(() => gateway.close())

async function nothingIsLeft(): Promise<void> {
  expect(inFlight(gateway)).toBe(0)
  await expect.poll(() => gateway.gateway.routes.get('m')?.queue.waiting).toBe(0)
}

/** Faults that show before the first token; alone, the client gets a status. */
const early: [FaultName, number, string][] = [
  ['black-hole', 504, 'model-idle'],
  ['status-500', 502, 'model-unavailable'],
  ['status-503-retry-after', 429, 'model-rate-limited'],
  ['status-429-seconds', 429, 'model-rate-limited'],
  ['status-429-date', 429, 'model-rate-limited'],
  ['endless-error-body', 502, 'model-unavailable'],
  ['reset-before-headers', 502, 'model-cut-off'],
  ['reset-after-headers', 502, 'model-cut-off'],
  ['error-event-first', 503, 'model-unavailable'],
  ['error-with-200', 503, 'model-unavailable'],
  ['html-with-200', 502, 'model-garbage'],
  ['slow-drip', 504, 'model-idle'],
  ['events-that-are-not-json', 502, 'model-garbage'],
  ['not-http', 502, 'model-garbage'],
  ['half-closed', 502, 'model-cut-off'],
  ['trickle-of-comments', 504, 'model-idle'],
  ['redirect', 502, 'model-unavailable'],
  ['key-refused', 502, 'model-key-refused'],
]

/** Faults after the first token: the stream ends in an error event. */
const late: [FaultName, string][] = [
  ['reset-mid-event', 'model-cut-off'],
  ['stall-mid-stream', 'model-idle'],
  ['clean-end-without-finish', 'model-cut-off'],
  ['trickle-inside-an-event', 'model-idle'],
]

describe('a fault before the first token', () => {
  test.each(early)(
    '%s: another replica answers, and the client sees nothing of it [MODELS-FAIL-01]',
    async (name) => {
      gateway = await startFaultyGateway([faults[name], answerWell])
      const texts = await Promise.all([1, 2].map(async () => (await gateway.ask()).text()))
      for (const text of texts) {
        expect(text).toContain('"content":" four"')
        expect(text.trimEnd().endsWith('data: [DONE]')).toBe(true)
      }
      expect(gateway.records.map(({ status }) => status)).toEqual(['ok', 'ok'])
      expect(gateway.upstreams[0]?.requests()).toBeGreaterThan(0)
      await nothingIsLeft()
    },
  )

  test.each(early)('%s: alone, the answer is %i %s [MODELS-FAIL-02]', async (name, status, code) => {
    gateway = await startFaultyGateway([faults[name]], { retries: 1, queue: { maxWaitMs: 1000 } })
    const response = await gateway.ask()
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.json()).toMatchObject({ error: { code } })
    expect(response.status).toBe(status)
    if (status === 429) expect(Number(response.headers.get('retry-after'))).toBeOneOf([2, 3])
    expect(gateway.records).toMatchObject([{ status: 'failed', httpStatus: status, errorCode: code }])
    await nothingIsLeft()
  })

  test('a refused connection: another replica answers; alone, 502', async () => {
    gateway = await startFaultyGateway([answerWell, answerWell])
    await gateway.upstreams[0]?.close()
    for (let i = 0; i < 2; i++) expect(await (await gateway.ask()).text()).toContain('[DONE]')
    await gateway.upstreams[1]?.close()
    const response = await gateway.ask()
    expect(response.status).toBe(502)
    expect(await response.json()).toMatchObject({ error: { code: 'model-unreachable' } })
  })

  test('a storm of 5xx passes without a request lost while another replica is well', async () => {
    gateway = await startFaultyGateway([faults['storm-of-5xx'], answerWell])
    const texts = await Promise.all(Array.from({ length: 20 }, async () => (await gateway.ask()).text()))
    expect(texts.filter((text) => text.includes('[DONE]'))).toHaveLength(20)
  })

  test('waits for a first token that is only slow', async () => {
    gateway = await startFaultyGateway([faults['slow-first-byte']], {
      deadlines: { firstTokenMs: 2000, betweenTokensMs: 100, totalMs: 3000 },
    })
    expect(await (await gateway.ask()).text()).toContain('[DONE]')
  })
})

test('a whole answer where a stream was asked for is given as a stream [MODELS-WIRE-11]', async () => {
  gateway = await startFaultyGateway([(scene) => answerWell({ ...scene, isStream: false })])
  const text = await (await gateway.ask({ stream_options: { include_usage: true } })).text()
  expect(text.match(/"content":"[^"]+"/g)?.join('')).toContain('One two')
  expect(text).toContain('"completion_tokens":4')
  expect(text.trimEnd().endsWith('data: [DONE]')).toBe(true)
  const messages = await (await gateway.ask({ max_tokens: 9 }, '/v1/messages')).text()
  expect(messages).toContain('event: message_stop')
  expect(gateway.records).toMatchObject([
    { status: 'ok', attempts: 1, isUsageEstimated: false },
    { status: 'ok', attempts: 1 },
  ])
})

describe('a fault after the first token', () => {
  test.each(late)(
    '%s: the stream ends in an error event, is not asked for again, and counts as failed [MODELS-FAIL-03]',
    async (name, code) => {
      gateway = await startFaultyGateway([faults[name], answerWell])
      const text = await (await gateway.ask()).text()
      expect(text).toContain('"content":"One"')
      expect(text).not.toContain('[DONE]')
      expect(streamError(text)).toMatchObject({ code })
      expect(gateway.records).toMatchObject([{ status: 'cut', errorCode: code, attempts: 1 }])
      expect(gateway.upstreams[1]?.requests()).toBe(0)
      await nothingIsLeft()
    },
  )

  test('an error event of the upstream passes on and ends the stream', async () => {
    gateway = await startFaultyGateway([faults['error-event-in-the-middle']])
    const text = await (await gateway.ask()).text()
    expect(streamError(text)).toMatchObject({ message: 'CUDA out of memory' })
    expect(gateway.records).toMatchObject([{ status: 'cut' }])
  })

  test('an event without an end is cut by the total deadline, on a line of its own [MODELS-FAIL-03]', async () => {
    gateway = await startFaultyGateway([faults['endless-event']], {
      deadlines: { firstTokenMs: 300, betweenTokensMs: 5000, totalMs: 1000 },
    })
    const text = await (await gateway.ask()).text()
    expect(streamError(text)).toMatchObject({ code: 'model-idle' })
  })
})

describe('an answer that is not streamed', () => {
  const whole = early.filter(([name]) => !['black-hole'].includes(name))
  test.each([...whole, ['content-length-cut', 502, 'model-cut-off'] as const])(
    '%s: alone a JSON error, else another replica’s answer [MODELS-FAIL-02]',
    async (name) => {
      gateway = await startFaultyGateway([faults[name], answerWell])
      for (let i = 0; i < 2; i++) {
        const response = await gateway.ask({ stream: false })
        expect(response.status).toBe(200)
        expect(await response.json()).toMatchObject({
          choices: [{ message: { content: 'One two three four' } }],
        })
      }
      await gateway.upstreams[1]?.close()
      const response = await gateway.ask({ stream: false })
      expect(response.status).toBeGreaterThanOrEqual(429)
      expect(await response.json()).toMatchObject({ error: { code: expect.stringMatching(/^model-/) } })
    },
  )

  test('blanks that keep the line open are no answer', async () => {
    gateway = await startFaultyGateway([faults['trickle-of-blanks'], answerWell])
    const response = await gateway.ask({ stream: false })
    expect(await response.json()).toMatchObject({ choices: [{ finish_reason: 'stop' }] })
    expect(gateway.records).toMatchObject([{ status: 'ok', attempts: 2 }])
  })

  test('a black hole ends with the total deadline', async () => {
    gateway = await startFaultyGateway([faults['black-hole']], {
      deadlines: { firstTokenMs: 100, betweenTokensMs: 100, totalMs: 400 },
    })
    const response = await gateway.ask({ stream: false })
    expect(response.status).toBe(504)
  })
})

test.each(['negative-usage', 'absurd-usage', 'missing-usage'] as const)(
  '%s is not believed but estimated',
  async (name) => {
    gateway = await startFaultyGateway([faults[name]])
    expect(await (await gateway.ask()).text()).toContain('[DONE]')
    const [record] = gateway.records
    expect(record).toMatchObject({ status: 'ok', isUsageEstimated: true })
    expect(record?.usage.output).toBeGreaterThanOrEqual(4)
    expect(record?.usage.output).toBeLessThan(20)
  },
)

test.each([true, false])(
  'a refusal of the request itself passes on as it is (streamed: %s) and is not the replica’s fault',
  async (stream) => {
    gateway = await startFaultyGateway([faults['request-refused'], answerWell])
    const response = await gateway.ask({ stream })
    expect(response.status).toBe(400)
    expect(await response.json()).toMatchObject({
      error: { message: 'temperature is too hot', code: 'too-hot' },
    })
    expect(gateway.upstreams[1]?.requests()).toBe(0)
    expect(gateway.records).toMatchObject([{ status: 'rejected', httpStatus: 400 }])
  },
)
