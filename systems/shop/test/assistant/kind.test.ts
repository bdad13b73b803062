import { expect, test } from 'vitest'
import { calledIn, kindTier, merelyMentioned, mostOfKind, nameGoods } from '../../src/assistant/kind.ts'
import { english, lexiconOf } from '../../src/language/lexicon.ts'
import type { Product } from '../../src/domain/product.ts'
import { product } from './fixture.ts'

const on = (title: string, ...categories: string[]) => product('p', { title, categories })

test('a shelf of table lamps is none of tables', () => {
  expect(kindTier(on('Greta Glass Table Lamp', 'Home', 'Table lamps'), 'dining tables', english)).toBe(1)
  expect(kindTier(on('Freya Veneer Table', 'Home', 'Dining tables'), 'dining tables', english)).toBe(4)
})

test('a shelf of several goods is one of each, and what they are for is none of them', () => {
  expect(kindTier(on('Ardo 24 cm', 'Pots & pans for gas'), 'pan', english)).toBeGreaterThan(2)
  expect(kindTier(on('Ardo 24 cm', 'Pots & pans for gas'), 'gas', english)).toBeLessThan(3)
})

test('where adjectives follow the noun, the first word of a shelf says what stands there', () => {
  expect(kindTier(on('Lampe Greta', 'Lampes de table'), 'lampe', lexiconOf('fr'))).toBeGreaterThan(2)
  expect(kindTier(on('Lampe Greta', 'Lampes de table'), 'table', lexiconOf('fr'))).toBeLessThan(3)
})

test('what stands on the shelf of coffee beans below "Coffee & tea" is no tea', () => {
  expect(kindTier(on('Dark Roast', 'Coffee & tea', 'Coffee beans'), 'tea', english)).toBeLessThan(3)
  expect(kindTier(on('Harvest Lane Green', 'Coffee & tea', 'Tea'), 'tea', english)).toBe(4)
})

test('words name goods where most of what they find is called so', () => {
  const screens = [on('Mineral Sunscreen'), on('Sunscreen SPF 40'), on('Day Cream with Sunscreen')]
  expect(nameGoods('sunscreen', screens, english)).toBe(true)
  const small = [on('Rose Toner (Travel Size)'), on('Eye Cream, travel size'), on('Travel Size Kit')]
  expect(nameGoods('travel size', small, english)).toBe(false)
  const minis = [on('Toner Mini', 'Toners'), on('Serum Mini', 'Serums'), on('Soap Mini', 'Soaps')]
  expect(nameGoods('mini', minis, english)).toBe(false)
})

test('what a title calls its product counts wherever its phrase ends [SHOP-TALK-09]', () => {
  const pens = on('VITOLER 8 Pack Ballpoint Pens, 1.0mm Assorted Colored')
  const pouch = on('Pencil Case Large Pouch Pen Bag for School')
  const { items } = mostOfKind([pouch, pens], (each) => each, 'pens', english)
  expect(items).toEqual([pens])
})

test('a title that only holds the noun leaves the order of the search alone [SHOP-TALK-09]', () => {
  const novel = on('The Guest List')
  const society = on('Caste (The Book Club)')
  expect(mostOfKind([novel, society], (each) => each, 'thriller book', english).items).toEqual([
    novel,
    society,
  ])
})

test('adapters for laptops and sleeves of laptops are no laptops [SHOP-TALK-09]', () => {
  const none = () => false
  const found = [on('AC Power Adapter for select laptops - Black'), on('Felt Laptop Sleeve')]
  expect(merelyMentioned(found, 'laptop', none, english)).toEqual({
    word: 'laptop',
    isNamed: true,
    isSure: true,
  })
  // Some are what their titles begin with: of these nothing is said.
  expect(merelyMentioned([on('Lego Classic Bricks')], 'lego', none, english)).toMatchObject({ isSure: false })
  expect(merelyMentioned([...found, on('Aspire 5 Laptop, 15.6"')], 'laptop', none, english)).toBeNull()
  expect(merelyMentioned([...found, on('Aspire 5', 'Laptops')], 'laptop', none, english)).toBeNull()
  // What a shop lists as "Trainers Women Black" is one, where it says of others that they are black.
  expect(merelyMentioned([on('Trainers Black')], 'trainers', (stem) => stem === 'black', english)).toBeNull()
})

test('a noun that no listing found knows is said not to be here, words of talk are not [SHOP-TALK-09]', () => {
  const none = () => false
  const found = [on('Retro Football Jersey'), on('Football Socks')]
  expect(merelyMentioned(found, 'football boots', none, english)).toMatchObject({
    word: 'boots',
    isNamed: false,
  })
  expect(merelyMentioned(found, 'football stuff', none, english)).toBeNull()
})

test('what is called so by its title is of the kind wherever it lies, what calls itself something else is not [SHOP-TALK-09]', () => {
  const shelved = [on('Tidal Sandal', 'Sandals'), on('Reef Slide', 'Sandals')]
  const elsewhere = [on('Leather Cross Sandals', 'Women'), on('Beach Sandal', 'Men')]
  const titlesOf = (products: readonly Product[], type: string) =>
    mostOfKind(products, (product) => product, type, english).items.map(({ title }) => title)
  expect(titlesOf([...shelved, ...elsewhere], 'sandals')).toHaveLength(4)
  const pots = ['Kathy Plant Pot', 'Oval Pot'].map((title) => on(title, 'Pots & Planters'))
  const tray = { ...on('Round Tray', 'Pots & Planters'), attributes: { type: ['Concrete Tray'] } }
  expect(titlesOf([...pots, tray], 'pots')).toEqual(['Kathy Plant Pot', 'Oval Pot'])
  // Where nothing is called by the name of the shelf, all that stand on it are of it.
  expect(
    titlesOf([{ ...tray, categories: ['Accessories'] }, on('Wood Oil', 'Accessories')], 'accessories'),
  ).toHaveLength(2)
})

test('goods are called by the word of a message that most titles end in', () => {
  const cases = [on('Folio Case for iPhone 6'), on('Clear Case - iPhone 6')]
  expect(calledIn("my mom's iphone 6 needs a case", cases, english)).toBe('case')
  expect(calledIn('a charger', cases, english)).toBeNull()
})

test('what stands before a hyphen, and a longer word for another noun of the shelf, are none of what is asked for', () => {
  const german = lexiconOf('de')
  const shelf = 'Kessel & Siebe'
  const tier = (title: string) => kindTier(on(title, shelf), 'kessel', german)
  expect(tier('Orlo Wasserkessel')).toBe(4)
  expect(tier('Kessel-Handgriff 12 cm')).toBe(3)
  expect(tier('Teesieb fein')).toBe(2)
})
