import { expect, test } from 'vitest'
import { lexiconOf } from '../../src/language/lexicon.ts'
import { titleNouns } from '../../src/language/nouns.ts'
import { mostOfKind } from '../../src/assistant/kind.ts'
import { negationScopes } from '../../src/understand/negation.ts'
import { tokenize } from '../../src/understand/text.ts'
import { product } from './fixture.ts'
import { talkingOf } from './talking.ts'

const item = (id: string, title: string, shelf: string, description = '') =>
  product(id, {
    title,
    description,
    brand: 'Ostrel',
    categories: [shelf],
    attributes: {},
    sizes: ['One'],
  })

const say = talkingOf([
  item('urn-l', 'Ostrel Tea Urn 8 l', 'Urns', 'Steel, with a tap and a domed lid.'),
  item('urn-s', 'Ostrel Tea Urn 4 l', 'Urns', 'Steel, with a tap and a domed lid.'),
  item('lid', 'Replacement Lid for Tea Urns', 'Urns', 'Steel.'),
  item('cosy-s', 'Wool Cosy, small', 'Textiles', 'For urns up to 5 l.'),
  item('cosy-l', 'Wool Cosy, large', 'Textiles', 'For urns from 6 to 10 l.'),
  item('tray', 'Beech Tray', 'Trays', 'Oiled.'),
])

const shownBy = async (...messages: string[]) =>
  (await say(...messages)).cards.map(({ productId }) => productId)

test('shows urns to who asks for urns, and no lid for one', async () => {
  const ids = await shownBy('tea urns')
  expect(ids).toContain('urn-l')
  expect(ids).not.toContain('lid')
})

test.each(['and just the lid?', 'can I get only the lid?', 'is the lid sold separately?'])(
  'after urns, “%s” shows the lid',
  async (message) => {
    expect((await shownBy('a tea urn of 8 l', message))[0]).toBe('lid')
  },
)

test('“which cosy goes on it?” after an urn of 8 l shows the cosy for as much', async () => {
  expect(await shownBy('ostrel tea urn 8 l', 'which cosy goes on it?')).toEqual(['cosy-l'])
})

test('“beech it is, and a cosy for it?” asks for cosies, though a tray is called beech', async () => {
  expect((await shownBy('trays', 'Beech it is then. Is there a cosy for it?'))[0]).toMatch(/^cosy/)
})

test('what stands behind a preposition is no kind of goods, though a shelf is called so', async () => {
  expect((await shownBy('ok, and I want a cosy that goes on both, on the urns and on trays'))[0]).toMatch(
    /^cosy/,
  )
})

test('“is the lid heavy?” is asked of the urn', async () => {
  expect(await shownBy('ostrel tea urn 8 l', 'is the lid heavy?')).not.toContain('lid')
})

test('a title in German calls its product by the last word that is written as a noun', () => {
  const { language } = lexiconOf('de')
  expect(titleNouns('Ostrel Teekanne bauchig', 'Ostrel', language)).toContain('teekanne')
  expect(titleNouns('Filterpapier ungebleicht, 40 Stück', null, language)).toContain('filterpapier')
})

test.each([
  ['ich brauche noch Tassen', false],
  ['ohne Henkel noch Deckel', true],
  ['weder Henkel noch Deckel', true],
])('“%s” rules something out: %s', (message, is) => {
  const lexicon = lexiconOf('de')
  expect(negationScopes(tokenize(message, lexicon), lexicon.language).at(-1) !== -1).toBe(is)
})

test.each([
  ['es', 'mi gata no bebe agua y querría una fuente', 'fuente', false],
  ['es', 'una manta sin lana y sin plumas', 'plumas', true],
  ['de', 'kein Filz und brauch Decken', 'decken', false],
] as const)('%s: “%s” rules out %s: %s', (code, message, word, is) => {
  const lexicon = lexiconOf(code)
  const tokens = tokenize(message, lexicon)
  const at = tokens.findIndex((token) => token.word === word)
  expect(negationScopes(tokens, lexicon.language)[at] !== -1).toBe(is)
})

test.each([
  ['en', 'urn', ['Steel Tea Urn', 'Refill Filter for Urn']],
  ['de', 'kanne', ['Stahlkanne', 'Ersatzdeckel für Kanne']],
  ['es', 'jarra', ['Jarra Acero', 'Tapa de Recambio Jarra']],
  ['fr', 'carafe', ['Carafe Acier', 'Couvercle de Rechange Carafe']],
  ['it', 'caraffa', ['Caraffa Acciaio', 'Coperchio di Ricambio Caraffa']],
  ['pt', 'jarra', ['Jarra Aço', 'Tampa de Reposição Jarra']],
  ['nl', 'ketel', ['Stalen Ketel', 'Reservedeksel voor Ketel']],
  ['sv', 'kanna', ['Stålkanna', 'Reservlock till Kanna']],
] as const)('%s: what says to be a spare part of a %s is none', (code, type, titles) => {
  const products = titles.map((title, at) => item(String(at), title, type))
  const { items } = mostOfKind(products, (one) => one, type, lexiconOf(code))
  expect(items.map(({ id }) => id)).toEqual(['0'])
})
