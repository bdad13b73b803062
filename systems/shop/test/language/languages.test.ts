import { describe, expect, test } from 'vitest'
import { languageCodes } from '../../src/language/languages.ts'
import type { LanguageCode } from '../../src/language/languages.ts'
import { fold } from '../../src/language/fold.ts'
import { lexiconOf, makeLexicon } from '../../src/language/lexicon.ts'
import { contentStems } from '../../src/assistant/words.ts'
import { tokenize } from '../../src/understand/text.ts'
import { understand } from '../../src/understand/understand.ts'
import { IndexBuilder } from '../../src/search/index/index-data.ts'
import { OpenIndex } from '../../src/search/open-index.ts'
import { product } from '../search/products.ts'

interface Fixture {
  /** Singular and plural, as a store writes them. */
  pairs: [string, string][]
  functionWords: string[]
  /** Words that only look alike. */
  apart: [string, string][]
  /** A title, and what shoppers type for it. */
  find: [title: string, query: string][]
  /** Two names of one thing. */
  same: [string, string]
  /** What a shop sells besides, so that a search has to choose. */
  others: string[]
}

const fixtures: Record<LanguageCode, Fixture> = {
  en: {
    pairs: [
      ['knife', 'knives'],
      ['shelf', 'shelves'],
      ['woman', 'women'],
      ['child', 'children'],
      ['mouse', 'mice'],
      ['scarf', 'scarves'],
      ['battery', 'batteries'],
      ['dress', 'dresses'],
    ],
    functionWords: ['the', 'of', 'and', 'with', 'for'],
    apart: [
      ['glove', 'globe'],
      ['watch', 'water'],
    ],
    find: [
      ['Kitchen knives, set of six', 'knife for the kitchen'],
      ['Grey wool scarf', 'gray scarves'],
    ],
    same: ['kids', 'children'],
    others: ['Desk lamp', 'Running shoes', 'Water bottle'],
  },
  de: {
    pairs: [
      ['Stuhl', 'Stühle'],
      ['Schuh', 'Schuhe'],
      ['Lampe', 'Lampen'],
      ['Buch', 'Bücher'],
      ['Kleid', 'Kleider'],
      ['Jacke', 'Jacken'],
      ['Tisch', 'Tische'],
      ['Uhr', 'Uhren'],
    ],
    functionWords: ['der', 'und', 'für', 'mit', 'eine'],
    apart: [['Tasche', 'Tasse']],
    find: [
      ['Rote Laufschuhe für Damen', 'roter laufschuh'],
      ['Stühle aus Eiche', 'stuhl eiche'],
    ],
    same: ['Sofa', 'Couch'],
    others: ['Schreibtischlampe', 'Wasserflasche', 'Regenjacke'],
  },
  fr: {
    pairs: [
      ['chaussure', 'chaussures'],
      ['manteau', 'manteaux'],
      ['bijou', 'bijoux'],
      ['journal', 'journaux'],
      ['lampe', 'lampes'],
      ['robe', 'robes'],
      ['table', 'tables'],
      ['gâteau', 'gâteaux'],
    ],
    functionWords: ['le', 'les', 'et', 'pour', 'avec'],
    apart: [['chemise', 'cheminée']],
    find: [
      ['Manteaux d’hiver en laine', 'manteau laine'],
      ['Lampes de bureau', 'lampe pour le bureau'],
    ],
    same: ['canapé', 'divan'],
    others: ['Bouteille isotherme', 'Chaussures de course', 'Étagère murale'],
  },
  es: {
    pairs: [
      ['zapato', 'zapatos'],
      ['luz', 'luces'],
      ['lápiz', 'lápices'],
      ['reloj', 'relojes'],
      ['pantalón', 'pantalones'],
      ['camisa', 'camisas'],
      ['sillón', 'sillones'],
      ['mesa', 'mesas'],
    ],
    functionWords: ['el', 'los', 'y', 'para', 'con'],
    apart: [['camisa', 'cama']],
    find: [
      ['Luces de jardín solares', 'luz solar para el jardin'],
      ['Pantalones de lana', 'pantalón lana'],
    ],
    same: ['móvil', 'celular'],
    others: ['Botella térmica', 'Zapatillas de correr', 'Estantería'],
  },
  it: {
    pairs: [
      ['scarpa', 'scarpe'],
      ['orologio', 'orologi'],
      ['libro', 'libri'],
      ['giacca', 'giacche'],
      ['tavolo', 'tavoli'],
      ['lampada', 'lampade'],
      ['vestito', 'vestiti'],
      ['barca', 'barche'],
    ],
    functionWords: ['il', 'di', 'e', 'per', 'con'],
    apart: [['sedia', 'seta']],
    find: [
      ['Giacche invernali in lana', 'giacca lana'],
      ['Lampade da tavolo', 'lampada per il tavolo'],
    ],
    same: ['divano', 'sofà'],
    others: ['Borraccia termica', 'Scarpe da corsa', 'Libreria'],
  },
  pt: {
    pairs: [
      ['sapato', 'sapatos'],
      ['botão', 'botões'],
      ['papel', 'papéis'],
      ['relógio', 'relógios'],
      ['camisa', 'camisas'],
      ['calção', 'calções'],
      ['mesa', 'mesas'],
      ['lençol', 'lençóis'],
    ],
    functionWords: ['os', 'de', 'e', 'para', 'com'],
    apart: [['camisa', 'cama']],
    find: [
      ['Calções de banho azuis', 'calção banho'],
      ['Papéis de parede', 'papel de parede'],
    ],
    same: ['telemóvel', 'celular'],
    others: ['Garrafa térmica', 'Candeeiro de mesa', 'Estante'],
  },
  nl: {
    pairs: [
      ['schoen', 'schoenen'],
      ['jas', 'jassen'],
      ['lamp', 'lampen'],
      ['boek', 'boeken'],
      ['kind', 'kinderen'],
      ['horloge', 'horloges'],
      ['tafel', 'tafels'],
      ['stoel', 'stoelen'],
    ],
    functionWords: ['de', 'het', 'en', 'voor', 'met'],
    apart: [['tas', 'tafel']],
    find: [
      ['Winterjassen van wol', 'winterjas wol'],
      ['Stoelen van eiken', 'stoel eiken'],
    ],
    same: ['bank', 'zetel'],
    others: ['Thermosfles', 'Hardloopschoenen', 'Boekenkast'],
  },
  sv: {
    pairs: [
      ['sko', 'skor'],
      ['bok', 'böcker'],
      ['lampa', 'lampor'],
      ['klocka', 'klockor'],
      ['stol', 'stolar'],
      ['jacka', 'jackor'],
      ['klänning', 'klänningar'],
      ['matta', 'mattor'],
    ],
    functionWords: ['och', 'det', 'för', 'med', 'en'],
    apart: [['mössa', 'matta']],
    find: [
      ['Stolar av ek', 'stol ek'],
      ['Röda lampor för kök', 'röd lampa till kök'],
    ],
    same: ['mobil', 'mobiltelefon'],
    others: ['Termosflaska', 'Bokhylla', 'Regnrock'],
  },
}

describe.each(languageCodes)('%s', (code) => {
  const fixture = fixtures[code]
  const lexicon = lexiconOf(code)
  const stem = (word: string) => lexicon.stem(fold(word))

  test.each(fixture.pairs)(
    '%s and %s are one word, in a query, in a product and in an answer [SHOP-LANGUAGE-01]',
    (one, many) => {
      expect(stem(many)).toBe(stem(one))
      // Understanding, answers and search read words by the same function.
      expect(tokenize(many, lexicon).map((token) => token.stem)).toEqual(
        tokenize(one, lexicon).map((token) => token.stem),
      )
      expect(contentStems(many, lexicon)).toEqual(contentStems(one, lexicon))
      expect(contentStems(one.toUpperCase(), lexicon)).toEqual([lexicon.meaning(fold(one))])
    },
  )

  test.each(fixture.apart)('%s and %s stay apart', (one, other) => {
    expect(stem(one)).not.toBe(stem(other))
  })

  test('function words carry no content, sizes do', () => {
    for (const word of fixture.functionWords) expect(lexicon.isFunctionWord(fold(word)), word).toBe(true)
    for (const size of ['s', 'm', 'l', 'xl']) expect(lexicon.isFunctionWord(size), size).toBe(false)
    expect(contentStems(fixture.functionWords.join(' '), lexicon)).toEqual([])
  })

  test.each(fixture.find)('“%s” is found by “%s” [SHOP-LANGUAGE-02]', async (title, query) => {
    const builder = new IndexBuilder(lexicon.language)
    const titles = [...fixture.others, ...fixture.find.map(([each]) => each)]
    titles.forEach((each) => builder.add(product(each, each)))
    const index = new OpenIndex(builder.finish())
    for (const text of [query, fold(query), query.toUpperCase()]) {
      const { hits } = await index.search(
        { text, constraints: [], sort: 'relevance', limit: 3, offset: 0 },
        lexicon,
      )
      expect(hits[0]?.productId, text).toBe(title)
    }
  })

  test('two names of one thing mean the same, and find each other [SHOP-LANGUAGE-03]', async () => {
    const [one, other] = fixture.same
    expect(lexicon.meaning(fold(one))).toBe(lexicon.meaning(fold(other)))
    const builder = new IndexBuilder(lexicon.language)
    for (const title of [...fixture.others, other]) builder.add(product(title, title))
    const { hits } = await new OpenIndex(builder.finish()).search(
      { text: one, constraints: [], sort: 'relevance', limit: 1, offset: 0 },
      lexicon,
    )
    expect(hits[0]?.productId).toBe(other)
  })

  test('a store’s own words hold everywhere at once, without a new index [SHOP-LANGUAGE-03]', async () => {
    const own = makeLexicon(code, [
      { kind: 'same', words: ['zibble', 'quorp'] },
      { kind: 'narrower', words: ['vrenn', 'quorp'] },
    ])
    const builder = new IndexBuilder(lexicon.language)
    for (const title of [...fixture.others, 'Quorp']) builder.add(product(title, title))
    const index = new OpenIndex(builder.finish())
    const found = async (text: string, by = own) =>
      (await index.search({ text, constraints: [], sort: 'relevance', limit: 1, offset: 0 }, by)).hits[0]
        ?.productId
    expect(await found('zibble')).toBe('Quorp')
    expect(await found('vrenn')).toBe('Quorp')
    expect(await found('zibble', lexicon)).toBeUndefined()
    const vocabulary = {
      facets: new Map([['model', new Map([['quorp', 3]])]]),
      brands: new Map<string, number>(),
      categories: new Map([['Quorp', 3]]),
      currency: 'EUR',
    }
    expect(understand('zibble', { vocabulary, lexicon: own }).productType).toBe('Quorp')
    expect(understand('zibble', { vocabulary, lexicon }).productType).not.toBe('Quorp')
    expect(contentStems('zibble', own)).toEqual(contentStems('quorp', own))
    expect(contentStems('vrenn', own)).not.toEqual(contentStems('quorp', own))
  })
})

test('each language is a folder of data, and nothing else reads words', () => {
  expect(Object.keys(fixtures)).toEqual([...languageCodes])
})
