import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { openMemoryStore } from '../../src/evals/assistant/memory-store.ts'
import { Talker } from '../../src/evals/dialogue/talk.ts'
import { product } from './fixture.ts'

const sized = (id: string, title: string, stocks: Record<string, number>) => {
  const made = product(id, { title, description: 'Aus Filz, mit Sohle aus Kork.' })
  const [variant] = made.variants
  if (variant === undefined) throw new Error('A product has a variant.')
  return {
    ...made,
    variants: Object.entries(stocks).map(([size, stock]) => ({
      ...variant,
      id: `${id}-${size}`,
      options: { größe: size },
      stock,
    })),
  }
}

const folders: string[] = []
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

test('whether goods that a message names can be had in a size is told, and not only what they cost', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-sized-'))
  folders.push(folder)
  const { signal } = new AbortController()
  const products = [
    sized('filz', 'Wollkamp Tarn Filzpantoffel', { 38: 3, 39: 0, 40: 2 }),
    sized('clog', 'Wollkamp Ried Gartenclog', { 38: 1, 39: 4, 40: 2 }),
  ]
  const store = await openMemoryStore({ products, language: 'de', folder, signal })
  const { answer } = await new Talker({ name: 'sized', store, policies: [] }, signal).say(
    'und den filzpantoffel Tarn, habt ihr den in 39?',
    null,
    {},
  )
  expect(answer.text).toContain('in 39')
  expect(answer.text).toContain('nicht lieferbar')
}, 60_000)
