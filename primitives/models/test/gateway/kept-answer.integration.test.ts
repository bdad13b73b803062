import { expect, test } from 'vitest'
import { startScriptedModelServer } from '../../src/testing/scripted-model-server.ts'
import { startTestGateway } from '../../src/testing/test-gateway.ts'

test('prompt and answer are kept only when the table says so [MODELS-METER-10]', async () => {
  const upstream = await startScriptedModelServer(() => ({ deltas: ['Grü', 'ße'] }))
  const table = {
    providers: { upstream: { kind: 'openai', replicas: [upstream.baseUrl] } },
    models: { m: { targets: [{ provider: 'upstream', model: 'own' }] } },
  }
  const gateway = await startTestGateway(table)
  try {
    const body = '{"model":"m","stream":true,"messages":[{"role":"user","content":"Hello"}]}'
    const ask = async () =>
      (await fetch(`${gateway.address}/v1/chat/completions`, { method: 'POST', body })).text()
    await ask()
    expect(gateway.texts).toEqual([])
    gateway.gateway.configure({ ...gateway.gateway.config, log: { prompts: true, keepDays: 1 } })
    const answer = await ask()
    expect(answer).toContain('Grü')
    expect(gateway.texts).toEqual([{ request: body, answer }])
  } finally {
    await gateway.close()
    await upstream.close()
  }
})
