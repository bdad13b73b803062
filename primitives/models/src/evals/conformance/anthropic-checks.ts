import assert from 'node:assert/strict'
import Anthropic from '@anthropic-ai/sdk'
import type { Check } from './check.ts'

const ask = (content: string) => [{ role: 'user' as const, content }]
const weatherTool: Anthropic.Tool = {
  name: 'get_weather',
  description: 'The weather in a city.',
  input_schema: {
    type: 'object',
    properties: { city: { enum: ['Paris', 'Rome', 'Oslo'] } },
    required: ['city'],
  },
}

/** What the `@anthropic-ai/sdk` client's users rely on. */
export const anthropicChecks: Check[] = [
  {
    name: 'anthropic: lists models',
    async run({ anthropic, model }) {
      const names: string[] = []
      for await (const { id } of anthropic.models.list()) names.push(id)
      assert.ok(names.includes(model))
    },
  },
  {
    name: 'anthropic: answers a message with usage',
    async run({ anthropic, model }) {
      const message = await anthropic.messages.create({
        model,
        max_tokens: 12,
        system: 'You are brief.',
        messages: [...ask('Hi'), { role: 'assistant', content: 'Hello.' }, ...ask('Name a colour.')],
      })
      assert.equal(message.type, 'message')
      assert.ok(message.content[0]?.type === 'text' && message.content[0].text)
      assert.ok(message.usage.input_tokens + (message.usage.cache_read_input_tokens ?? 0) > 0)
      assert.ok(message.usage.output_tokens > 0)
    },
  },
  {
    name: 'anthropic: streams a message in its events',
    async run({ anthropic, model }) {
      const stream = anthropic.messages.stream({ model, max_tokens: 12, messages: ask('Count to three.') })
      const types = new Set<string>()
      let text = ''
      stream.on('streamEvent', ({ type }) => types.add(type))
      stream.on('text', (delta) => (text += delta))
      const final = await stream.finalMessage()
      assert.ok(final.content[0]?.type === 'text' && final.content[0].text === text && text)
      for (const type of [
        'message_start',
        'content_block_start',
        'content_block_delta',
        'content_block_stop',
        'message_delta',
        'message_stop',
      ]) {
        assert.ok(types.has(type), `no ${type}`)
      }
    },
  },
  {
    name: 'anthropic: stops at the limit and at a stop sequence',
    async run({ anthropic, model }) {
      const limited = await anthropic.messages.create({
        model,
        max_tokens: 3,
        messages: ask('Tell a long story.'),
      })
      assert.equal(limited.stop_reason, 'max_tokens')
      const stopped = await anthropic.messages.create({
        model,
        max_tokens: 60,
        stop_sequences: [' '],
        messages: ask('Tell a long story.'),
      })
      assert.match(stopped.stop_reason ?? '', /^(stop_sequence|end_turn)$/)
    },
  },
  {
    name: 'anthropic: uses a forced tool and takes its result back',
    async run({ anthropic, model }) {
      const messages: Anthropic.MessageParam[] = ask('What is the weather in Paris?')
      const request = { model, max_tokens: 80, tools: [weatherTool] }
      const first = await anthropic.messages.create({
        ...request,
        messages,
        tool_choice: { type: 'tool', name: 'get_weather' },
      })
      const use = first.content.find((block) => block.type === 'tool_use')
      assert.equal(first.stop_reason, 'tool_use')
      assert.equal(typeof cityOf(use), 'string')
      const second = await anthropic.messages.create({
        ...request,
        max_tokens: 10,
        messages: [
          ...messages,
          { role: 'assistant', content: first.content },
          { role: 'user', content: [{ type: 'tool_result', tool_use_id: use?.id ?? '', content: 'Sunny' }] },
        ],
      })
      assert.equal(second.role, 'assistant')
    },
  },
  {
    name: 'anthropic: streams the input of a tool',
    async run({ anthropic, model }) {
      const stream = anthropic.messages.stream({
        model,
        max_tokens: 80,
        tools: [weatherTool],
        tool_choice: { type: 'any' },
        messages: ask('What is the weather in Paris?'),
      })
      const final = await stream.finalMessage()
      const use = final.content.find((block) => block.type === 'tool_use')
      assert.equal(typeof cityOf(use), 'string')
    },
  },
  {
    name: 'anthropic: an unknown model is a NotFoundError, a missing limit a BadRequestError',
    async run({ anthropic, model }) {
      const unknown = anthropic.messages.create({ model: 'no-such', max_tokens: 5, messages: ask('Hi') })
      await assert.rejects(unknown, Anthropic.NotFoundError)
      const wrong = anthropic.messages.create({ model, messages: ask('Hi') } as never)
      await assert.rejects(wrong, Anthropic.BadRequestError)
    },
  },
]

function cityOf(use: Anthropic.ToolUseBlock | undefined): unknown {
  return (use?.input as { city?: unknown } | undefined)?.city
}
