import { afterEach, expect, test } from 'vitest'
import { startScriptedModelServer } from '../../src/testing/scripted-model-server.ts'
import type { ModelScript } from '../../src/testing/scripted-model-server.ts'
import { startTestGateway } from '../../src/testing/test-gateway.ts'
import type { TestGateway } from '../../src/testing/test-gateway.ts'

const closing: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function gatewayBefore(scripts: ModelScript[][], model: object = {}): Promise<TestGateway> {
  const replicas: string[] = []
  for (const script of scripts) {
    const server = await startScriptedModelServer(
      (_request, index) => script[Math.min(index, script.length - 1)]!,
    )
    closing.push(() => server.close())
    replicas.push(server.baseUrl)
  }
  const gateway = await startTestGateway({
    providers: { up: { kind: 'openai', replicas } },
    models: { m: { targets: [{ provider: 'up', model: 'upstream-m' }], policy: 'round-robin', ...model } },
  })
  closing.push(() => gateway.close())
  return gateway
}

function ask(gateway: TestGateway, body: object = {}) {
  return fetch(`${gateway.address}/v1/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({ model: 'm', stream: true, messages: [{ role: 'user', content: 'hi' }], ...body }),
  })
}

const good: ModelScript = { deltas: ['Hello', ' there'] }

test('passes a stream through and meters it', async () => {
  const gateway = await gatewayBefore([[good]])
  const response = await ask(gateway)
  const text = await response.text()
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  expect(text).toContain('"content":"Hello"')
  expect(text.trimEnd().endsWith('data: [DONE]')).toBe(true)
  expect(gateway.records).toMatchObject([
    { status: 'ok', model: 'm', upstreamModel: 'upstream-m', attempts: 1 },
  ])
})

test('asks another replica when one fails before its first byte', async () => {
  const gateway = await gatewayBefore([[{ status: 500, deltas: [] }], [good]])
  for (let i = 0; i < 2; i++) {
    const response = await ask(gateway)
    expect(await response.text()).toContain('[DONE]')
  }
  expect(gateway.records.map(({ status }) => status)).toEqual(['ok', 'ok'])
  expect(gateway.records.some(({ attempts }) => attempts === 2)).toBe(true)
})

test.each(['cut-clean', 'cut-hard'] as const)(
  'ends a stream that was %s with an error event',
  async (ending) => {
    const gateway = await gatewayBefore([[{ deltas: ['Hello', ' the'], delayMs: 5, ending }]])
    const text = await (await ask(gateway)).text()
    expect(text).toContain('"content":"Hello"')
    expect(text).not.toContain('[DONE]')
    const last = text.trimEnd().split('\n\n').at(-1) ?? ''
    expect(JSON.parse(last.replace('data: ', ''))).toMatchObject({ error: { code: 'model-cut-off' } })
    expect(gateway.records).toMatchObject([{ status: 'cut', errorCode: 'model-cut-off' }])
  },
)

test('says which models there are when one is unknown', async () => {
  const gateway = await gatewayBefore([[good]])
  const response = await ask(gateway, { model: 'other' })
  expect(response.status).toBe(404)
  expect(await response.json()).toMatchObject({ error: { code: 'model-unknown' } })
})

test('cancels upstream when the client goes away', async () => {
  const gateway = await gatewayBefore([[{ deltas: Array.from({ length: 500 }, () => 'word '), delayMs: 10 }]])
  const abort = new AbortController()
  const response = await fetch(`${gateway.address}/v1/chat/completions`, {
    method: 'POST',
    signal: abort.signal,
    body: JSON.stringify({ model: 'm', stream: true, messages: [] }),
  })
  await response.body?.getReader().read()
  abort.abort()
  await expect.poll(() => gateway.records.length).toBe(1)
  expect(gateway.records[0]).toMatchObject({ status: 'cancelled' })
  expect(gateway.gateway.routes.get('m')?.balancer.replicas[0]?.requestsInFlight).toBe(0)
})
