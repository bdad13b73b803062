import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Product } from '../../src/domain/product.ts'
import { openMemoryStore } from '../../src/evals/assistant/memory-store.ts'
import { Talker } from '../../src/evals/dialogue/talk.ts'

const snack = (at: number): Product => ({
  id: `snack-${at}`,
  title: `${at === 149 ? 'Crunchy Bar' : `Puffed Snack ${at}`}`,
  brand: 'Ember',
  description: at === 149 ? 'A bar of roasted peanuts.' : 'Puffed snacks, a snack for in between.',
  categories: ['Snacks'],
  attributes: {},
  variants: [
    {
      id: `snack-${at}-v`,
      options: {},
      price: { minor: 100 + at, currency: 'EUR' },
      compareAt: null,
      stock: 3,
      image: null,
    },
  ],
  images: [],
  url: null,
  services: [],
  rating: null,
})

test('names the one listing among many that names what hurts, however far down it stands [SHOP-TALK-02]', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-allergy-'))
  const { signal } = new AbortController()
  const products = Array.from({ length: 150 }, (_, at) => snack(at))
  const store = await openMemoryStore({ products, folder, signal })
  const talker = new Talker({ name: 'snacks', store, policies: [] }, signal)
  const { answer } = await talker.say('I am allergic to peanuts, which snacks can I have?', null, {})
  expect(answer.text).toMatch(/listing of Crunchy Bar says “[^”]*peanut[^”]*”, so it is not for you/)
  await rm(folder, { recursive: true, force: true })
})
