import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isSlip, mendSpelling } from '../../src/assistant/spelling.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'
import { openMemoryStore } from '../../src/evals/assistant/memory-store.ts'
import { makerProducts } from '../../src/evals/dialogue/maker-catalog.ts'
import { Talker } from '../../src/evals/dialogue/talk.ts'

describe('a misspelt word', () => {
  test.each([
    ['baccon', 'bacon'],
    ['protien', 'protein'],
    ['interuptor', 'interruptor'],
    ['sheves', 'shelves'],
  ])('%s may be meant for %s', (said, meant) => {
    expect(isSlip(said, meant)).toBe(true)
  })

  test.each([
    ['boots', 'boost'],
    ['cable', 'table'],
    ['scarf', 'scars'],
    ['lamp', 'lamp'],
  ])('%s is no slip for %s', (said, meant) => {
    expect(isSlip(said, meant)).toBe(false)
  })

  let folder = ''
  let talker: Talker
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'heavylift-spelling-'))
    const { signal } = new AbortController()
    const store = await openMemoryStore({ products: makerProducts, folder, signal })
    talker = new Talker({ name: 'maker', store, policies: [] }, signal)
  }, 120_000)
  afterAll(() => rm(folder, { recursive: true, force: true }))

  test('is read as what the store writes, and the answer says so', async () => {
    const { answer } = await talker.say('a writting desk', null, {})
    expect(answer.text).toMatch(/^I take “writting” to mean “writing”/)
    expect(answer.cards[0]?.title).toContain('Writing Desk')
  })

  test('is left alone where a listing holds it', async () => {
    const { answer } = await talker.say('a desk', null, {})
    expect(answer.text).not.toContain('to mean')
  })

  test.each([
    ['silla para el carro', 'silla para el carro'],
    ['muéstrame la diferncia', 'muéstrame la diferencia'],
  ])('of a few letters is no word of talk: “%s” is heard as “%s”', async (said, heard) => {
    const nothing = { search: async () => ({ hits: [] }), products: async () => [] } as never
    const vocabulary = { facets: new Map(), brands: new Map(), categories: new Map(), currency: 'EUR' }
    const sources = { catalog: nothing, search: nothing, vocabulary, lexicon: lexiconOf('es') }
    expect((await mendSpelling(said, sources)).text).toBe(heard)
  })
})
