import { afterEach, expect, test } from 'vitest'
import { startTestGateway } from '../../src/testing/test-gateway.ts'
import type { TestGateway } from '../../src/testing/test-gateway.ts'
import { startAnsweringUpstream } from './answering-upstream.ts'
import type { AnsweringUpstream } from './answering-upstream.ts'
import { ask } from './asking.ts'

let upstream: AnsweringUpstream
let gateway: TestGateway
afterEach(async () => {
  await gateway.close()
  await upstream.close()
})

test('a key’s own limits refuse in the form of the API that is spoken, and hide what it may not use [MODELS-LIMIT-06]', async () => {
  upstream = await startAnsweringUpstream(() => ({ pieces: ['four'] }))
  const model = { targets: [{ provider: 'up', model: 'upstream-m' }] }
  const limits = {
    models: ['m'],
    requestsPerMinute: 2,
    tokensPerMinute: null,
    maxInFlight: null,
    budgetUsdPerDay: null,
    budgetUsdPerMonth: null,
  }
  gateway = await startTestGateway(
    {
      providers: { up: { kind: 'openai', replicas: [upstream.baseUrl] } },
      models: { m: model, other: model },
    },
    { caller: () => ({ tenantId: 'main', keyId: 'key_1', scope: 'models', limits }) },
  )
  const listed = (await (await fetch(`${gateway.address}/v1/models`)).json()) as { data: { id: string }[] }
  expect(listed.data.map(({ id }) => id)).toEqual(['m'])

  const refused = await ask(gateway.address, 'messages', { model: 'other' })
  expect(refused.status).toBe(403)
  expect(JSON.parse(refused.body)).toMatchObject({
    type: 'error',
    error: { type: 'permission_error', message: expect.stringContaining('Ask for one of: m.') },
  })

  expect((await ask(gateway.address)).status).toBe(200)
  expect((await ask(gateway.address, 'responses')).status).toBe(200)
  const late = await ask(gateway.address)
  expect(late.status).toBe(429)
  expect(JSON.parse(late.body)).toMatchObject({
    error: { type: 'rate_limit_error', code: 'rate-limited', message: expect.stringContaining('key key_1') },
  })
  expect(upstream.asked).toHaveLength(2)
})
