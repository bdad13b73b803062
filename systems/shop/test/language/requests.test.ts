import { describe, expect, test } from 'vitest'
import type { FacetVocabulary } from '../../src/domain/constraints.ts'
import { currencyWords } from '../../src/language/currencies.ts'
import { grammarOf, grammarRoles } from '../../src/language/grammar.ts'
import { languageCodes } from '../../src/language/languages.ts'
import type { LanguageCode } from '../../src/language/languages.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'
import { parseNumberWords } from '../../src/language/numbers.ts'
import { unitsOf } from '../../src/language/units.ts'
import { readPlaces } from '../../src/search/analyze/places.ts'
import { findPrice } from '../../src/understand/price.ts'
import { understand } from '../../src/understand/understand.ts'

const counts = (...values: string[]): Map<string, number> => new Map(values.map((value) => [value, 20]))
const store = (
  facets: Record<string, string[]>,
  categories: string[],
  currency = 'EUR',
): FacetVocabulary => ({
  facets: new Map(Object.entries(facets).map(([name, values]) => [name, counts(...values)])),
  brands: counts('Northolm'),
  categories: counts(...categories),
  currency,
})

interface Fixture {
  vocabulary: FacetVocabulary
  /** A request, and what is understood of it: `facet=values`, `!` before what is ruled out. */
  requests: [text: string, facets: string[], price: [number | null, number | null] | null][]
}

const fixtures: Record<LanguageCode, Fixture> = {
  en: {
    vocabulary: store(
      {
        color: ['black', 'red'],
        size: ['M', '42'],
        material: ['leather', 'wool'],
        audience: ['women', 'kids'],
      },
      ['Jackets', 'Shoes'],
      'USD',
    ),
    requests: [
      ['black shoes in size 42 under $80', ['color=black', 'size=42'], [null, 80]],
      ['a jacket for women, nothing leather', ['audience=women', '!material=leather'], null],
      ['shoes between 20 and 50 dollars, not for kids', ['!audience=kids'], [20, 50]],
    ],
  },
  de: {
    vocabulary: store(
      {
        Farbe: ['schwarz', 'rot'],
        Größe: ['M', '42'],
        Material: ['Leder', 'Wolle', 'Kunststoff'],
        Zielgruppe: ['Damen', 'Kinder'],
        Zutaten: ['Laktose', 'Nüsse'],
      },
      ['Jacken', 'Schuhe', 'Kekse'],
    ),
    requests: [
      ['schwarze Schuhe in Größe 42 unter 80 Euro', ['Farbe=schwarz', 'Größe=42'], [null, 80]],
      ['Jacke für Damen ohne Leder', ['Zielgruppe=Damen', '!Material=Leder'], null],
      ['Schuhe zwischen 20 und 50 €, nicht für Kinder', ['!Zielgruppe=Kinder'], [20, 50]],
      ['laktosefreie Kekse', ['!Zutaten=Laktose'], null],
      ['keine Kunststoffjacke', ['!Material=Kunststoff'], null],
    ],
  },
  fr: {
    vocabulary: store(
      {
        couleur: ['noir', 'rouge'],
        pointure: ['38', '42'],
        matière: ['cuir', 'laine'],
        sexe: ['femme', 'enfant'],
      },
      ['Chaussures', 'Vestes'],
    ),
    requests: [
      ['chaussures noires en pointure 42 à moins de 80 euros', ['couleur=noir', 'pointure=42'], [null, 80]],
      ['veste pour femme sans cuir', ['sexe=femme', '!matière=cuir'], null],
      ['chaussures entre 20 et 50 €, pas pour enfant', ['!sexe=enfant'], [20, 50]],
    ],
  },
  es: {
    vocabulary: store(
      {
        color: ['negro', 'rojo'],
        talla: ['38', '42'],
        material: ['cuero', 'lana'],
        género: ['mujer', 'niño'],
      },
      ['Zapatos', 'Chaquetas'],
    ),
    requests: [
      ['zapatos negros talla 42 por menos de 80 euros', ['color=negro', 'talla=42'], [null, 80]],
      ['chaqueta para mujer sin cuero', ['género=mujer', '!material=cuero'], null],
      ['zapatos entre 20 y 50 €, no para niño', ['!género=niño'], [20, 50]],
    ],
  },
  it: {
    vocabulary: store(
      {
        colore: ['nero', 'rosso'],
        taglia: ['38', '42'],
        materiale: ['pelle', 'lana'],
        genere: ['donna', 'bambino'],
      },
      ['Scarpe', 'Giacche'],
    ),
    requests: [
      ['scarpe nere taglia 42 sotto gli 80 euro', ['colore=nero', 'taglia=42'], [null, 80]],
      ['giacca da donna senza pelle', ['genere=donna', '!materiale=pelle'], null],
      ['scarpe tra 20 e 50 €', [], [20, 50]],
    ],
  },
  pt: {
    vocabulary: store(
      {
        cor: ['preto', 'vermelho'],
        tamanho: ['38', '42'],
        material: ['couro', 'lã'],
        género: ['mulher', 'criança'],
      },
      ['Sapatos', 'Casacos'],
    ),
    requests: [
      ['sapatos pretos tamanho 42 por menos de 80 euros', ['cor=preto', 'tamanho=42'], [null, 80]],
      ['casaco para mulher sem couro', ['género=mulher', '!material=couro'], null],
      ['sapatos entre 20 e 50 €', [], [20, 50]],
    ],
  },
  nl: {
    vocabulary: store(
      {
        kleur: ['zwart', 'rood'],
        maat: ['38', '42'],
        materiaal: ['leer', 'wol'],
        doelgroep: ['dames', 'kinderen'],
      },
      ['Schoenen', 'Jassen'],
    ),
    requests: [
      ['zwarte schoenen in maat 42 onder de 80 euro', ['kleur=zwart', 'maat=42'], [null, 80]],
      ['jas voor dames zonder leer', ['doelgroep=dames', '!materiaal=leer'], null],
      ['schoenen tussen 20 en 50 €', [], [20, 50]],
    ],
  },
  sv: {
    vocabulary: store(
      { färg: ['svart', 'röd'], storlek: ['38', '42'], material: ['läder', 'ull'], kön: ['dam', 'barn'] },
      ['Skor', 'Jackor'],
      'SEK',
    ),
    requests: [
      ['svarta skor i storlek 42 under 800 kr', ['färg=svart', 'storlek=42'], [null, 800]],
      ['jacka för dam utan läder', ['kön=dam', '!material=läder'], null],
      ['skor mellan 200 och 500 kronor', [], [200, 500]],
    ],
  },
}

describe.each(languageCodes)('%s', (code) => {
  const { vocabulary, requests } = fixtures[code]

  test.each(requests)('%s [SHOP-LANGUAGE-06]', (text, facets, price) => {
    const { constraints } = understand(text, { vocabulary, lexicon: lexiconOf(code) })
    const read = constraints.flatMap((one) =>
      one.kind === 'facet' ? [`${one.negated ? '!' : ''}${one.name}=${one.values.join('|')}`] : [],
    )
    expect(read.toSorted()).toEqual(facets.toSorted())
    const found = constraints.find((one) => one.kind === 'price')
    expect(found === undefined ? null : [found.min, found.max]).toEqual(price)
  })

  test('has a phrase for every role, and numbers up to a thousand', () => {
    // Where superlatives are said by a word of their own ("le moins cher"), one word says none.
    const single = new Set(['cheapest', 'dearest', 'best-rated', 'most-popular'])
    for (const role of grammarRoles.filter((each) => !single.has(each)))
      expect(grammarOf(code)[role].length, role).toBeGreaterThan(0)
    const words = { en: 'two hundred', de: 'zweihundert', fr: 'deux cents', es: 'doscientos' }
    const { [code as keyof typeof words]: spelled } = words
    if (spelled !== undefined) expect(parseNumberWords(spelled, code)).toBe(200)
  })

  test('reads the units and currencies of its own and of English', () => {
    const units = unitsOf(code)
    for (const word of ['cm', 'inch', 'inches', 'gb', 'kg']) expect(units.get(word), word).toBeDefined()
    expect(currencyWords(code).get('€')).toContain('EUR')
    expect(currencyWords(code).get('euros') ?? currencyWords(code).get('euro')).toContain('EUR')
  })
})

test.each<[LanguageCode, string, string]>([
  ['de', '55 Zoll', '55"'],
  ['fr', '55 pouces', '55 inch'],
  ['es', '2 litros', '2000 ml'],
  ['sv', '5 liter', '5000ml'],
])('%s: search reads %s and %s as one measure [SHOP-LANGUAGE-06]', (code, one, other) => {
  const forms = (text: string) => readPlaces(text, lexiconOf(code).language)[0]?.forms[0]
  expect(forms(one)).toBe(forms(other))
})

test.each<[LanguageCode, string, string]>([
  ['de', 'zoll', 'inch'],
  ['fr', 'pouces', 'inch'],
  ['es', 'pulgadas', 'inch'],
  ['it', 'pollici', 'inch'],
  ['pt', 'polegadas', 'inch'],
  ['sv', 'tum', 'inch'],
  ['fr', 'go', 'gigabyte'],
])('%s calls %s what CLDR calls %s', (code, word, id) => {
  expect(unitsOf(code).get(word)?.id).toBe(id)
})

test.each<[LanguageCode, string, string, [number | null, number | null] | null]>([
  ['de', 'nicht mehr als zweihundert Euro', 'EUR', [null, 200]],
  ['de', 'bis 1.500 Euro', 'EUR', [null, 1500]],
  ['de', 'unter 2 kg', 'EUR', null],
  ['de', 'Spiel für 2 bis 4 Spieler', 'EUR', null],
  ['fr', 'jusqu’à 1 500 €', 'EUR', [null, 1500]],
  ['fr', 'jeu pour 4 personnes', 'EUR', null],
  ['es', 'desde 15 euros', 'EUR', [15, null]],
  ['es', '50 dólares', 'EUR', null],
  ['es', 'zapatos talla 5 hasta 60 euros', 'EUR', [null, 60]],
  ['en', 'shoes size 5 up to 60 dollars', 'USD', [null, 60]],
  ['sv', 'högst 1000 kr', 'SEK', [null, 1000]],
  ['en', 'over 20 but not more than 50 dollars', 'USD', [20, 50]],
  ['en', 'jackets size XS in orange below 75', 'USD', [null, 75]],
  ['en', 'toys for kids under 5', 'USD', null],
])('%s: the price of “%s” [SHOP-LANGUAGE-06]', (code, text, currency, expected) => {
  const found = findPrice(text, currency, code)?.constraint
  expect(found === undefined ? null : [found.min, found.max]).toEqual(expected)
})

test('a number is not cut from its unit: 150 ml are no 150 g [SHOP-LANGUAGE-06]', () => {
  const vocabulary = store({ tamaño: ['150 ml', '150 g', '150 ud.', '500 ml'] }, ['Geles'])
  const { constraints } = understand('busco un gel de 150 ml por menos de 10 euros', {
    vocabulary,
    lexicon: lexiconOf('es'),
  })
  expect(constraints.flatMap((one) => (one.kind === 'facet' ? one.values : []))).toEqual(['150 ml'])
})

describe('measures as a catalog writes them', () => {
  const vocabulary = store(
    {
      tamaño: ['2 ud.', '2 ud. (360 g)', '360 g', '5 velas', 'Grande'],
      formato: ['Caja', '2 latas x 80 g', '80 g'],
    },
    ['Velas', 'Paté'],
  )
  const read = (text: string) =>
    understand(text, { vocabulary, lexicon: lexiconOf('es') }).constraints.flatMap((one) =>
      one.kind === 'facet' ? [`${one.name}=${one.values.join(',')}`] : [],
    )

  test('are one value, of which no part is another [SHOP-UNDERSTAND-02]', () => {
    expect(read('busco burger de vacuno de 2 ud. (360 g) por menos de 8 euros')).toEqual([
      'tamaño=2 ud. (360 g)',
    ])
    expect(read('quiero paté de cerdo, en 2 latas x 80 g')).toEqual(['formato=2 latas x 80 g'])
  })

  test('are not asked for by who names what is counted [SHOP-UNDERSTAND-02]', () => {
    expect(read('quiero vela perfumada, en caja')).toEqual(['formato=Caja'])
    expect(read('5 velas perfumadas')).toEqual(['tamaño=5 velas'])
  })
})
