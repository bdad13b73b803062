import { expect, test } from 'vitest'
import { gatewayConfigSchema } from '../../src/table/gateway-config.ts'
import {
  effectiveTable,
  modelForEmbedding,
  modelForTask,
  nothingPulled,
} from '../../src/table/effective-table.ts'

const none = { baseUrl: null, model: null, apiKey: null, promptPrice: 0, completionPrice: 0 }
const empty = gatewayConfigSchema.parse({})

test('is empty when nothing is configured and nothing pulled', () => {
  expect(effectiveTable(empty, none, nothingPulled)).toEqual(empty)
})

test('makes a provider, a model and a price of the options [MODELS-CONFIG-10]', () => {
  const table = effectiveTable(
    empty,
    {
      baseUrl: 'http://127.0.0.1:8000/v1',
      model: 'big',
      apiKey: 'env:HEAVYLIFT_SECRET_KEY',
      promptPrice: 1,
      completionPrice: 2,
    },
    nothingPulled,
  )
  expect(table.providers['configured']).toMatchObject({ kind: 'openai', apiKey: 'env:HEAVYLIFT_SECRET_KEY' })
  expect(table.models['big']?.targets).toEqual([{ provider: 'configured', model: 'big', tier: 0 }])
  expect(table.prices['big']).toEqual({ input: 1, output: 2 })
})

test('serves a pulled model, and lets the file win over it [MODELS-CONFIG-10]', () => {
  const file = gatewayConfigSchema.parse({
    providers: { local: { kind: 'engine', model: 'smollm2', sequences: 16 } },
  })
  const table = effectiveTable(file, none, { current: 'smollm2', embedder: null })
  expect(table.providers['local']).toMatchObject({ sequences: 16 })
  expect(Object.keys(table.models)).toEqual(['smollm2'])
})

test('finds the model of a task: named, default, preferred, only one, none', () => {
  const two = gatewayConfigSchema.parse({
    providers: { up: { kind: 'openai', replicas: ['http://127.0.0.1:1/v1'] } },
    models: {
      small: { targets: [{ provider: 'up', model: 's' }] },
      large: { targets: [{ provider: 'up', model: 'l' }] },
    },
    tasks: { answer: 'large' },
  })
  expect(modelForTask(two, 'answer', null)).toBe('large')
  expect(modelForTask(two, 'planner', null)).toBe(null)
  expect(modelForTask(two, 'planner', 'small')).toBe('small')
  expect(modelForTask({ ...two, tasks: { default: 'small' } }, 'planner', null)).toBe('small')
  expect(modelForTask({ ...two, tasks: { answer: 'gone' } }, 'answer', 'small')).toBe(null)
  const { large: _large, ...one } = two.models
  expect(modelForTask({ ...two, tasks: {}, models: one }, 'answer', null)).toBe('small')
})

test('serves a pulled model for embeddings beside the one that answers, and for nothing else [MODELS-PULL-10]', () => {
  const table = effectiveTable(empty, none, { current: 'smollm2', embedder: 'e5-small' })
  expect(Object.keys(table.providers)).toEqual(['local', 'local-embeddings'])
  expect(modelForEmbedding(table)).toBe('e5-small')
  expect(modelForTask(table, 'answer', null)).toBe('smollm2')
  const alone = effectiveTable(empty, none, { current: null, embedder: 'e5-small' })
  expect(modelForTask(alone, 'answer', null)).toBeNull()
  expect(modelForEmbedding({ ...table, tasks: { embedding: 'smollm2' } })).toBe('smollm2')
  expect(modelForEmbedding(empty)).toBeNull()
})
