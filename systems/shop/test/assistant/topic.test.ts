import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ConversationState } from '../../src/assistant/conversations/tables.ts'
import { openMemoryStore } from '../../src/evals/assistant/memory-store.ts'
import { Talker } from '../../src/evals/dialogue/talk.ts'
import { product } from './fixture.ts'

const item = (id: string, title: string, shelf: string, dollars: number, description = '') => ({
  ...product(id, {
    title,
    brand: null,
    categories: [shelf],
    attributes: {},
    priceMinor: dollars * 100,
    sizes: ['One'],
  }),
  description,
})

/** Robes, rugs and soaps of a small store. */
const products = [
  item('robe-1', 'White Waffle Robe', 'Robes', 115, 'Cut from light cotton in a waffle weave.'),
  item('robe-2', 'Beige Waffle Robe', 'Robes', 118),
  item('robe-3', 'White Velour Robe', 'Robes', 185, 'Thick and warm.\nCare:\n• Wash cold'),
  item('rug-1', 'Fox Rug', 'Rugs', 80, 'Shows a fox at night.'),
  item('rug-2', 'Dawn Rug', 'Rugs', 90, 'Shows people on a hill at dawn.'),
  item('rug-3', 'Amber Heron Rug', 'Rugs', 240, 'Shows a heron.'),
  item('soap-1', 'Plain Soap', 'Soaps', 9),
  item('soap-2', 'Oat Soap', 'Soaps', 11),
  item('soap-3', 'Rose Soap', 'Soaps', 12, 'Smells of roses.'),
]

let folder: string
let talker: Talker
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heavylift-topic-'))
  const { signal } = new AbortController()
  const store = await openMemoryStore({ products, folder, signal })
  talker = new Talker({ name: 'robes', store, policies: [] }, signal)
}, 120_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The last answer of a conversation. */
async function talk(...messages: string[]) {
  let state: ConversationState = {}
  let last = null
  for (const message of messages) {
    last = await talker.say(message, null, state)
    state = last.state
  }
  return {
    text: last?.answer.text ?? '',
    ids: (last?.answer.comparison?.products ?? last?.answer.cards ?? []).map(({ productId }) => productId),
  }
}

test.each(['kettle', 'xbox games', 'do you have curtains?'])(
  '“%s”, which nothing is called, is no wish for more of what was looked for [SHOP-TALK-12]',
  async (message) => {
    const { text, ids } = await talk('rugs', message)
    expect(text).toMatch(
      /^(?:This store lists nothing called|Nothing in this store mentions) “(?:kettle|games|curtains)”/,
    )
    expect(text).not.toMatch(/best match|first, at|comes closest|fits/)
    expect(ids).toEqual([])
  },
)

test('what was not there is not what the next message narrows [SHOP-TALK-12]', async () => {
  expect((await talk('rugs', 'kettle', 'oat soap')).ids[0]).toBe('soap-2')
})

test.each([
  ['with people on it', 'rug-2'],
  ['something with a fox', 'rug-1'],
])('“%s” says which of the last kind [SHOP-TALK-12]', async (message, id) => {
  expect((await talk('rugs', message)).ids[0]).toBe(id)
})

test('what none of the last kind has, and others do, is asked of those [SHOP-TALK-12]', async () => {
  expect((await talk('rugs', 'something with roses')).ids[0]).toBe('soap-3')
})

test('what only dearer ones of the kind have is shown with a word on their price [SHOP-TALK-12]', async () => {
  const { text, ids } = await talk('rugs under 100', 'something in amber')
  expect(ids).toEqual(['rug-3'])
  expect(text).toMatch(/^Nothing of that kind here is under \$100/)
})

test('“the velour one” is the one that is called so, though it is out of sight by now [SHOP-TALK-13]', async () => {
  const { text } = await talk('robes', 'anything under 130?', 'how do I wash the velour one?')
  expect(text).toContain('“Wash cold”')
})

test('“the waffle one”, of which there are two, is none for certain [SHOP-TALK-13]', async () => {
  expect((await talk('robes', 'the waffle one')).ids).not.toEqual(['robe-1'])
})

test('two that are told apart by a word are put side by side [SHOP-TALK-13]', async () => {
  const { ids } = await talk('robes', 'what is the difference between the beige one and the velour one?')
  expect(ids).toEqual(['robe-2', 'robe-3'])
})
