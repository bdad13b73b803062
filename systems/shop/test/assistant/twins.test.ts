import { describe, expect, test } from 'vitest'
import type { Product } from '../../src/domain/product.ts'
import type { LanguageCode } from '../../src/language/languages.ts'
import { english, lexiconOf } from '../../src/language/lexicon.ts'
import { beyond } from '../../src/assistant/twin-order.ts'
import { wordsApart } from '../../src/assistant/twins.ts'
import { beyondTwins, twinMeant, twinsWantedOf } from '../../src/assistant/plan/twin-asked.ts'
import { planContext, product } from './fixture.ts'
import { talkingOf } from './talking.ts'

const item = (
  title: string,
  shelf: string,
  attributes: Record<string, string[]> = {},
  description = '',
  brand = 'Tarn',
): Product => product(title, { title, brand, description, categories: [shelf], attributes, sizes: ['one'] })

const kettle = item('Tarn Otter Kettle 1.2 L', 'Kettles')
const big = item('Tarn Otter Kettle 1.8 L', 'Kettles')
const copper = item('Tarn Otter Copper Kettle 1.2 L', 'Kettles', {}, 'Polished by hand.')
const mini = item('Tarn Otter Mini Kettle', 'Kettles')
const lid = item('Tarn Otter Replacement Lid for Kettle 1.2 L', 'Kettles')
const cover = item('Tarn Otter Kettle Cover', 'Kettles')
const others = item('Fen Otter Kettle 1.8 L', 'Kettles', {}, '', 'Fen')

test('near twins are of one maker, shelf and noun, and neither is a spare part or what covers the other [SHOP-TALK-18]', () => {
  const twins = [big, copper, mini, lid, cover, others].filter(
    (other) => wordsApart(kettle, other, english) !== null,
  )
  expect(twins.map(({ title }) => title)).toEqual([big.title, copper.title, mini.title])
  const de = lexiconOf('de')
  const mixer = item('Tarn Rührgerät Wirbel 400 W', 'Küche')
  const max = item('Tarn Rührgerät Wirbel Max 900 W', 'Küche')
  const hook = item('Tarn Ersatz-Haken Wirbel', 'Küche')
  expect(wordsApart(mixer, max, de)).toBe(1)
  expect(wordsApart(mixer, hook, de)).toBeNull()
})

describe('which of two twins has more [SHOP-TALK-18]', () => {
  const size = (isMore: boolean) => ({ by: 'length' as const, isMore })
  const model = (isMore: boolean) => ({ by: 'model' as const, isMore })
  test.each([
    ['what titles measure', item('Reed Pot 4.5 l', 'Pots'), item('Reed Pot 6 l', 'Pots')],
    [
      'what titles count',
      item('Reed Toaster 2 Slices', 'Toasters'),
      item('Reed Toaster 4 Slices', 'Toasters'),
    ],
    ['sizes in letters', item('Reed Bag Small', 'Bags'), item('Reed Bag Large', 'Bags')],
    ['sizes by name', item('Reed Mini Tray 24 Cup', 'Trays'), item('Reed Tray 12 Cup', 'Trays')],
    [
      'the sides that fields state',
      item('Reed Lock A', 'Locks', { inside: ['108 x 230 mm'], weight: ['2 kg'] }),
      item('Reed Lock B', 'Locks', { inside: ['108 x 300 mm'], weight: ['1 kg'] }),
    ],
    ['bare numbers', item('Reed Lock 230', 'Locks'), item('Reed Lock 300', 'Locks')],
  ])('by %s', (_, less, more) => {
    expect(beyond(more, less, size(true), english)).toBeGreaterThan(0)
    expect(beyond(more, less, size(false), english)).toBeNull()
    expect(beyond(less, more, size(false), english)).toBeGreaterThan(0)
  })

  test('sides of which one says more and one less say nothing', () => {
    const low = item('Reed Bench A', 'Benches', { size: ['120 x 40 cm'] })
    const deep = item('Reed Bench B', 'Benches', { size: ['100 x 60 cm'] })
    expect(beyond(deep, low, size(true), english)).toBeNull()
    expect(beyond(deep, low, size(false), english)).toBeNull()
  })

  test.each([
    ['the number of the name', item('Heron Tent, Green', 'Tents'), item('Heron 2 Tent, Green', 'Tents')],
    [
      'what titles say',
      item('Heron 7 Tent (previous model)', 'Tents'),
      item('Heron 7 Tent', 'Tents', {}, 'Stands in storms.'),
    ],
    [
      'what descriptions say',
      item('Heron Tent', 'Tents'),
      item('Heron Air Tent', 'Tents', {}, 'Successor of the Heron.'),
    ],
  ])('the newer model by %s', (_, older, newer) => {
    expect(beyond(newer, older, model(true), english)).toBeGreaterThan(0)
    expect(beyond(older, newer, model(false), english)).toBeGreaterThan(0)
    expect(beyond(newer, older, model(false), english)).toBeNull()
  })
})

const contextOf = (of: Product, twins: readonly Product[], code: LanguageCode, nouns: string[] = []) => {
  const lexicon = lexiconOf(code)
  const meanings = new Set(nouns.map((noun) => lexicon.meaning(noun)))
  const found = twins.flatMap((twin) => {
    const apart = wordsApart(of, twin, lexicon)
    return apart === null ? [] : [{ product: twin, apart }]
  })
  return planContext({
    shown: [of],
    list: [of],
    focusId: of.id,
    lexicon,
    isNoun: (meaning) => meanings.has(meaning),
    twins: { of, twins: found.toSorted((a, b) => a.apart - b.apart) },
  })
}
const meant = (
  message: string,
  context: ReturnType<typeof contextOf>,
  intent: 'search' | 'product-question' = 'product-question',
) => twinMeant(message, { intent, keptFrom: [] }, context)

/** A pot of 24 cm with twins of 28 cm and of copper, and how a shopper asks for them. */
const families: Record<
  LanguageCode,
  { titles: [string, string, string]; wishes: string[]; values: string[]; pointed: string }
> = {
  en: {
    titles: ['Pan 24 cm', 'Pan 28 cm', 'Copper Pan 24 cm'],
    wishes: ['do you do it a bit bigger?', 'is there a larger pan?', 'does it come in a bigger size?'],
    values: ['do you have it in copper?', 'is there a copper one?'],
    pointed: 'is the copper one heavy?',
  },
  de: {
    titles: ['Pfanne 24 cm', 'Pfanne 28 cm', 'Pfanne Kupfer 24 cm'],
    wishes: ['gibts die auch größer?', 'habt ihr eine größere?', 'und größer, wir sind jetzt zu fünft'],
    values: ['gibt es die auch in Kupfer?', 'habt ihr die auch aus Kupfer?'],
    pointed: 'ist die aus Kupfer schwer?',
  },
  fr: {
    titles: ['Poêle 24 cm', 'Poêle 28 cm', 'Poêle cuivre 24 cm'],
    wishes: ["vous l'avez en plus grand ?", 'elle existe en plus grande ?'],
    values: ['vous avez la même en cuivre ?'],
    pointed: 'la poêle en cuivre est-elle lourde ?',
  },
  es: {
    titles: ['Sartén 24 cm', 'Sartén 28 cm', 'Sartén cobre 24 cm'],
    wishes: ['¿la tienen un poco más grande?', '¿hay una más grande?'],
    values: ['¿la tienen en cobre?'],
    pointed: '¿la de cobre pesa mucho?',
  },
  it: {
    titles: ['Padella 24 cm', 'Padella 28 cm', 'Padella rame 24 cm'],
    wishes: ['ce l’avete un po’ più grande?', 'ne avete una più grande?'],
    values: ['ce l’avete in rame?'],
    pointed: 'quella in rame pesa molto?',
  },
  pt: {
    titles: ['Frigideira 24 cm', 'Frigideira 28 cm', 'Frigideira cobre 24 cm'],
    wishes: ['vocês têm um pouco maior?', 'tem uma maior?'],
    values: ['vocês têm em cobre?'],
    pointed: 'a de cobre é pesada?',
  },
  nl: {
    titles: ['Pan 24 cm', 'Pan 28 cm', 'Pan koper 24 cm'],
    wishes: ['hebben jullie die ook groter?', 'is er ook een grotere?'],
    values: ['hebben jullie die ook in koper?'],
    pointed: 'is die van koper zwaar?',
  },
  sv: {
    titles: ['Stekpanna 24 cm', 'Stekpanna 28 cm', 'Stekpanna koppar 24 cm'],
    wishes: ['har ni den lite större?', 'finns det en större?'],
    values: ['har ni den i koppar?'],
    pointed: 'är den i koppar tung?',
  },
}

describe.each(Object.entries(families))('%s [SHOP-TALK-18]', (code, { titles, wishes, values, pointed }) => {
  const [of, larger, copperOne] = titles.map((title) => item(title, 'Pans')) as [Product, Product, Product]
  const context = contextOf(of, [larger, copperOne], code as LanguageCode, [titles[0].split(' ')[0] ?? ''])
  test.each(wishes)('“%s” is the next bigger one of the family', (message) => {
    expect(meant(message, context)).toMatchObject({ product: larger, isWish: true })
  })
  test.each(values)('“%s” is the one that is so', (message) => {
    expect(meant(message, context)?.product).toBe(copperOne)
  })
  test(`“${pointed}” points at it`, () => {
    expect(meant(pointed, context)?.product).toBe(copperOne)
  })
})

describe('what a message means by a twin [SHOP-TALK-18]', () => {
  const family = contextOf(kettle, [big, copper, mini], 'en', ['kettle', 'lamp', 'handle'])
  test.each([
    'is it bigger than the Fen?',
    'how much bigger is it?',
    'is it bigger?',
    'which is the bigger one?',
    'a bigger handle',
    'do you have a bigger lamp?',
    'does it have a copper handle?',
    'is it copper?',
    'thanks a lot',
  ])('“%s” means none', (message) => {
    expect(meant(message, family)).toBeNull()
  })
  test.each([
    ['is the 1.8 litre one in stock?', big],
    ['what does the mini cost?', mini],
    ['the one in copper, is it heavy?', copper],
  ])('“%s” points at one, and asks something of it', (message, product) => {
    expect(meant(message, family)).toMatchObject({ product, isWish: false })
  })
  test('one that is itself the bigger of two is meant by that', () => {
    expect(meant('is the bigger one heavy?', contextOf(big, [kettle], 'en'))?.product).toBe(big)
  })
  test('none of a family that ends there is meant, but wished for', () => {
    const ended = contextOf(big, [kettle], 'en')
    expect(meant('do you have it even bigger?', ended)).toBeNull()
    expect(beyondTwins('do you have it bigger?', { intent: 'search' }, ended)).toMatchObject({ of: big })
  })
  test('“the other one” is the only near twin', () => {
    expect(meant('is the other one waterproof?', contextOf(kettle, [big, copper], 'en'))?.product).toBe(big)
  })
  test('what somebody measures chooses what is for as much', () => {
    const de = contextOf(
      item('Moor 7 Rad 48', 'Räder', { körpergröße: ['160–172 cm'] }),
      [item('Moor 7 Rad 56', 'Räder', { körpergröße: ['178–190 cm'] })],
      'de',
    )
    expect(meant('mein Mann ist 1,84, gibt es das auch in seiner Größe?', de)?.product.title).toBe(
      'Moor 7 Rad 56',
    )
  })
  test('after others that were looked at, the twins are of what a message calls', () => {
    const pot = item('Tarn Pot 4 l', 'Pots')
    const seen = planContext({
      shown: [lid],
      list: [lid],
      focusId: lid.id,
      lookedAt: [lid, pot],
      isNoun: (meaning) => meaning === 'pot',
    })
    expect(twinsWantedOf('how much is the pot, but bigger?', seen)).toBe(pot)
    expect(twinsWantedOf('how much is it?', seen)).toBe(lid)
  })
})

describe('in a conversation [SHOP-TALK-18]', () => {
  const say = talkingOf([
    item('Reed Cake Tin 23 cm', 'Tins', { diameter: ['23 cm'] }, 'Seven centimetres deep.'),
    item('Reed Cake Tin 20 cm', 'Tins', { diameter: ['20 cm'] }, 'Six centimetres deep.'),
    item('Reed Muffin Tray 12 Cup', 'Tins'),
    { ...item('Reed Mini Muffin Tray 24 Cup', 'Tins'), variants: product('out', { stock: 0 }).variants },
    item('Marsh Paper Cases Mini', 'Cases', {}, 'For muffins.', 'Marsh'),
    item('Heron Tent', 'Tents', {}, 'The cover is sewn on.'),
    item('Heron 2 Tent', 'Tents', {}, 'The cover zips off and may be washed.'),
    item('Fen Tent Cover', 'Covers', {}, 'Keeps rain off.', 'Fen'),
  ])
  const ids = ({ cards }: { cards: readonly { productId: string }[] }) => cards.map((card) => card.productId)
  test('a smaller one of what is in sight is shown', async () => {
    expect(ids(await say('Reed Cake Tin 23 cm', 'do you do it a bit smaller'))).toEqual([
      'Reed Cake Tin 20 cm',
    ])
  })
  test('where none is smaller that is said', async () => {
    const { text } = await say('Reed Cake Tin 20 cm', 'do you have it smaller?')
    expect(text).toContain('smaller than Reed Cake Tin 20 cm')
  })
  test('the mini one is a twin and no other goods that are called so, also when it is asked for its stock', async () => {
    const first = 'Reed Muffin Tray 12 Cup'
    expect(ids(await say(first, 'does that come as a mini one?'))).toEqual(['Reed Mini Muffin Tray 24 Cup'])
    expect((await say(first, 'is the mini one in stock right now?')).text).toContain('out of stock')
  })
  test('a question about the newer one is answered by its listing', async () => {
    expect((await say('Heron Tent', 'can I take the cover off the newer one and wash it')).text).toContain(
      'zips off',
    )
  })
  test('“both” are the last two that were looked at, whatever else a message names beside', async () => {
    const { text } = await say(
      'Heron Tent',
      'and the newer one?',
      'what is the difference between both, apart from covers?',
    )
    expect(text).toContain('Heron 2 Tent')
    expect(text).not.toContain('Fen Tent Cover')
  })
})
