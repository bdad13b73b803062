import { expect, test } from 'vitest'
import { safetyAsked } from '../../src/assistant/asks-safety.ts'
import { placesIn } from '../../src/assistant/plan/places.ts'
import { languageOf } from '../../src/language/language.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'
import { readIntent } from '../../src/understand/read-intent.ts'
import { product } from './fixture.ts'
import { talkingOf } from './talking.ts'

const item = (id: string, title: string, shelf: string, dollars: number, description: string) => ({
  ...product(id, {
    title,
    brand: null,
    categories: [shelf],
    attributes: {},
    priceMinor: dollars * 100,
    sizes: ['One'],
  }),
  description,
})

const products = [
  item('opal', 'Sorrel Colour Bead Choker', 'Chokers', 38, 'Threaded by hand in Lisbon.'),
  item('reed', 'Reed Bangle', 'Bangles', 16, 'A bangle of brass.\nBent by hand in our workshop.'),
  item('fern', 'Fern Bangle', 'Bangles', 21, 'A bangle of steel.'),
  item('jetty', 'Jetty Coat', 'Coats', 90, 'Dark wash denim.\nLined with wool.\nDo not wash.'),
  item('quay', 'Quay Coat', 'Coats', 70, 'Plain denim.\nSize L.'),
  item('pot3', 'Merle Pot 3 Herbs', 'Pots', 18, 'A pot for three herbs.'),
  item('pot4', 'Merle Pot 4 Herbs', 'Pots', 20, 'A pot for four herbs.'),
  item(
    'tiles300',
    'Ludo Set 300',
    'Sets',
    19,
    'Tiles in a tin.\nThe tin is red, with a lid that shuts tight.',
  ),
  item(
    'tiles500',
    'Corvo Set 500',
    'Sets',
    34,
    'Tiles in a case of ash with brass corners.\nThey weigh 11 g each.',
  ),
  item('tiles600', 'Alder Set 600', 'Sets', 58, 'Tiles in a box.'),
  item('flute', 'Ossel Flute', 'Glasses', 9, 'Material: glass with a band of gold.\nNot for the dishwasher.'),
  item(
    'mug',
    'Ossel Mug',
    'Glasses',
    11,
    'Material: glass with a band of gold.\nDishwasher and microwave safe.',
  ),
  item('balm', 'Argan Balm', 'Balms', 12, 'Pure argan.'),
  item('first', 'Discovery Box', 'Boxes', 40, 'Olive soap, clay mask and honey.'),
  item('second', 'Heritage Box', 'Boxes', 31, 'Argan balm, olive soap and fig scrub.'),
]

const talk = talkingOf(products)

test('a price is told beside what else is asked, whatever the goods are called [SHOP-TALK-02]', async () => {
  expect((await talk('how much is the sorrel colour choker and is it in stock')).text).toMatch(
    /\$38\.00.*in stock/,
  )
})

test('what is asked beside what picks one by its price is answered [SHOP-TALK-02]', async () => {
  expect((await talk('bangles', 'the cheaper one please, is it bent by hand?')).text).toContain(
    'Bent by hand in our workshop',
  )
})

test('each question of a comparison is answered [SHOP-TALK-02]', async () => {
  const { text } = await talk('reed bangle or fern bangle, which one is brass and what do they cost?')
  expect(text).toMatch(/brass.*Reed Bangle/)
  expect(text).toContain('$16.00')
})

test('what names two says nothing of what is asked of them [SHOP-TALK-02]', async () => {
  const { text } = await talk('ossel flute or ossel mug, which of the two can i put in the dishwasher?')
  expect(text).toContain('Not for the dishwasher')
  expect(text).toContain('Dishwasher and microwave safe')
  expect((await talk('reed bangle or fern bangle, which costs less?')).text).toMatch(
    /^Reed Bangle is cheaper/,
  )
})

test('which of several is so is told by their titles, too [SHOP-TALK-02]', async () => {
  expect((await talk('pots', 'which of them is merle?')).text).not.toMatch(/^Only/)
  expect((await talk('bangles', 'which of them is steel?')).text).toContain('Fern Bangle')
  const sets = await talk('sets of tiles', 'which of those is alder?')
  expect(sets.text).toMatch(/alder.*Alder Set 600/)
})

test('anything may be whatever keeps the price [SHOP-TALK-02]', async () => {
  expect((await talk('anything under $10')).cards.map(({ title }) => title)).toEqual(['Ossel Flute'])
})

test('a number of a name is no place in a list [SHOP-TALK-02]', async () => {
  expect(placesIn('the pot 3 or the pot 4', 6, lexiconOf('en'))).toEqual([])
  expect(placesIn('compare 1 and 3', 6, lexiconOf('en'))).toEqual([0, 2])
  expect((await talk('difference between the merle pot 3 herbs and the merle pot 4 herbs')).text).toMatch(
    /\$18\.00 .*\$20\.00/,
  )
})

test('a misspelt word of comparing is none of the goods [SHOP-TALK-02]', async () => {
  expect((await talk('whats the diffrence between the reed bangle and the fern bangle')).text).toMatch(
    /^Reed Bangle is cheaper/,
  )
})

test('a size or a number that has to be reached leaves out what lacks it, where some has it [SHOP-TALK-02]', async () => {
  expect((await talk('a denim coat in size L')).cards.map(({ title }) => title)).toEqual(['Quay Coat'])
  const answer = await talk('a set with at least 500 tiles')
  expect(answer.cards.map(({ title }) => title).toSorted()).toEqual(['Alder Set 600', 'Corvo Set 500'])
  expect((await talk('a set with at least 500 tiles', 'which of them is the cheapest?')).text).toContain(
    'Corvo Set 500',
  )
})

test('what is done with goods is told by the line that says so, a denial first [SHOP-TALK-02]', async () => {
  expect((await talk('jetty coat', 'can i put it in the washing machine')).text).toContain('Do not wash')
})

test('a weight is told by what gives one [SHOP-TALK-02]', async () => {
  expect((await talk('how much do the tiles in the corvo set 500 weigh?')).text).toContain('11 g')
})

test('which of two listings says something is not asked of a third that is called so [SHOP-TALK-02]', async () => {
  const { text } = await talk(
    'difference between the discovery box and the heritage box',
    'which one has argan balm?',
  )
  expect(text).toMatch(/argan.*Heritage Box/)
})

test('the second of what was compared is the second that was named, and no other is looked for [SHOP-TALK-02]', async () => {
  const compared = 'difference between the heritage box and the discovery box'
  expect((await talk(compared, 'is there clay in the second?')).text).toContain('clay mask')
  expect((await talk(compared, 'is there argan in the second?')).cards).toEqual([])
})

test('whose a child is and what it does says that it is one [SHOP-TALK-02]', () => {
  expect(safetyAsked('is the quilt safe in the cot of my 4 month old?', languageOf('en'))).toEqual({
    kind: 'safety',
  })
  expect(
    safetyAsked('kann meine Tochter damit spielen? sie nimmt alles in den Mund', languageOf('de')),
  ).toEqual({
    kind: 'safety',
  })
  expect(safetyAsked('is it dishwasher safe?', languageOf('en'), true)).toBeNull()
})

test('a service that the whole message tells is heard before the question of one sentence [SHOP-TALK-02]', () => {
  expect(readIntent('vcs mandam pro Algarve? quanto é o frete', lexiconOf('pt'))).toMatchObject({
    intent: 'service',
    topic: 'shipping',
  })
})
