import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ConversationState } from '../../src/assistant/conversations/tables.ts'
import type { Product } from '../../src/domain/product.ts'
import { openMemoryStore } from '../../src/evals/assistant/memory-store.ts'
import { Talker } from '../../src/evals/dialogue/talk.ts'
import { product } from './fixture.ts'

const item = (id: string, title: string, euros: number, description: string): Product => {
  const made = product(id, { title, categories: ['Casa'], description })
  const variants = made.variants.map((variant) => ({
    ...variant,
    price: { minor: euros * 100, currency: 'EUR' },
  }))
  return { ...made, variants }
}

/** Jugs, two racks, and boxes, all on one shelf. */
const products = [
  item('jug-1', 'Jarra Sol', 14, 'Una jarra hecha en vidrio soplado, para agua o vino.'),
  item('jug-2', 'Jarra Luna', 19, 'Una jarra de vidrio grueso. No incluye tapa.'),
  item('jug-3', 'Jarra Barro', 9, 'Una jarra de barro cocido.'),
  item('rack-1', 'Perchero Roble', 40, 'Un perchero para cuatro abrigos.'),
  item('rack-2', 'Perchero Negro', 75, 'Un perchero para seis abrigos.'),
  item('box-1', 'Caja Negra', 12, 'Una caja con tapa.'),
  item('box-2', 'Caja Blanca', 11, 'Una caja con tapa.'),
]

let folder: string
let talker: Talker

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heavylift-named-'))
  const { signal } = new AbortController()
  const store = await openMemoryStore({ products, language: 'es', folder, signal })
  talker = new Talker({ name: 'casa', store, policies: [] }, signal)
}, 120_000)

afterAll(() => rm(folder, { recursive: true, force: true }))

async function say(...messages: string[]) {
  let state: ConversationState = {}
  let last = null
  for (const message of messages) {
    last = await talker.say(message, null, state)
    state = last.state
  }
  if (last === null) throw new Error('Nothing was said.')
  return last
}

test('one of a list that is called by its colour is cheaper or dearer than others of that list, not than what is of that colour', async () => {
  const { answer } = await say('percheros', 'el negro', 'algo parecido pero más económico')
  expect(answer.cards.map(({ title }) => title)).toEqual(['Perchero Roble'])
})

test('what goods are called and listed with is a search, whatever it is said for elsewhere', async () => {
  const { answer, outcome } = await say('jarra de vidrio')
  expect(outcome.plan.kind).toBe('results')
  expect(answer.cards.map(({ title }) => title)).toEqual(expect.arrayContaining(['Jarra Sol', 'Jarra Luna']))
})

test('what is not wanted of a list is left out of it', async () => {
  const { answer, outcome } = await say('jarras', 'no quiero jarra de vidrio')
  expect(outcome.plan.understanding.intent).not.toBe('care')
  expect(answer.cards.map(({ title }) => title)).not.toContain('Jarra Sol')
})

test('which of a list costs less is told by what they cost, and by no line of a listing', async () => {
  const { answer } = await say('percheros', '¿cuál cuesta menos?')
  expect(answer.text).toContain('40,00')
  expect(answer.text).not.toContain('La ficha dice')
})
