// The AI SDK, by its providers for OpenAI, for OpenAI-compatible servers and for Anthropic.
import assert from 'node:assert/strict'
import { createAnthropic } from '@ai-sdk/anthropic'
import { createOpenAI } from '@ai-sdk/openai'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { embed, generateObject, generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai'
import { point } from './points.mjs'

const base = process.env.GATEWAY
const openai = createOpenAI({ baseURL: `${base}/v1`, apiKey: 'hl' })
const compatible = createOpenAICompatible({ name: 'heavylift', baseURL: `${base}/v1`, apiKey: 'hl' })
const anthropic = createAnthropic({ baseURL: `${base}/v1`, apiKey: 'hl' })

const models = {
  'openai-compatible': compatible('m'),
  'openai chat': openai.chat('m'),
  'openai responses': openai.responses('m'),
  'anthropic messages': anthropic('m'),
}
const weather = tool({
  description: 'The weather.',
  inputSchema: jsonSchema({ type: 'object', properties: { city: { type: 'string' } }, required: ['city'] }),
  execute: async ({ city }) => `fine in ${city}`,
})

for (const [name, model] of Object.entries(models)) {
  await point(`${name}: text with usage`, async () => {
    const { text, usage } = await generateText({ model, prompt: 'Hi' })
    assert.equal(text, 'Hello there.')
    assert.equal(usage.inputTokens, 7)
  })
  await point(`${name}: stream`, async () => {
    let text = ''
    for await (const part of streamText({ model, prompt: 'Hi' }).textStream) text += part
    assert.equal(text, 'Hello there.')
  })
  await point(`${name}: tool and what comes after it, streamed`, async () => {
    const result = streamText({
      model,
      prompt: 'Hi',
      tools: { get_weather: weather },
      stopWhen: stepCountIs(3),
    })
    let text = ''
    for await (const part of result.textStream) text += part
    assert.equal(text, 'Hello there.')
    assert.equal((await result.steps).length, 2)
  })
  if (name === 'anthropic messages') continue
  await point(`${name}: object of a schema`, async () => {
    const schema = jsonSchema({
      type: 'object',
      properties: { colour: { type: 'string' } },
      required: ['colour'],
      additionalProperties: false,
    })
    assert.deepEqual((await generateObject({ model, schema, prompt: 'A colour' })).object, { colour: 'red' })
  })
}
await point('openai: embedding', async () => {
  assert.deepEqual((await embed({ model: openai.embedding('m'), value: 'Hi' })).embedding, [0.5, 0.25])
})
