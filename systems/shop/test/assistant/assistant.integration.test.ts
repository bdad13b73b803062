import type { ServerEvent } from '@heavylift/core'
import { DefaultChatTransport, readUIMessageStream } from 'ai'
import type { UIMessage } from 'ai'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseEventId } from '../../src/assistant/live-turn.ts'
import { makeEvidence } from '../../src/assistant/evidence.ts'
import type { Narrate } from '../../src/assistant/turn.ts'
import { noVerification } from '../../src/assistant/verification.ts'
import { chatBody, chatRequest } from '../../src/routes/chat-body.ts'
import { collect, startHarness, turn } from './harness.ts'
import type { Harness } from './harness.ts'

let harness: Harness
beforeAll(async () => {
  harness = await startHarness()
})
afterAll(() => harness.close())

const ask = async (message: string, fields = {}) =>
  collect((await harness.assistant.ask(turn(message, fields))).events)

describe('an answer', () => {
  test('starts with a status, then cards from the catalog, text and next questions [SHOP-ANSWER-01]', async () => {
    const { parts, text, done } = await ask('football boots under $60')
    expect(parts[0]).toMatchObject({ type: 'start', messageMetadata: { conversationId: expect.any(String) } })
    expect(parts[1]).toMatchObject({ type: 'data-status' })
    expect(parts).toContainEqual(
      expect.objectContaining({
        type: 'data-products',
        data: expect.objectContaining({
          cards: expect.arrayContaining([
            expect.objectContaining({ productId: 'swift', price: { minor: 4999, currency: 'USD' } }),
          ]),
        }),
      }),
    )
    expect(text).toContain('Swift FG Kids Football Boots Red')
    expect(parts.at(-1)).toEqual({ type: 'finish' })
    expect(done).toBe(true)
  })

  test('follows up on what was shown', async () => {
    await ask('football boots under $60', { conversationId: 'follow' })
    const { text } = await ask('how do they do in the rain?', { conversationId: 'follow' })
    expect(text).toContain('3 of 5 reviews mention wet grip')
  })

  test('is to what a model read, where one reads, and is recorded with it [SHOP-READING-02]', async () => {
    const asked: string[] = []
    const own = await harness.restart({
      ask: () => async (input) => {
        asked.push(input.message)
        const [first] = input.inSight
        const place = (id: string) => input.goods.findIndex((product) => product.id === id) + 1
        const kind =
          first === undefined ? ('find' as const) : input.message === 'quick?' ? 'question' : 'price'
        return {
          model: 'm',
          failure: null,
          allowedMs: 1_000,
          tookMs: 1,
          said: {
            reading: {
              kind,
              about: first === undefined ? [] : [place(first)],
              words: first === undefined ? 'electric kettle' : '',
              without: [],
              language: '',
            },
            choice: {
              fits: input.goods.filter(({ id }) => id === 'kettle'),
              near: [],
              lines:
                kind === 'question'
                  ? [
                      makeEvidence({
                        kind: 'listing',
                        text: 'Boils a litre in three minutes.',
                        productId: 'kettle',
                        source: { kind: 'product', productId: 'kettle', field: 'description' },
                      }),
                    ]
                  : [],
              missing: '',
            },
            search: '',
          },
        }
      },
    })
    const say = async (message: string) =>
      collect((await own.assistant.ask(turn(message, { conversationId: 'read' }))).events)
    expect((await say('smth 2 boil water 4 tea innit')).text).toContain('Kettle')
    expect((await say('wots the damage')).text).toContain('$29.50')
    expect((await say('quick?')).text).toContain('“Boils a litre in three minutes.”')
    // Somebody may be in danger: no model has a say in that.
    expect((await say('i want to kill myself')).text).toContain('988')
    expect(asked).toEqual(['smth 2 boil water 4 tea innit', 'wots the damage', 'quick?'])
    const { turns } = await own.conversations.read('main', 'read')
    expect(turns.map(({ plan }) => plan?.read?.model ?? null)).toEqual(['m', 'm', 'm', null])
    await own.close()
  })

  test('is recorded whole, with inputs, plan, calls and a ledger decision [SHOP-ANSWER-08]', async () => {
    const asked = turn('football boots', { conversationId: 'recorded' })
    const { parts } = await collect((await harness.assistant.ask(asked)).events)
    const { turns } = await harness.conversations.read('main', 'recorded')
    expect(turns[0]).toMatchObject({ status: 'done', message: 'football boots', plan: { kind: 'results' } })
    expect(turns[0]?.calls?.map((call) => call.step)).toEqual(['search', 'reviews'])
    expect(turns[0]?.parts).toEqual(parts)
    expect(turns[0]?.input_hash).toMatch(/^[0-9a-f]{64}$/)
    const shop = harness.store.host.forSystem('shop')
    await expect
      .poll(async () => (await shop.ledger.summary('main', { system: 'shop', fromMs: 0 })).count)
      .toBeGreaterThan(0)
  })

  test('remembers for a known shopper on another device, and keeps shoppers apart [SHOP-MEMORY-01]', async () => {
    await ask('football boots for kids', { shopperId: 'shopper-a', device: 'desktop' })
    await expect
      .poll(async () => (await harness.memory('main').recall('shopper-a', { text: '', limit: 10 })).length)
      .toBeGreaterThan(0)
    const phone = await ask('what were the ones I looked at before?', {
      shopperId: 'shopper-a',
      device: 'phone',
    })
    expect(phone.text).toContain('Swift FG Kids Football Boots Red')
    expect(phone.text).toContain('on your desktop')
    const other = await ask('what were the ones I looked at before?', { shopperId: 'shopper-b' })
    expect(other.text).not.toContain('Swift')
  })

  test('refuses a conversation of another shopper', async () => {
    await ask('football boots', { conversationId: 'mine', shopperId: 'shopper-a' })
    await expect(
      harness.assistant.ask(turn('hi', { conversationId: 'mine', shopperId: 'shopper-b' })),
    ).rejects.toMatchObject({ code: 'conversation-not-found' })
    await expect(harness.assistant.ask(turn('hi', { conversationId: 'mine' }))).rejects.toMatchObject({
      code: 'conversation-not-found',
    })
    expect(await harness.assistant.resume('main', 'mine', 'shopper-b', null)).toBeNull()
  })

  test('proposes a cart change and does nothing before it is confirmed', async () => {
    const { parts } = await ask('add it to my cart in size EU 34', {
      shopperId: 'shopper-c',
      pageProductId: 'bolt',
    })
    expect(parts).toContainEqual(
      expect.objectContaining({
        type: 'data-confirmation',
        data: expect.objectContaining({ action: 'add-to-cart' }),
      }),
    )
  })
})

describe('resuming', () => {
  /** Says two sentences and waits in between until it is let go. */
  function gated(): { narrate: Narrate; open: () => void } {
    const gate = Promise.withResolvers<void>()
    return {
      open: () => gate.resolve(),
      narrate: async function* () {
        yield 'First.'
        await gate.promise
        yield 'Second.'
        return noVerification
      },
    }
  }

  async function readUntil(events: AsyncIterable<ServerEvent>, type: string): Promise<string> {
    for await (const event of events) {
      if ((event.data as { type?: string }).type === type) return event.id ?? ''
    }
    throw new Error(`The stream ended before ${type}.`)
  }

  test('goes on after the last event although the client went away [SHOP-ANSWER-06]', async () => {
    const gate = gated()
    const own = await harness.restart({ narrate: gate.narrate })
    const { events } = await own.assistant.ask(turn('boots', { conversationId: 'resume' }))
    const last = await readUntil(events, 'text-delta')
    gate.open()
    const rest = await own.assistant.resume('main', 'resume', null, parseEventId(last))
    const { text, done } = await collect(rest!)
    expect(text).toBe(' Second.')
    expect(done).toBe(true)
    await own.close()
  })

  test('serves the end from the record when the answer is long over', async () => {
    const { ids, parts } = await ask('kettle', { conversationId: 'over' })
    const later = await harness.restart()
    const rest = await later.assistant.resume('main', 'over', null, parseEventId(ids.at(-2)!))
    expect((await collect(rest!)).parts.at(-1)).toEqual(parts.at(-1))
    expect(await later.assistant.resume('main', 'over', null, null)).toBeNull()
  })

  test('answers again what a dead process left, as a new attempt from the start [SHOP-ANSWER-06]', async () => {
    const stuck = await harness.restart({
      narrate: () =>
        (async function* () {
          yield 'Half'
          await new Promise(() => undefined)
          return noVerification
        })(),
    })
    const { events } = await stuck.assistant.ask(
      turn('kettle', { conversationId: 'crash', clientMessageId: 'm1' }),
    )
    const last = await readUntil(events, 'text-delta')
    const after = await harness.restart()
    expect(await after.conversations.markInterrupted()).toBeGreaterThan(0)
    const { parts, text, ids } = await collect(
      (await after.assistant.resume('main', 'crash', null, parseEventId(last)))!,
    )
    expect(parts[0]?.type).toBe('start')
    expect(ids[0]).toMatch(/\.2\.0$/)
    expect(text).toContain('Pebble Electric Kettle')
    const { turns } = await after.conversations.read('main', 'crash')
    expect(turns).toMatchObject([{ status: 'done', attempt: 2 }])
    // The client that sends its message again gets the same turn.
    const again = await collect(
      (await after.assistant.ask(turn('kettle', { conversationId: 'crash', clientMessageId: 'm1' }))).events,
    )
    expect(again.text).toBe(text)
  })

  test('one of many who take over an interrupted turn answers it; the others join', async () => {
    const stuck = await harness.restart({
      narrate: () =>
        (async function* () {
          yield 'Half'
          await new Promise(() => undefined)
          return noVerification
        })(),
    })
    const { events } = await stuck.assistant.ask(turn('kettle', { conversationId: 'race' }))
    const last = parseEventId(await readUntil(events, 'text-delta'))
    const after = await harness.restart()
    await after.conversations.markInterrupted()
    const streams = await Promise.all(
      Array.from({ length: 5 }, () => after.assistant.resume('main', 'race', null, last)),
    )
    const answers = await Promise.all(streams.map((stream) => collect(stream!)))
    expect(new Set(answers.map((answer) => answer.text)).size).toBe(1)
    expect((await after.conversations.read('main', 'race')).turns).toMatchObject([
      { attempt: 2, status: 'done' },
    ])
  })
})

describe('the AI SDK', () => {
  /** The route's work without the server: body in, SSE out. */
  const fetchChat: typeof fetch = async (_url, init) => {
    const request = chatRequest(chatBody.parse(JSON.parse(init?.body as string)))
    const { events } = await harness.assistant.ask(
      turn(request.message, {
        conversationId: request.conversationId ?? 'none',
        clientMessageId: request.messageId,
      }),
    )
    const encoder = new TextEncoder()
    const iterator = events[Symbol.asyncIterator]()
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        const next = await iterator.next()
        if (next.done) return controller.close()
        const data = typeof next.value.data === 'string' ? next.value.data : JSON.stringify(next.value.data)
        controller.enqueue(encoder.encode(`id: ${next.value.id ?? ''}\ndata: ${data}\n\n`))
      },
    })
    return new Response(body, { headers: { 'content-type': 'text/event-stream' } })
  }

  test('sends its own request shape and reads every part of the answer [SHOP-ANSWER-07]', async () => {
    const transport = new DefaultChatTransport({ api: 'http://store.test/chat', fetch: fetchChat })
    const messages: UIMessage[] = [
      { id: 'u1', role: 'user', parts: [{ type: 'text', text: 'football boots' }] },
    ]
    const stream = await transport.sendMessages({
      chatId: 'sdk',
      messages,
      trigger: 'submit-message',
      messageId: undefined,
      abortSignal: undefined,
    })
    let last: UIMessage | null = null
    for await (const message of readUIMessageStream({
      stream,
      onError: (error) => {
        throw error
      },
    }))
      last = message
    const types = last!.parts.map((part) => part.type)
    expect(types).toEqual(
      expect.arrayContaining(['data-understanding', 'data-products', 'text', 'data-citation', 'data-pills']),
    )
    expect(types).not.toContain('data-status')
    expect(last!.parts.find((part) => part.type === 'text')).toMatchObject({
      text: expect.stringContaining('Swift FG Kids'),
      state: 'done',
    })
  })
})
