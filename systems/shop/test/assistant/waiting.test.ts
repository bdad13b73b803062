import { sleep } from '@heavylift/core/async'
import { silentLogger } from '@heavylift/core'
import { ModelError } from '@heavylift/models'
import type { Complete } from '@heavylift/models'
import { expect, test } from 'vitest'
import { AspectCache } from '../../src/assistant/aspects/aspect-cache.ts'
import { askModelOf } from '../../src/assistant/by-model/ask-model.ts'
import { ModelPace } from '../../src/assistant/by-model/model-pace.ts'
import { ModelWorth } from '../../src/assistant/model-worth.ts'
import { answerTurn, narrateFacts } from '../../src/assistant/turn.ts'
import type { AnswerPart } from '../../src/domain/answer.ts'
import { memoryCatalog, memorySearch, product } from './fixture.ts'

const goods = ['Halden Desk Lamp', 'Kiln Reading Lamp', 'Bray Lantern'].map((title, at) =>
  product(`p${at}`, { title, priceMinor: 1000 * (at + 1), categories: ['Lamps'] }),
)

/** A model that passed, and says what it is told after some time. */
function modelOf(answer: (options: Parameters<Complete>[1], prompt: string) => Promise<string>) {
  const complete: Complete = async function* (messages, options) {
    yield { type: 'text', text: await answer(options, String(messages[1]?.content)) }
    yield { type: 'done', finishReason: 'stop', usage: null }
  }
  const worth = new ModelWorth({ monotonicMs: () => 0 })
  worth.report('m', { firstSentenceMs: 1, kept: 1 })
  const pace = new ModelPace()
  const model = { name: 'm', complete }
  const stopping = new AbortController().signal
  return {
    worth,
    pace,
    ask: (mostMs: number) => askModelOf({ model, worth, pace, mostMs, log: silentLogger, stopping }),
  }
}

const late = (options: Parameters<Complete>[1]): Promise<string> =>
  new Promise((_, reject) => {
    options.signal.addEventListener('abort', () =>
      reject(new ModelError({ code: 'model-aborted', message: 'given up' })),
    )
  })

async function answer(
  message: string,
  ask: ReturnType<typeof askModelOf>,
  state: Parameters<typeof answerTurn>[2]['state'] = {},
) {
  const turn = answerTurn(
    't',
    1,
    { message, pageProductId: null, device: null, shopperId: null, state, atMs: 0 },
    {
      tenantId: 'main',
      catalog: memoryCatalog(goods, [], []),
      search: memorySearch(goods),
      memory: null,
      brandPages: null,
      tools: null,
      aspects: new AspectCache(),
      shopperId: null,
      conversationId: 'c',
      turnId: 't',
      monotonicMs: () => performance.now(),
      signal: new AbortController().signal,
      narrate: narrateFacts,
      ask,
      admit: () => Promise.resolve(() => undefined),
    },
  )
  const parts: AnswerPart[] = []
  for (;;) {
    const next = await turn.next()
    if (next.done) return { parts, calls: next.value.calls }
    parts.push(next.value)
  }
}

const chosen = (fits: number[]) =>
  JSON.stringify({ kind: 'find', about: [], words: 'lamp', without: [], fits, near: [], lines: [] })
const types = (parts: readonly AnswerPart[]) => parts.map(({ type }) => type)

test('who waits is told that it is looked at, sees after a second what was found first, and then what was chosen in its place [SHOP-CHOOSING-04]', async () => {
  const { ask } = modelOf(async () => {
    await sleep(1_300)
    return chosen([3])
  })
  const { parts } = await answer('lamp', ask(10_000))
  const first = parts.findIndex(({ type }) => type === 'data-first-finds')
  const results = parts.findIndex(({ type }) => type === 'data-products')
  expect(types(parts.slice(0, first))).toEqual(['start', 'data-status', 'data-status'])
  expect(parts[first]).toMatchObject({ transient: true, data: { title: 'First finds' } })
  expect(results).toBeGreaterThan(first)
  expect(parts[results]).toMatchObject({ data: { cards: [{ productId: 'p2' }] } })
})

test('what comes at once is shown at once, with nothing before it', async () => {
  const { ask } = modelOf(() => Promise.resolve(chosen([3])))
  expect(types((await answer('lamp', ask(10_000))).parts)).not.toContain('data-first-finds')
})

test('a model has what its last calls took with some room, and never more than the merchant allows [SHOP-CHOOSING-04]', () => {
  const pace = new ModelPace()
  expect(pace.allowedMs('m', 8_000)).toBe(8_000)
  pace.restart('m', [1_900, 2_000, 2_000])
  expect(pace.allowedMs('m', 8_000)).toBe(3_000)
  pace.report('m', 40)
  pace.restart('fast', [80])
  expect(pace.allowedMs('fast', 8_000)).toBe(1_000)
  pace.restart('slow', [7_000])
  expect(pace.allowedMs('slow', 8_000)).toBe(8_000)
  expect(pace.usualMs('slow')).toBe(7_000)
})

test('one that becomes late is waited for longer, then left alone, and the rules answer [SHOP-CHOOSING-04]', async () => {
  const { ask, worth, pace } = modelOf(late)
  pace.restart('m', [100])
  const allowed: unknown[] = []
  for (let turn = 0; turn < 2; turn++) {
    const { calls } = await answer('lamp', ask(1_600))
    const call = calls.find(({ step }) => step === 'model')
    allowed.push((call?.arguments as { allowedMs?: number } | undefined)?.allowedMs)
    expect(call?.error ?? 'late').toBe('late')
  }
  expect(allowed).toEqual([1_000, undefined])
  expect(pace.allowedMs('m', 1_600)).toBe(1_600)
  expect(worth.use('m').state).toBe('unused')
})

test('a greeting asks no model', async () => {
  let asked = 0
  const { ask } = modelOf(() => {
    asked++
    return Promise.resolve(chosen([]))
  })
  await answer('hello there', ask(10_000))
  expect(asked).toBe(0)
  await answer('lamp', ask(10_000))
  expect(asked).toBe(1)
})
