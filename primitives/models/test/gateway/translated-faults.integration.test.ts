import { afterEach, describe, expect, test } from 'vitest'
import { answerWell, faults } from '../../src/testing/faults.ts'
import type { FaultName } from '../../src/testing/faults.ts'
import { inFlight, startFaultyGateway } from './faulty-gateway.ts'
import type { FaultyGateway } from './faulty-gateway.ts'

let gateway: FaultyGateway
afterEach(() => gateway.close())

/** Clients whose API the upstreams do not speak. */
const clients = [
  ['/v1/messages', { max_tokens: 50 }, 'message_stop'],
  ['/v1/responses', { input: 'hi' }, 'response.completed'],
] as const

describe.each(clients)('%s over a model that speaks chat', (path, fields, endMark) => {
  const ask = (stream = true) => gateway.ask({ ...fields, stream }, path)

  test.each<FaultName>([
    'status-500',
    'reset-before-headers',
    'events-that-are-not-json',
    'error-event-first',
  ])('%s: another replica answers [MODELS-FAIL-01]', async (name) => {
    gateway = await startFaultyGateway([faults[name], answerWell])
    for (let i = 0; i < 2; i++) expect(await (await ask()).text()).toContain(endMark)
    expect(gateway.records.map(({ status }) => status)).toEqual(['ok', 'ok'])
  })

  test.each<FaultName>(['reset-mid-event', 'stall-mid-stream', 'clean-end-without-finish'])(
    '%s: the stream ends in an error event of its own API [MODELS-FAIL-03]',
    async (name) => {
      gateway = await startFaultyGateway([faults[name], answerWell])
      const text = await (await ask()).text()
      expect(text).toContain('One')
      expect(text).not.toContain(endMark)
      const last = text.trimEnd().split('\n\n').at(-1) ?? ''
      expect(last).toMatch(/^event: error\ndata: \{"type":"error"/)
      expect(gateway.records).toMatchObject([{ status: 'cut' }])
      expect(inFlight(gateway)).toBe(0)
    },
  )

  test.each([true, false])(
    'a refusal keeps its words and status in the client’s own form (streamed: %s)',
    async (stream) => {
      gateway = await startFaultyGateway([faults['request-refused']])
      const response = await ask(stream)
      expect(response.status).toBe(400)
      const body = (await response.json()) as { type?: string; error: { message: string; type: string } }
      expect(body.error.message).toContain('temperature is too hot')
      expect(body.error.type).toBe('invalid_request_error')
      if (path === '/v1/messages') expect(body.type).toBe('error')
    },
  )

  test('without a replica the error has the client’s own form [MODELS-FAIL-02]', async () => {
    gateway = await startFaultyGateway([faults['status-429-seconds']], { queue: { maxWaitMs: 500 } })
    const response = await ask()
    expect(response.status).toBe(429)
    expect(response.headers.get('retry-after')).toBe('2')
    expect(await response.json()).toMatchObject({ error: { type: 'rate_limit_error' } })
  })
})
