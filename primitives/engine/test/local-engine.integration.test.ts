import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestEngine, testEngineMissing } from '../src/testing/start-test-engine.ts'
import type { TestEngine } from '../src/testing/start-test-engine.ts'

const missing = await testEngineMissing()
if (missing !== null) process.stderr.write(`Tests with real weights are skipped: ${missing}\n`)

const system = `You are a shop's assistant. ${'Answer briefly and only from the facts of the catalog. '.repeat(20)}`

interface Answer {
  status: number
  body: {
    choices: {
      message: {
        content: string | null
        tool_calls?: { id: string; function: { name: string; arguments: string } }[]
      }
      finish_reason: string
    }[]
    usage: {
      prompt_tokens: number
      completion_tokens: number
      prompt_tokens_details: { cached_tokens: number }
    }
    error?: { code: string; param: string | null; type: string }
  }
}

interface Chunk {
  choices: { delta: { role?: string; content?: string }; finish_reason: string | null }[]
}

describe.skipIf(missing !== null)('the local engine with real weights', () => {
  let local: TestEngine

  beforeAll(async () => {
    local = await startTestEngine()
  })
  afterAll(() => local?.stop())

  const post = (path: string, body: object, signal?: AbortSignal) =>
    fetch(`${local.url}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      ...(signal ? { signal } : {}),
    })
  const chat = async (body: object): Promise<Answer> => {
    const answer = await post('/chat/completions', { max_tokens: 12, temperature: 0, ...body })
    return { status: answer.status, body: (await answer.json()) as Answer['body'] }
  }
  const health = async () =>
    (await (await fetch(new URL('/health', local.url))).json()) as { running: number; waiting: number }

  test('streams chunks, a finish reason, the usage and [DONE] [MODELS-ENGINE-01]', async () => {
    const answer = await post('/chat/completions', {
      model: 'smollm2',
      messages: [{ role: 'user', content: 'Name a colour.' }],
      max_tokens: 6,
      temperature: 0,
      stream: true,
      stream_options: { include_usage: true },
    })
    expect(answer.headers.get('content-type')).toContain('text/event-stream')
    const lines = (await answer.text()).trim().split('\n\n')
    expect(lines.at(-1)).toBe('data: [DONE]')
    const chunks = lines.slice(0, -1).map((line) => JSON.parse(line.slice(6)) as Chunk)
    const choices = chunks.flatMap((chunk) => chunk.choices)
    expect(choices[0]?.delta.role).toBe('assistant')
    expect(choices.map(({ delta }) => delta.content ?? '').join('')).toMatch(/\w/)
    expect(choices.at(-1)?.finish_reason).toBe('length')
    expect(chunks.at(-1)).toMatchObject({ choices: [], usage: { completion_tokens: 6 } })
  })

  test('a second turn reads only what is new [MODELS-ENGINE-02]', async () => {
    const messages = [
      { role: 'system', content: system },
      { role: 'user', content: 'Is the red shirt made of cotton?' },
    ]
    const first = await chat({ messages })
    const answer = first.body.choices[0]?.message.content ?? ''
    const second = await chat({
      messages: [...messages, { role: 'assistant', content: answer }, { role: 'user', content: 'And blue?' }],
    })
    expect(first.body.usage.prompt_tokens).toBeGreaterThan(200)
    expect(second.body.usage.prompt_tokens_details.cached_tokens).toBeGreaterThanOrEqual(
      first.body.usage.prompt_tokens - 1,
    )
  })

  test('requests that come together read their common beginning once, and more than there are sequences all end [MODELS-ENGINE-03]', async () => {
    const shared = `${system} Today is ${Math.random()}.`
    const answers = await Promise.all(
      ['Is it red?', 'Is it blue?', 'Is it large?', 'Is it cheap?', 'Is it new?', 'Is it soft?'].map(
        (content) =>
          chat({
            messages: [
              { role: 'system', content: shared },
              { role: 'user', content },
            ],
          }),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200, 200])
    const fresh = answers.map(
      ({ body: { usage } }) => usage.prompt_tokens - usage.prompt_tokens_details.cached_tokens,
    )
    const prompt = answers[0]?.body.usage.prompt_tokens ?? 0
    expect(fresh.filter((tokens) => tokens > prompt / 2).length).toBeLessThanOrEqual(1)
  })

  test('several answers to one prompt differ under one seed', async () => {
    const answer = await chat({
      messages: [{ role: 'user', content: 'Invent a name for a shop.' }],
      n: 3,
      seed: 7,
      temperature: 1.5,
    })
    const texts = answer.body.choices.map(({ message }) => message.content)
    expect(new Set(texts).size).toBe(3)
  })

  test('the same prompt alone and beside others gets the same greedy answer', async () => {
    const ask = (content: string) => chat({ messages: [{ role: 'user', content }] })
    const alone = await ask('Count from one to five.')
    const [beside] = await Promise.all([
      ask('Count from one to five.'),
      ask('Name three fruits.'),
      ask('What is rain?'),
    ])
    expect(beside?.body.choices[0]?.message.content).toBe(alone.body.choices[0]?.message.content)
  })

  test('answers under a schema are valid whenever they end by themselves [MODELS-ENGINE-04]', async () => {
    const schema = {
      type: 'object',
      properties: {
        colour: { enum: ['red', 'green', 'blue'] },
        price: { type: 'integer', minimum: 5, maximum: 120 },
        tags: { type: 'array', items: { type: 'string', maxLength: 8 }, minItems: 1, maxItems: 2 },
        note: { anyOf: [{ type: 'string', maxLength: 10 }, { type: 'null' }] },
      },
      required: ['colour', 'price', 'tags'],
      additionalProperties: false,
    }
    const answers = await Promise.all(
      [1, 2, 3, 4].map((seed) =>
        chat({
          messages: [{ role: 'user', content: 'Describe a shirt as JSON.' }],
          max_tokens: 120,
          temperature: 1,
          seed,
          response_format: { type: 'json_schema', json_schema: { name: 'shirt', schema } },
        }),
      ),
    )
    for (const { body } of answers) {
      expect(body.choices[0]?.finish_reason).toBe('stop')
      const value = JSON.parse(body.choices[0]?.message.content ?? '') as Record<string, unknown>
      expect(['red', 'green', 'blue']).toContain(value['colour'])
      expect(value['price']).toBeGreaterThanOrEqual(5)
      expect(value['price']).toBeLessThanOrEqual(120)
      expect((value['tags'] as string[]).length).toBeLessThanOrEqual(2)
      expect(Object.keys(value).every((key) => key in schema.properties)).toBe(true)
    }
  })

  test('a required tool is called with arguments of its schema [MODELS-ENGINE-05]', async () => {
    const { body } = await chat({
      messages: [{ role: 'user', content: 'How is the weather in Paris?' }],
      max_tokens: 60,
      tool_choice: 'required',
      tools: [
        {
          type: 'function',
          function: {
            name: 'weather',
            parameters: {
              type: 'object',
              properties: { city: { type: 'string', maxLength: 20 } },
              required: ['city'],
            },
          },
        },
      ],
    })
    expect(body.choices[0]?.finish_reason).toBe('tool_calls')
    const [call] = body.choices[0]?.message.tool_calls ?? []
    expect(call?.function.name).toBe('weather')
    expect(typeof (JSON.parse(call?.function.arguments ?? '') as { city: unknown }).city).toBe('string')
  })

  test('a client that goes away frees its sequence [MODELS-ENGINE-06]', async () => {
    const gone = new AbortController()
    const answer = await post(
      '/chat/completions',
      { messages: [{ role: 'user', content: 'Tell a very long story.' }], max_tokens: 900, stream: true },
      gone.signal,
    )
    await answer.body?.getReader().read()
    expect((await health()).running).toBe(1)
    gone.abort()
    await expect.poll(health, { timeout: 5_000 }).toMatchObject({ running: 0, waiting: 0 })
  })

  test.each([
    [{ logprobs: true }, 400, 'unsupported_parameter', 'logprobs'],
    [{ model: 'another' }, 404, 'model_not_found', 'model'],
    [{ messages: [] }, 400, 'invalid_value', 'messages'],
    [
      { messages: [{ role: 'user', content: 'word '.repeat(1200) }] },
      400,
      'context_length_exceeded',
      'messages',
    ],
    [
      {
        response_format: {
          type: 'json_schema',
          json_schema: { schema: { type: 'string', pattern: '^a+$' } },
        },
      },
      400,
      'unsupported_schema',
      'response_format',
    ],
  ])('%j is refused in the words of the API [MODELS-ENGINE-07]', async (body, status, code, param) => {
    const answer = await chat({ messages: [{ role: 'user', content: 'Hello' }], ...body })
    expect(answer.status).toBe(status)
    expect(answer.body.error).toMatchObject({ code, param, type: 'invalid_request_error' })
  })

  test('embeds texts: nearer in meaning is nearer in angle, in both encodings', async () => {
    const input = ['a red cotton shirt', 'a blue cotton shirt', 'how to bake bread']
    const embed = async (encoding: string) =>
      (await (await post('/embeddings', { input, encoding_format: encoding })).json()) as {
        data: { embedding: number[] & string }[]
      }
    const floats = (await embed('float')).data.map(({ embedding }) => embedding as number[])
    const cosine = (a: number[], b: number[]) => a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0)
    const [shirt = [], other = [], bread = []] = floats
    expect(cosine(shirt, shirt)).toBeCloseTo(1, 5)
    expect(cosine(shirt, other)).toBeGreaterThan(cosine(shirt, bread))
    const [encoded] = (await embed('base64')).data
    const bytes = Buffer.from(encoded?.embedding as string, 'base64')
    expect(bytes.readFloatLE(0)).toBeCloseTo(shirt[0] ?? 0, 6)
    expect(bytes.length).toBe(shirt.length * 4)
  })

  test('plain completions go on from their prompts', async () => {
    const answer = await post('/completions', {
      prompt: ['The capital of France is', '1, 2, 3, 4,'],
      max_tokens: 3,
      temperature: 0,
    })
    const body = (await answer.json()) as { choices: { index: number; text: string }[] }
    expect(body.choices.map(({ index }) => index)).toEqual([0, 1])
    expect(body.choices[0]?.text).toContain('Paris')
    expect(body.choices[1]?.text).toContain('5')
  })
})
