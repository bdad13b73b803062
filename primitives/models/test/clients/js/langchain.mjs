// LangChain, by its packages for OpenAI and Anthropic.
import assert from 'node:assert/strict'
import { ChatAnthropic } from '@langchain/anthropic'
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai'
import { point } from './points.mjs'

const base = process.env.GATEWAY
const configuration = { baseURL: `${base}/v1` }
const shared = { model: 'm', apiKey: 'hl', maxRetries: 0 }
const models = {
  'openai chat': new ChatOpenAI({ ...shared, configuration }),
  'openai responses': new ChatOpenAI({ ...shared, configuration, useResponsesApi: true }),
  'anthropic messages': new ChatAnthropic({ ...shared, anthropicApiUrl: base, maxTokens: 64 }),
}
const weather = {
  type: 'function',
  function: {
    name: 'get_weather',
    description: 'The weather.',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
}

for (const [name, model] of Object.entries(models)) {
  await point(`${name}: text with usage`, async () => {
    const answer = await model.invoke('Hi')
    assert.equal(answer.text, 'Hello there.')
    assert.equal(answer.usage_metadata.input_tokens, 7)
  })
  await point(`${name}: stream`, async () => {
    let text = ''
    for await (const part of await model.stream('Hi')) text += part.text
    assert.equal(text, 'Hello there.')
  })
  await point(`${name}: tool call`, async () => {
    const { tool_calls: calls } = await model.bindTools([weather]).invoke('Hi')
    assert.deepEqual(calls[0].args, { city: 'Paris' })
  })
}
await point('openai: embedding', async () => {
  const embeddings = new OpenAIEmbeddings({
    model: 'm',
    apiKey: 'hl',
    configuration,
    encodingFormat: 'float',
  })
  assert.deepEqual(await embeddings.embedQuery('Hi'), [0.5, 0.25])
})
