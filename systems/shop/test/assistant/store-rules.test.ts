import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { excerptOf, rulesOn } from '../../src/assistant/store-rules.ts'
import { openMemoryStore } from '../../src/evals/assistant/memory-store.ts'
import { Talker } from '../../src/evals/dialogue/talk.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'
import { product } from './fixture.ts'

const rules = {
  delivery: {
    section: 'shipping',
    title: 'Delivery',
    text: 'Parcels cost £3 in England. Wales is £4. Scotland is £5. To Ireland it is £9. Elsewhere we do not send.',
  },
  payment: {
    section: 'payment',
    title: 'Zahlung',
    text: 'Wir nehmen Karten. Vereine zahlen auf Rechnung. Vorkasse geht auch. Ratenzahlung bieten wir nicht an.',
  },
  orders: {
    section: 'orders',
    title: 'Your order',
    text: 'A tracking link comes by mail. If a parcel is late, call 0123 456.',
  },
  gifts: { section: 'gifts', title: 'Gifts', text: 'We wrap gifts for £2. A card is free.' },
}

let folder: string
let talker: Talker
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heavylift-rules-'))
  const { signal } = new AbortController()
  const products = [product('mug', { title: 'Ossel Mug', brand: null, categories: ['Mugs'] })]
  const store = await openMemoryStore({ products, folder, signal })
  talker = new Talker({ name: 'rules', store, policies: [rules.orders, rules.gifts, rules.delivery] }, signal)
}, 60_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

test('what part of a rule is asked for is told, by part of a word too', () => {
  expect(excerptOf(rules.delivery, 'do you send to Ireland?', lexiconOf('en'))).toContain('Ireland it is £9')
  expect(excerptOf(rules.payment, 'kann man in Raten zahlen?', lexiconOf('de'))).toContain(
    'Ratenzahlung bieten',
  )
})

test('a short rule is told as a whole where nothing tells which part is asked for', () =>
  expect(excerptOf(rules.delivery, 'Wohin liefert ihr?', lexiconOf('en'))).toBe(rules.delivery.text))

test('what the store says of something else is found by the words of the question', () => {
  const all = Object.values(rules)
  expect(rulesOn('store', 'do you gift wrap it?', all, lexiconOf('en'))[0]?.section).toBe('gifts')
  expect(rulesOn('warranty', 'is a gift guaranteed?', all, lexiconOf('en'))).toEqual([])
})

test('who is not known here is told what the store says of orders', async () => {
  const { text } = (await talker.say('where is my order? I ordered nine days ago', null, {})).answer
  expect(text).toContain('Sign in')
  expect(text).toContain('call 0123 456')
})
