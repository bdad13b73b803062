import { expect, test } from 'vitest'
import type { LanguageCode } from '../../src/language/languages.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'
import { measuredOneIn, mostOrLeast } from '../../src/assistant/by-measure.ts'
import { product } from './fixture.ts'
import { talkingOf } from './talking.ts'

const item = (id: string, title: string, shelf: string, description: string) => ({
  ...product(id, { title, categories: [shelf], sizes: ['One'], description }),
  brand: null,
})

const small = item(
  'small',
  'Brook Flask 0.5 l',
  'Flasks',
  'Keeps drinks hot for 8 hours.\nWeight: 260 g.\nNot for fizzy drinks.',
)
const large = item(
  'large',
  'Brook Flask 1 l',
  'Flasks',
  'Keeps drinks hot for 14 hours.\nWeight: 410 g.\nNot for milk.',
)
const talk = talkingOf([
  small,
  large,
  item('green', 'Moth Lantern Green', 'Lanterns', 'Height 18 cm.'),
  item('black', 'Tall Moth Lantern Black', 'Lanterns', 'Height 34 cm.'),
])

test('one of two in sight is meant by a measure', async () => {
  const { text, cards } = await talk('flasks', 'the lighter one please')
  expect(cards.map(({ title }) => title)).toEqual(['Brook Flask 0.5 l'])
  expect(text).not.toMatch(/do not know/)
  expect((await talk('flasks', 'the bigger one, how long does it keep drinks hot?')).text).toContain(
    '14 hours',
  )
  expect((await talk('flasks', 'can I put milk in the big one?')).text).toContain('Not for milk')
})

test('a question is asked again of the one that a message points at and says no more', async () => {
  const asked = ['flasks', 'how long does the small one keep drinks hot?']
  expect((await talk(...asked)).text).toContain('8 hours')
  expect((await talk(...asked, 'and the other one?')).text).toContain('14 hours')
  expect((await talk(...asked, 'and the bigger one?')).text).toContain('14 hours')
  expect((await talk('lanterns', 'how high is the first one?', 'and the black one?')).text).toContain('34 cm')
})

test('what follows a wish, or says more, asks nothing again', async () => {
  expect((await talk('do you have a lantern?', 'and the black one?')).cards[0]?.title).toBe(
    'Tall Moth Lantern Black',
  )
  const { text } = await talk(
    'flasks',
    'how long does the small one keep drinks hot?',
    'and how heavy is the other one?',
  )
  expect(text).toContain('410 g')
  expect(text).not.toContain('14 hours')
})

test.each<[LanguageCode, string, string]>([
  ['en', 'the lighter of the two', 'small'],
  ['en', 'I’ll look at the heavier one', 'large'],
  ['de', 'das kleinere bitte', 'small'],
  ['de', 'und das große?', 'large'],
  ['fr', 'la plus légère', 'small'],
  ['es', 'el más pequeño de los dos', 'small'],
  ['it', 'la più pesante', 'large'],
  ['pt', 'o mais leve', 'small'],
  ['nl', 'de kleinere', 'small'],
  ['sv', 'den lättare', 'small'],
])('%s: “%s” means the %s one', (code, message, id) => {
  const lexicon = lexiconOf(code)
  const said = measuredOneIn(message, lexicon)
  expect(said && mostOrLeast([small, large], said, lexicon)?.id).toBe(id)
})

test.each<[LanguageCode, string]>([
  ['en', 'a lighter one'],
  ['en', 'is it heavier?'],
  ['de', 'eine große Lampe'],
  ['fr', 'une plus légère'],
])('%s: “%s” means none of those in sight', (code, message) =>
  expect(measuredOneIn(message, lexiconOf(code))).toBeNull(),
)
