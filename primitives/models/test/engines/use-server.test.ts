import { expect, test } from 'vitest'
import { serverEdits } from '../../src/engines/use-server.ts'
import { gatewayConfigSchema } from '../../src/table/gateway-config.ts'

const ollama = { kind: 'Ollama', url: 'http://127.0.0.1:11434/v1', models: ['llama3.2:1b', 'odd name!'] }

test('a server goes into the table with its models under names that the table may have [MODELS-SERVERS-02]', () => {
  const edits = serverEdits(ollama, gatewayConfigSchema.parse({}))
  expect(edits).toEqual([
    { path: ['providers', 'ollama'], value: { kind: 'openai', replicas: [ollama.url] } },
    {
      path: ['models', 'llama3.2:1b'],
      value: { targets: [{ provider: 'ollama', model: 'llama3.2:1b' }] },
    },
    { path: ['models', 'odd-name-'], value: { targets: [{ provider: 'ollama', model: 'odd name!' }] } },
  ])
})

test('what stands in the table stays as it is [MODELS-SERVERS-02]', () => {
  const table = gatewayConfigSchema.parse({
    providers: { ollama: { kind: 'openai', replicas: ['http://10.0.0.5:8000/v1'] } },
    models: { 'llama3.2:1b': { targets: [{ provider: 'ollama', model: 'big' }] } },
  })
  const edits = serverEdits({ ...ollama, models: ['llama3.2:1b'] }, table)
  expect(edits.map(({ path }) => path)).toEqual([['providers', 'ollama-2']])
  const used = gatewayConfigSchema.parse({
    providers: { mine: { kind: 'openai', replicas: ['http://localhost:11434/v1/'] } },
  })
  expect(() => serverEdits(ollama, used)).toThrow(expect.objectContaining({ code: 'server-used' }))
  expect(() => serverEdits({ ...ollama, models: [] }, gatewayConfigSchema.parse({}))).toThrow(
    expect.objectContaining({ code: 'server-without-models' }),
  )
})
