import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Constraint, FacetVocabulary } from '../src/domain/constraints.ts'
import { lexiconOf } from '../src/language/lexicon.ts'
import { searchTextOf } from '../src/understand/search-text.ts'
import { understand } from '../src/understand/understand.ts'

const counts = (...values: string[]): Map<string, number> => new Map(values.map((value) => [value, 40]))

const vocabulary: FacetVocabulary = {
  facets: new Map([
    ['color', counts('Red', 'Blue', 'Navy Blue', 'Black', 'Grey')],
    ['frame_color', counts('Black', 'Gold')],
    ['size', counts('int:xs', 'int:l', 'eu:39', 'EU 43', 'us: 12', 'waist:29')],
    ['capacity', counts('500 ml', '2 l')],
    ['screen', counts('12 inch', '55 inch')],
    ['material', counts('leather', 'cotton', 'stainless steel')],
    ['audience', counts('women', 'men', 'kids', 'unisex')],
    ['recommended_age', counts('8 years and above', '0-12 months')],
    ['ingredients', counts('paraben-free', 'sugar')],
    ['protection', counts('shockproof')],
    ['waterproof', counts('yes', 'no')],
    ['pack', counts('20pcs', 'single item')],
    ['model', counts('119', '5')],
    ['patterned', counts('patterned', 'striped')],
  ]),
  brands: counts('Apple', 'Plains & Prints', 'Northolm'),
  categories: counts('Football boots', 'Hiking boots', 'Headphones'),
  currency: 'USD',
}
const read = (text: string) => understand(text, { vocabulary })
const facets = (text: string) =>
  read(text).constraints.filter((one): one is Extract<Constraint, { kind: 'facet' }> => one.kind === 'facet')
const stated = (text: string) =>
  facets(text).map(({ name, values, negated }) => `${negated ? 'not ' : ''}${name}=${values.join('|')}`)

describe('facet constraints', () => {
  it.each([
    ['a t-shirt in extra small', 'size=int:xs'],
    ['sandals in EU size 43', 'size=EU 43'],
    ['shoes in size 39', 'size=eu:39'],
    ['workout shoes, size us 12', 'size=us: 12'],
    ['jeans with a 29-inch waist', 'size=waist:29'],
    ['a water bottle in 0.5 l', 'capacity=500 ml'],
    ['a 55" tv', 'screen=55 inch'],
    ['building blocks for ages 8+', 'recommended_age=8 years and above'],
    ['shampoo that is free from parabens', 'ingredients=paraben-free'],
    ['a shock-resistant phone case', 'protection=shockproof'],
    ['hair clips, pack of 20', 'pack=20pcs'],
    ['a dress from Plains and Prints', 'brand=Plains & Prints'],
    ['glasses for both men and women', 'audience=unisex'],
    ['boots made of leather', 'material=leather'],
    ["football boots for my son, kids' sizes", 'audience=kids'],
  ])('reads %s [SHOP-UNDERSTAND-02]', (text, expected) => {
    expect(stated(text)).toContain(expected)
  })

  it('prefers the longest value: navy blue is not blue', () => {
    expect(stated('a jacket in navy blue')).toEqual(['color=Navy Blue'])
  })

  it('takes a word that only says which property is meant for no value of it [SHOP-UNDERSTAND-02]', () => {
    expect(stated('a patterned shirt')).toEqual(['patterned=patterned'])
    expect(stated('a shirt with a graphic print pattern')).toEqual([])
  })

  it('holds a value under every facet that states it [SHOP-UNDERSTAND-02]', () => {
    const [constraint] = facets('sunglasses in black')
    expect(new Set([constraint?.name, ...(constraint?.alsoNamed ?? [])])).toEqual(
      new Set(['color', 'frame_color']),
    )
  })

  it.each(['show me boots', 'a gift under $5', 'iphone 5 charger', 'rain in spain'])(
    'invents nothing in %s [SHOP-UNDERSTAND-02]',
    (text) => {
      expect(stated(text)).toEqual([])
    },
  )

  it('does not narrow "Isuzu or Apple" to the one that the catalog states', () => {
    expect(stated('a door handle for Isuzu or Apple')).toEqual([])
  })

  it('takes "red or blue" as either of them', () => {
    expect(stated('headphones in red or blue')).toEqual(['color=Red|Blue'])
  })
})

describe('negation', () => {
  it.each(['no-pull dog harness', 'non-slip bath mat'])(
    'reads %s as a feature, not as a wish to go without',
    (text) => {
      const { searchText, constraints } = understand(text, { vocabulary })
      expect(constraints.filter((one) => 'negated' in one && one.negated)).toEqual([])
      expect(searchText).toContain(text.split('-')[1]?.split(' ')[0])
    },
  )

  it.each([
    ['boots without leather', ['not material=leather']],
    ['boots, not leather, in red', ['not material=leather', 'color=Red']],
    ['headphones but not black', ['not color=Black']],
    ['shoes not from Apple', ['not brand=Apple']],
    ['a bag without any leather or cotton', ['not material=leather|cotton']],
    ['no more than $20 for a leather bag', ['material=leather']],
  ])('reads %s [SHOP-UNDERSTAND-02]', (text, expected) => {
    expect(stated(text)).toEqual(expect.arrayContaining(expected))
  })

  it('rules out one word by “non”, and looks for what follows [SHOP-UNDERSTAND-02]', () => {
    expect(stated('non leather boots')).toEqual(['not material=leather'])
    expect(read('non leather boots').searchText).toBe('boots')
  })

  it('flips a facet constraint and keeps its values [SHOP-UNDERSTAND-02]', () => {
    const values = ['leather', 'cotton', 'stainless steel', 'Red', 'Black', 'Navy Blue', 'Northolm']
    fc.assert(
      fc.property(fc.constantFrom(...values), (value) => {
        const [plain] = facets(`boots in ${value}`)
        const [flipped] = facets(`boots without ${value}`)
        expect(plain?.negated).toBe(false)
        expect(flipped?.negated).toBe(true)
        expect(flipped?.values).toEqual(plain?.values)
      }),
    )
  })
})

describe('services, rating, sort', () => {
  const services = (text: string) =>
    read(text).constraints.flatMap((one) =>
      one.kind === 'service' ? [`${one.negated ? 'not ' : ''}${one.service}`] : [],
    )

  it.each([
    ['boots with free delivery', ['free-shipping']],
    ['boots with no shipping fee', ['free-shipping']],
    ['boots on a LazFlash deal', ['flash-sale']],
    ['boots that support pay on delivery', ['cash-on-delivery']],
    ['boots, COD available', ['cash-on-delivery']],
    ['cod liver oil', []],
    ['boots from LazMall with guaranteed authenticity and easy returns', ['official-store']],
    ['boots from the official store, no flash sale', ['not flash-sale', 'official-store']],
  ])('reads %s [SHOP-UNDERSTAND-02]', (text, expected) => {
    expect(new Set(services(text))).toEqual(new Set(expected))
  })

  it.each([
    ['4 stars and up', 4],
    ['rated 4.5+', 4.5],
    ['at least four stars', 4],
  ])('reads the rating in %s [SHOP-UNDERSTAND-02]', (text, min) => {
    expect(read(`headphones ${text}`).constraints).toContainEqual(
      expect.objectContaining({ kind: 'rating', min }),
    )
  })

  it.each([
    ['cheapest headphones', 'price-ascending'],
    ['top rated headphones', 'rating'],
    ['newest headphones', 'newest'],
    ['headphones', 'relevance'],
  ])('orders %s', (text, sort) => {
    expect(read(text).sort).toBe(sort)
  })
})

describe('product type, intent and reference', () => {
  it.each([
    ["kids' football boots under $60", 'Football boots'],
    ['waterproof hiking boot for men', 'Hiking boots'],
  ])('names the category of %s', (text, type) => {
    expect(read(text).productType).toBe(type)
  })

  it.each([
    ['where is my order', 'order-status'],
    ['can I return these', 'returns'],
    ['compare the first two', 'compare'],
    ['add the second one to my cart', 'add-to-cart'],
    ['has the price dropped', 'price-history'],
    ['tell me when it drops below $50', 'alert'],
    ['buy it when the price falls below $50', 'auto-buy'],
    ['what do people say about the fit', 'review-question'],
    ['is it waterproof?', 'product-question'],
    ['what were the cleats I was looking at?', 'recall'],
    ['any deals on headphones today', 'deals'],
    ['what do you know about me', 'memory'],
    ['hello', 'chat'],
    ['red football boots', 'search'],
    ['do you have red football boots', 'search'],
  ])('%s → %s', (text, intent) => {
    expect(read(text).intent).toBe(intent)
  })

  it.each([
    ['the second one please', { kind: 'ordinal', position: 2 }],
    ['is the last one waterproof?', { kind: 'ordinal', position: -1 }],
    ['the red one', { kind: 'described', facets: [{ name: 'color', value: 'Red' }], text: 'red' }],
    ['something cheaper', { kind: 'relative', direction: 'cheaper' }],
    ['cheaper than this', { kind: 'relative', direction: 'cheaper' }],
    ['is this waterproof', { kind: 'this' }],
    ['compare these', { kind: 'those' }],
    ['what were the cleats I was looking at?', { kind: 'earlier' }],
    ['first aid kit', null],
    ['headphones cheaper than $20', null],
    ['red football boots', null],
  ])('%s points at %j', (text, reference) => {
    expect(read(text).reference).toEqual(reference)
  })
})

describe('search text', () => {
  it.each([
    ["I'm looking for kids' football boots under $60 with free shipping", "kids' football boots"],
    ['Show me red headphones without leather, please', 'red headphones'],
    ['can you find me hiking boots rated 4 stars and up', 'hiking boots'],
  ])('of %s', (text, expected) => {
    expect(searchTextOf(text)).toBe(expected)
  })
})

describe('the language of a message', () => {
  it.each([
    ['boots for kids', null],
    ['buty do biegania męskie', 'pl'],
    ['беговые кроссовки', 'ru'],
  ])('says of %s that it cannot be read: %s [SHOP-LANGUAGE-05]', (text, tag) => {
    expect(read(text).unreadLanguage).toBe(tag)
  })

  it('reads a price in the language that it is said in [SHOP-LANGUAGE-06]', () => {
    const { constraints } = read('schwarze Laufschuhe für höchstens 80 Dollar')
    expect(constraints).toContainEqual(expect.objectContaining({ kind: 'price', min: null, max: 80 }))
  })
})

describe('limits and exclusions', () => {
  const measured: FacetVocabulary = {
    facets: new Map([
      ['memory', counts('8 GB', '16 GB', '32 GB')],
      ['weight', counts('900 g', '1.5 kg', '2.5 kg')],
      ['ports', counts('2', '4', '8')],
      ['touchscreen', counts('true', 'false')],
      ['material', counts('plastic', 'wood')],
      ['audience', counts('kids', 'adults')],
      ['ingredients', counts('nuts', 'sugar', 'lactose')],
      ['compatible_models', counts('Apple iPhone 15', 'Apple iPhone 14', 'Apple Watch 9', 'iPad')],
      ['type', counts('laptop', 'tablet')],
      ['size', counts('s', 'm', 'l', '42')],
      ['sold_as', counts('lamp', 'chair')],
    ]),
    brands: counts('Apple'),
    categories: counts('Laptops'),
    currency: 'USD',
  }
  const said = (text: string) =>
    understand(text, { vocabulary: measured }).constraints.flatMap((one) =>
      one.kind === 'facet'
        ? [`${one.negated ? '!' : ''}${one.name}=${one.values.join('|')} ${one.strength ?? ''}`]
        : [],
    )

  it('rules out no unit of a limit that the catalog has no facet for', () => {
    const { constraints } = understand('not wider than 120 cm', { vocabulary: measured })
    expect(constraints.filter(({ kind }) => kind === 'unnamed')).toEqual([])
  })

  it.each([
    ['a laptop with at least 16 GB memory', ['memory=16 GB|32 GB insisted']],
    ['something under 2 kg', ['weight=900 g|1.5 kg insisted']],
    ['not heavier than 2 kg', ['!weight=2.5 kg insisted']],
    ['a hub with 4 or more ports', ['ports=4|8 insisted']],
    ['a laptop with touchscreen', ['touchscreen=true named']],
    ['a laptop without touchscreen', ['!touchscreen=true insisted']],
    ['nothing plastic please', ['!material=plastic insisted']],
    ['not for kids', ['!audience=kids insisted']],
    ['nut free cookies', ['!ingredients=nuts insisted']],
    ['sugar-free cookies', ['!ingredients=sugar insisted']],
    ['cookies without lactose', ['!ingredients=lactose insisted']],
    ['only wood', ['material=wood insisted']],
    ['an easel that has to be light', ['sold_as=lamp named']],
    ['boards made of wood', ['material=wood named']],
    ['a hoodie in M', ['size=m named']],
    ['shoes in size 42', ['size=42 insisted']],
  ])('reads %s [SHOP-UNDERSTAND-02]', (text, expected) => {
    expect(said(text)).toEqual(expected)
  })

  it.each(['laptop', 'laptops', 'I’m after a laptop', 'is it true?', 'cheap tablet'])(
    'takes what is asked for in “%s” for no fact that a product must state [SHOP-UNDERSTAND-02]',
    (text) => {
      expect(said(text)).toEqual([])
    },
  )

  it('never insists on what a product goes with', () => {
    expect(said('a case for the Apple iPhone 15 only')).toEqual(['compatible_models=Apple iPhone 15 named'])
  })
})

describe('any text at all', () => {
  const phrases = fc.constantFrom(
    'red',
    'under $50',
    'between 20 and 30 dollars',
    'without leather',
    'free shipping',
    'not',
    'no',
    'size 39',
    'EU',
    '8+',
    'the second one',
    'cheaper',
    'from',
    'Apple',
    'or',
    'blue',
    ',',
    'looking for',
    '0.5 l',
    '-',
    '12"',
    'over',
    '1.234,56 €',
    'rated 4.5',
    'COD',
    '20 pieces',
    'show me',
    '. ',
  )
  const texts = fc.oneof(
    fc.string(),
    fc.string({ unit: 'grapheme' }),
    fc.array(phrases, { maxLength: 12 }).map((words) => words.join(' ')),
  )

  it('is read without throwing, into bounds in order and values that the catalog states [SHOP-UNDERSTAND-04]', () => {
    fc.assert(
      fc.property(texts, (text) => {
        for (const one of read(text).constraints) {
          if (one.kind === 'price' && one.min !== null && one.max !== null)
            expect(one.min).toBeLessThanOrEqual(one.max)
          if (one.kind !== 'facet') continue
          const values = [one.name, ...(one.alsoNamed ?? [])].flatMap((name) => [
            ...((name === 'brand' ? vocabulary.brands : vocabulary.facets.get(name))?.keys() ?? []),
          ])
          for (const value of one.values) expect(values).toContain(value)
        }
      }),
      // Values joined by a comma, of which the second stands under another facet too.
      { numRuns: 500, examples: [['size 39 , 12" size 39']] },
    )
  })

  it('gives a search text that reads as itself', () => {
    fc.assert(
      fc.property(texts, (text) => {
        const once = searchTextOf(text)
        expect(searchTextOf(once)).toBe(once)
      }),
      {
        numRuns: 500,
        examples: [
          [`under $50${' between 20 and 30 dollars'.repeat(2)} under $50 between 20 and 30 dollars`],
        ],
      },
    )
  })

  it('is read the same way every time', () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(read(text)).toEqual(read(text))
      }),
    )
  })
})

const readIn = (text: string, code: 'es' | 'fr' | 'pt') =>
  understand(text, { vocabulary, lexicon: lexiconOf(code) })

it('takes a deed that is wished for, or that something is for, for no goods', () => {
  expect(readIn('quero montar uma tenda', 'pt').productType).toBe('tenda')
  expect(readIn('algo para pintar', 'es').productType).not.toBe('pintar')
})

it('ends what is ruled out where a purpose begins', () => {
  const { constraints } = readIn('une farine sans gluten pour des galettes', 'fr')
  expect(constraints.flatMap((one) => (one.kind === 'unnamed' ? one.words : []))).toEqual(['gluten'])
})
