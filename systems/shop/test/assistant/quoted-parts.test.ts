import { expect, test } from 'vitest'
import { runOnItems } from '../../src/assistant/run-on.ts'
import { excerptAbout } from '../../src/assistant/compose/excerpt-about.ts'
import { english } from '../../src/language/lexicon.ts'

const listed =
  'Lightweight texture that never pulls Softens rough patches and flaking skin Skin concerns dryness and redness Suited to dry or combination skin Made by hand in small batches How to apply warm a little in your palms, then press it on clean skin before bed'

test('a page that was written into one line is read item by item where it is too long to be quoted', () => {
  const items = runOnItems(listed)
  expect(items).toContain('Suited to dry or combination skin')
  expect(items).toContain('Made by hand in small batches')
  expect(items.every((item) => listed.includes(item))).toBe(true)
  expect(runOnItems('Made in Portugal by Hand')).toEqual(['Made in Portugal by Hand'])
})

test('names within a sentence part nothing, and neither do the nouns of German', () => {
  const sentence = `Our oil is pressed by the Heron Mill in the Fen, and ${'it keeps for many months in the dark '.repeat(6)}`
  expect(runOnItems(sentence)).toEqual([sentence])
  const german = `Die Creme zieht schnell ein und pflegt trockene Haut mit Öl der Mandel, das für die Haut von Kindern geeignet ist. ${'und der Duft ist mild '.repeat(6)}`
  expect(runOnItems(german)).toEqual([german])
})

test('of a long text the part is quoted that says what is asked, word for word', () => {
  const contents = `Ingredients: ${Array.from({ length: 40 }, (_, at) => `extract ${at}`).join(', ')}, cetyl alcohol, salt`
  const quote = excerptAbout(contents, 'does it contain alcohol?', 120, english)
  expect(quote.startsWith('…')).toBe(true)
  expect(contents).toContain(quote.replaceAll('…', ''))
  expect(quote).toContain('cetyl alcohol')
  expect(excerptAbout('Short.', 'anything', 120, english)).toBe('Short.')
})
