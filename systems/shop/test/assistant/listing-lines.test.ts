import { expect, test } from 'vitest'
import { askedIn, evidenceFor } from '../../src/assistant/asked.ts'
import { piecesOf, sectionsOf } from '../../src/assistant/listing-lines.ts'
import { languageCodes } from '../../src/language/languages.ts'
import { english, lexiconOf } from '../../src/language/lexicon.ts'
import { product } from './fixture.ts'

const description = [
  'A toner for every day. Made in Lund.',
  'Application:',
  '• After cleansing, pat over face',
  '• Can be used twice daily',
  'Ingredients:',
  '• Water, salt',
  'Is it vegan?',
  'Yes, all of it is.',
].join('\n')

test('a description is read piece by piece, each under its heading [SHOP-ANSWER-11]', () => {
  expect(piecesOf(description)).toEqual([
    { text: 'A toner for every day.', heading: null },
    { text: 'Made in Lund.', heading: null },
    { text: 'After cleansing, pat over face', heading: 'Application:' },
    { text: 'Can be used twice daily', heading: 'Application:' },
    { text: 'Water, salt', heading: 'Ingredients:' },
    { text: 'Yes, all of it is.', heading: 'Is it vegan?' },
  ])
  expect(sectionsOf(description).map(({ text }) => text)).toEqual([
    'Application: • After cleansing, pat over face • Can be used twice daily',
    'Ingredients: • Water, salt',
    'Is it vegan? Yes, all of it is.',
  ])
})

test('items that run on in one line are pieces, and a last line heads nothing [SHOP-ANSWER-11]', () => {
  expect(piecesOf('Good: • One • Two\nNote:')).toEqual([
    { text: 'One', heading: 'Good:' },
    { text: 'Two', heading: 'Good:' },
    { text: 'Note:', heading: 'Good:' },
  ])
})

test.each([
  ['how often should I use it?', 'Application: • After cleansing, pat over face • Can be used twice daily'],
  ['how do I take it', 'Application: • After cleansing, pat over face • Can be used twice daily'],
  ["what's in it?", 'Ingredients: • Water, salt'],
  ['where is it made?', 'Made in Lund.'],
])('“%s” is answered where the listing says so in other words [SHOP-ANSWER-11]', (question, text) => {
  const listed = product('toner', { title: 'Toner', description, attributes: {} })
  const found = askedIn(question, english).map((name) => evidenceFor(name, listed, english)?.text)
  expect(found).toContain(text)
})

test('columns answer as well, choices and shelves do not [SHOP-ANSWER-11]', () => {
  const listed = product('fern', {
    title: 'Fern',
    attributes: { water_frequency: ['7days'], country_of_origin: ['Lund'] },
    sizes: ['S', 'M'],
  })
  const said = (question: string) =>
    askedIn(question, english).flatMap((name) => evidenceFor(name, listed, english)?.text ?? [])
  expect(said('how often do I water it?')).toEqual(['Water frequency: 7days'])
  expect(said('where does it come from?')).toEqual(['Country of origin: Lund'])
  expect(said('do they run small?')).toEqual([])
})

test('what a listing does not say is not made up [SHOP-ANSWER-11]', () => {
  const listed = product('mug', { title: 'Mug', description: 'A mug for daily use. It fits your hand.' })
  for (const question of [
    'what is in it?',
    'how often should I use it?',
    'do they run small?',
    'who makes it?',
  ])
    for (const name of askedIn(question, english)) expect(evidenceFor(name, listed, english)).toBeNull()
})

test.each(languageCodes)('%s knows how each of these is asked [SHOP-ANSWER-11]', (code) => {
  const lexicon = lexiconOf(code)
  const names = lexicon.language.askedLines.map((line) => line.slice(0, line.indexOf('=')).trim())
  expect(names.toSorted()).toEqual([
    'brand',
    'contents',
    'designer',
    'fit',
    'included',
    'maker',
    'material',
    'needs',
    'often',
    'package',
    'unavailable',
    'use',
  ])
  for (const line of lexicon.language.askedLines) {
    const [name = '', rest = ''] = line.split(/ = (.*)/)
    for (const ask of (rest.split('|')[0] ?? '').split(';')) expect(askedIn(ask, lexicon)).toContain(name)
  }
})
