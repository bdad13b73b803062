import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ConversationFilter } from '../../src/assistant/conversations/conversation-store.ts'
import { collect, startHarness, turn } from './harness.ts'
import type { Harness } from './harness.ts'

let harness: Harness
beforeAll(async () => {
  harness = await startHarness()
  for (const [conversationId, message] of [
    ['boots', 'football boots under $60'],
    ['poem', 'write me a poem'],
    ['shipping', 'what does shipping cost?'],
    ['kayak', 'a kayak'],
  ] as const)
    await collect((await harness.assistant.ask(turn(message, { conversationId }))).events)
})
afterAll(() => harness.close())

const find = async (filter: Partial<ConversationFilter>) => {
  const found = await harness.conversations.list('main', {
    shopperId: null,
    words: null,
    outcome: null,
    fromMs: null,
    toMs: null,
    limit: 10,
    offset: 0,
    ...filter,
  })
  return found.map(({ id }) => id).toSorted()
}

test('finds conversations by what shoppers wrote, by what became of it and by date [SHOP-TALK-04]', async () => {
  expect(await find({ words: 'boots' })).toEqual(['boots'])
  expect(await find({ words: 'cost -shipping' })).toEqual([])
  expect(await find({ outcome: 'not-ours' })).toEqual(['poem'])
  expect(await find({ outcome: 'store-unsaid' })).toEqual(['shipping'])
  expect(await find({ outcome: 'nothing-found' })).toEqual(['kayak'])
  expect(await find({ words: 'boots', outcome: 'not-ours' })).toEqual([])
  expect(await find({ toMs: Date.now() - 86_400_000 })).toEqual([])
  expect(await find({ fromMs: Date.now() - 86_400_000 })).toHaveLength(4)
})
