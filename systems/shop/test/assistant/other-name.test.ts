import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Product } from '../../src/domain/product.ts'
import { openMemoryStore } from '../../src/evals/assistant/memory-store.ts'
import { Talker } from '../../src/evals/dialogue/talk.ts'
import { product } from './fixture.ts'

const item = (id: string, title: string): Product =>
  product(id, { title, categories: [], sizes: ['One size'] })

/** A store whose titles say sofa, and couch only of what goes with one. */
const products = [
  ...['Alder', 'Birch', 'Cedar', 'Hazel'].map((name) => item(`sofa-${name}`, `${name} Two Seat Sofa`)),
  item('couch-cover-1', 'Stretch Couch Cover Grey'),
  item('couch-cover-2', 'Quilted Couch Cover Large'),
  item('couch-leg-1', 'Oak Couch Legs'),
  item('sofa-cover-1', 'Velvet Sofa Cover'),
  item('tent-1', 'Ridge Tent'),
]

let folder: string
let store: Awaited<ReturnType<typeof openMemoryStore>>
const { signal } = new AbortController()
const talker = () => new Talker({ name: 'other names', store, policies: [] }, signal)
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'heavylift-other-name-'))
  store = await openMemoryStore({ products, folder, signal })
}, 120_000)
afterAll(() => rm(folder, { recursive: true, force: true }))

test('goods under another name are found by it, before what only goes with them, and their name is said [SHOP-TALK-09]', async () => {
  const { answer } = await talker().say('I need a couch', null, {})
  expect(answer.cards[0]?.productId).toMatch(/^sofa-[A-Z]/)
  expect(answer.cards.some(({ productId }) => productId.startsWith('couch-'))).toBe(false)
  expect(answer.text).toContain('These are called “sofa”, which may be what you mean by “couch”.')
})

test('what goes with them is found by either name [SHOP-TALK-09]', async () => {
  const { answer } = await talker().say('couch cover', null, {})
  expect(answer.cards[0]?.productId).toMatch(/cover/)
  expect(answer.text).not.toContain('what you mean by')
})

test('one with something narrows what was looked for [SHOP-TALK-09]', async () => {
  const first = await talker().say('I need a couch', null, {})
  const { answer } = await talker().say('one with a cover', null, first.state)
  expect(answer.cards[0]?.productId).not.toBe('couch-cover-1')
})
