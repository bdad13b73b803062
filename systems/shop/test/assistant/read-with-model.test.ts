import { expect, test } from 'vitest'
import { examSentences } from '../../src/assistant/by-model/exam-sentences.ts'
import { heardBy } from '../../src/assistant/by-model/reading.ts'
import type { Reading } from '../../src/assistant/by-model/reading.ts'
import type { Constraint } from '../../src/domain/constraints.ts'
import { languageCodes } from '../../src/language/languages.ts'
import { english, lexiconOf } from '../../src/language/lexicon.ts'
import { understand } from '../../src/understand/understand.ts'
import { bolt, kettle, memoryCatalog, swift } from './fixture.ts'

const goods = [swift, bolt, kettle]
const vocabulary = await memoryCatalog(goods).vocabulary()
const said = 'got smth for my lad to play footie in, 50 quid tops?'
const find: Reading = {
  kind: 'find',
  about: [],
  words: 'kids football boots under 50',
  without: [],
  language: '',
}

const heard = (reading: Reading, message = said, limits: readonly Constraint[] = []) =>
  heardBy(reading, {
    message,
    said: understand(message, { vocabulary }),
    recent: [],
    goods,
    inSight: [swift.id, bolt.id],
    fits: [],
    limits,
    vocabulary,
    lexicon: english,
  })

test('the words of a model are understood by the shop’s own rules [SHOP-READING-02]', () => {
  expect(heard(find)).toMatchObject({
    message: find.words,
    understanding: { intent: 'search', constraints: [{ kind: 'price', max: 50 }] },
  })
  // A value that the catalog does not state filters nothing.
  expect(heard({ ...find, words: 'chartreuse football boots' })?.understanding.constraints).toEqual([])
})

test('a number that nobody said is not taken from a model [SHOP-READING-02]', () => {
  expect(heard({ ...find, words: 'football boots under 20' })).toBeNull()
  expect(heard({ ...find, words: 'football boots under 50000' }, 'boots, 50 thousand at most')).not.toBeNull()
  expect(heard({ ...find, words: 'football boots under 50' }, 'boots for fifty at most')).not.toBeNull()
})

test('what a model points at has to be in sight, and what is done is no business of it [SHOP-READING-02]', () => {
  expect(heard({ ...find, kind: 'question', about: [2], words: 'weight' })?.understanding).toMatchObject({
    intent: 'product-question',
    reference: { kind: 'shown', ids: [bolt.id] },
  })
  expect(heard({ ...find, kind: 'question', about: [9], words: 'weight' })).toBeNull()
  // Given, but not in sight: what it means is found by its words.
  expect(heard({ ...find, kind: 'question', about: [3], words: 'how much the kettle holds' })).toMatchObject({
    understanding: { reference: null },
  })
  expect(heard({ ...find, kind: 'act' })).toBeNull()
  expect(heard({ ...find, words: '' })).toBeNull()
})

test('what is to cost less than one in sight is measured against that one', () => {
  expect(heard({ ...find, kind: 'cheaper', about: [2] })?.understanding.reference).toEqual({
    kind: 'relative',
    direction: 'cheaper',
    than: bolt.id,
  })
})

test('a limit of the price holds where the words of a model leave it out [SHOP-READING-02]', () => {
  const limit: Constraint = {
    kind: 'price',
    min: null,
    max: 50,
    minInclusive: true,
    maxInclusive: true,
    text: '50 tops',
  }
  const words = 'kids football boots'
  expect(heard({ ...find, words }, said, [limit])?.understanding.constraints).toEqual([limit])
  const other = heard({ ...find, words: `${words} under 40` }, 'boots, 40 at most', [limit])
  expect(other?.understanding.constraints).toMatchObject([{ kind: 'price', max: 40 }])
})

test.each(languageCodes)('the examination in %s holds every kind of which there are examples', (code) => {
  const sentences = examSentences(vocabulary, lexiconOf(code))
  expect(sentences.length).toBeGreaterThan(20)
  for (const { input } of sentences) expect(input.message).not.toMatch(/[…{}|]/)
})
