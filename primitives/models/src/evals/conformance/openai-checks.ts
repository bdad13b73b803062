import assert from 'node:assert/strict'
import OpenAI from 'openai'
import type { Check } from './check.ts'

const ask = (content: string) => [{ role: 'user' as const, content }]
// Choices, since a small model may go on in a string until its limit cuts the JSON.
const colourSchema = {
  type: 'object',
  properties: { colour: { enum: ['red', 'green', 'blue'] }, shade: { enum: ['light', 'dark'] } },
  required: ['colour', 'shade'],
  additionalProperties: false,
}
const weatherTool = {
  name: 'get_weather',
  description: 'The weather in a city.',
  parameters: {
    type: 'object',
    properties: { city: { enum: ['Paris', 'Rome', 'Oslo'] } },
    required: ['city'],
  },
}

/** What the `openai` client's users rely on. */
export const openAiChecks: Check[] = [
  {
    name: 'openai: lists models and retrieves one',
    async run({ openai, model }) {
      const names: string[] = []
      for await (const { id } of openai.models.list()) names.push(id)
      assert.ok(names.includes(model))
      assert.equal((await openai.models.retrieve(model)).object, 'model')
    },
  },
  {
    name: 'openai: answers a chat completion with usage',
    async run({ openai, model }) {
      const completion = await openai.chat.completions.create({
        model,
        max_tokens: 12,
        messages: ask('Say hello.'),
      })
      assert.equal(completion.object, 'chat.completion')
      assert.ok(completion.choices[0]?.message.content)
      assert.ok(['stop', 'length'].includes(completion.choices[0]?.finish_reason ?? ''))
      assert.ok((completion.usage?.prompt_tokens ?? 0) > 0 && (completion.usage?.completion_tokens ?? 0) > 0)
    },
  },
  {
    name: 'openai: streams a chat completion without usage unless asked',
    async run({ openai, model }) {
      const stream = await openai.chat.completions.create({
        model,
        stream: true,
        max_tokens: 12,
        messages: ask('Count to three.'),
      })
      let text = ''
      let finish: string | null = null
      for await (const chunk of stream) {
        assert.equal(chunk.object, 'chat.completion.chunk')
        assert.ok(chunk.choices.length > 0, 'a chunk without choices that nobody asked for')
        text += chunk.choices[0]?.delta.content ?? ''
        finish = chunk.choices[0]?.finish_reason ?? finish
      }
      assert.ok(text && finish)
    },
  },
  {
    name: 'openai: ends a stream with usage when asked',
    async run({ openai, model }) {
      const stream = await openai.chat.completions.create({
        model,
        stream: true,
        stream_options: { include_usage: true },
        max_tokens: 5,
        messages: ask('Hi'),
      })
      let usage: OpenAI.CompletionUsage | null = null
      for await (const chunk of stream) usage = chunk.usage ?? usage
      assert.ok(usage !== null && usage.total_tokens === usage.prompt_tokens + usage.completion_tokens)
    },
  },
  {
    name: 'openai: the stream helper puts the answer together',
    async run({ openai, model }) {
      const runner = openai.chat.completions.stream({ model, max_tokens: 8, messages: ask('Hi') })
      const final = await runner.finalChatCompletion()
      assert.ok(final.choices[0]?.message.content)
    },
  },
  {
    name: 'openai: gives several choices',
    async run({ openai, model }) {
      const { choices } = await openai.chat.completions.create({
        model,
        n: 2,
        max_tokens: 5,
        messages: ask('Hi'),
      })
      assert.deepEqual(new Set(choices.map(({ index }) => index)), new Set([0, 1]))
    },
  },
  {
    name: 'openai: stops at a stop sequence and at the limit',
    async run({ openai, model }) {
      const limited = await openai.chat.completions.create({
        model,
        max_completion_tokens: 3,
        messages: ask('Tell a long story.'),
      })
      assert.equal(limited.choices[0]?.finish_reason, 'length')
      const stopped = await openai.chat.completions.create({
        model,
        max_tokens: 60,
        temperature: 0,
        stop: [' '],
        messages: ask('Tell a long story.'),
      })
      assert.equal(stopped.choices[0]?.finish_reason, 'stop')
      assert.ok(!stopped.choices[0]?.message.content?.includes(' '))
    },
  },
  {
    name: 'openai: the same seed gives the same answer',
    async run({ openai, model }) {
      const once = () =>
        openai.chat.completions.create({ model, seed: 7, max_tokens: 10, messages: ask('Name a city.') })
      const texts = [await once(), await once()].map(({ choices }) => choices[0]?.message.content)
      assert.equal(texts[0], texts[1])
    },
  },
  {
    name: 'openai: calls a forced tool',
    async run({ openai, model }) {
      const { choices } = await openai.chat.completions.create({
        model,
        max_tokens: 60,
        messages: ask('What is the weather in Paris?'),
        tools: [{ type: 'function', function: weatherTool }],
        tool_choice: { type: 'function', function: { name: 'get_weather' } },
      })
      const call = choices[0]?.message.tool_calls?.[0]
      assert.ok(call?.type === 'function' && call.function.name === 'get_weather')
      assert.equal(typeof JSON.parse(call.function.arguments).city, 'string')
    },
  },
  {
    name: 'openai: streams a tool call and takes its result back',
    async run({ openai, model }) {
      const tools = [{ type: 'function' as const, function: weatherTool }]
      const messages: OpenAI.ChatCompletionMessageParam[] = ask('What is the weather in Paris?')
      const first = await openai.chat.completions
        .stream({ model, max_tokens: 60, messages, tools, tool_choice: 'required' })
        .finalChatCompletion()
      const message = first.choices[0]?.message
      const call = message?.tool_calls?.[0]
      assert.ok(message && call)
      const second = await openai.chat.completions.create({
        model,
        max_tokens: 10,
        tools,
        messages: [...messages, message, { role: 'tool', tool_call_id: call.id, content: 'Sunny, 21 °C' }],
      })
      assert.equal(second.choices.length, 1)
    },
  },
  {
    name: 'openai: answers JSON by a schema',
    async run({ openai, model }) {
      const { choices } = await openai.chat.completions.create({
        model,
        max_tokens: 80,
        messages: ask('Name a colour.'),
        response_format: {
          type: 'json_schema',
          json_schema: { name: 'colour', strict: true, schema: colourSchema },
        },
      })
      const value = JSON.parse(choices[0]?.message.content ?? '') as Record<string, unknown>
      assert.deepEqual(Object.keys(value).toSorted(), ['colour', 'shade'])
      assert.ok(['light', 'dark'].includes(String(value['shade'])))
    },
  },
  {
    name: 'openai: answers legacy completions, whole and streamed',
    async run({ openai, model }) {
      const whole = await openai.completions.create({ model, prompt: 'Once upon', max_tokens: 6 })
      assert.equal(whole.object, 'text_completion')
      assert.ok(whole.choices[0]?.text)
      let text = ''
      const stream = await openai.completions.create({
        model,
        prompt: 'Once upon',
        max_tokens: 6,
        stream: true,
      })
      for await (const chunk of stream) text += chunk.choices[0]?.text ?? ''
      assert.ok(text)
    },
  },
  {
    name: 'openai: embeds texts, as floats and as the client’s base64',
    async run({ openai, model }) {
      const packed = await openai.embeddings.create({ model, input: ['red shoes', 'blue shoes'] })
      const floats = await openai.embeddings.create({ model, input: 'red shoes', encoding_format: 'float' })
      assert.equal(packed.data.length, 2)
      const [one, other] = [packed.data[0]?.embedding ?? [], floats.data[0]?.embedding ?? []]
      assert.ok(one.length > 0 && one.length === other.length)
      assert.ok(one.every((value, at) => Math.abs(value - (other[at] ?? 0)) < 1e-3))
    },
  },
  {
    name: 'openai: answers Responses, whole and streamed',
    async run({ openai, model }) {
      const input = 'Say hello.'
      const whole = await openai.responses.create({ model, input, max_output_tokens: 16 })
      assert.ok(whole.output_text)
      assert.ok((whole.usage?.output_tokens ?? 0) > 0)
      const types: string[] = []
      let text = ''
      const stream = await openai.responses.create({ model, input, max_output_tokens: 16, stream: true })
      for await (const event of stream) {
        types.push(event.type)
        if (event.type === 'response.output_text.delta') text += event.delta
      }
      assert.equal(types[0], 'response.created')
      assert.match(types.at(-1) ?? '', /^response\.(completed|incomplete)$/)
      assert.ok(text)
    },
  },
  {
    name: 'openai: Responses call a function and hold to a schema',
    async run({ openai, model }) {
      const called = await openai.responses.create({
        model,
        input: 'What is the weather in Paris?',
        max_output_tokens: 80,
        tools: [{ type: 'function', ...weatherTool, strict: false }],
        tool_choice: { type: 'function', name: 'get_weather' },
      })
      const call = called.output.find((item) => item.type === 'function_call')
      assert.equal(typeof JSON.parse(call?.arguments ?? '').city, 'string')
      const formed = await openai.responses.create({
        model,
        input: 'Name a colour.',
        max_output_tokens: 80,
        text: { format: { type: 'json_schema', name: 'colour', schema: colourSchema, strict: true } },
      })
      assert.ok('colour' in JSON.parse(formed.output_text))
    },
  },
  {
    name: 'openai: an unknown model is a NotFoundError, a wrong body a BadRequestError',
    async run({ openai, model }) {
      const unknown = openai.chat.completions.create({ model: 'no-such-model', messages: ask('Hi') })
      await assert.rejects(unknown, OpenAI.NotFoundError)
      const wrong = openai.chat.completions.create({ model, messages: 'Hi' as never })
      await assert.rejects(wrong, OpenAI.BadRequestError)
    },
  },
  {
    name: 'openai: an aborted stream ends at once',
    async run({ openai, model }) {
      const stream = await openai.chat.completions.create({
        model,
        stream: true,
        max_tokens: 400,
        messages: ask('Tell a long story.'),
      })
      let chunks = 0
      for await (const _chunk of stream) if (++chunks === 2) stream.controller.abort()
      assert.equal(chunks, 2)
    },
  },
]
