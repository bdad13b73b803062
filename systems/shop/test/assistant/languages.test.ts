import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { Phrases } from '../../src/assistant/phrases.ts'
import type { Product } from '../../src/domain/product.ts'
import { openMemoryStore } from '../../src/evals/assistant/memory-store.ts'
import type { SeenAnswer } from '../../src/evals/dialogue/conversation.ts'
import { Talker } from '../../src/evals/dialogue/talk.ts'
import { languageOf } from '../../src/language/language.ts'
import { languageCodes } from '../../src/language/languages.ts'
import { wordsOf } from '../../storefront/assistant/words/words-of.ts'
import type { LanguageCode } from '../../src/language/languages.ts'

/** A lamp of three sizes and two chairs, as a store of each language lists them: kind, names, option and its choices, returns. */
const stores: Record<
  LanguageCode,
  { lamps: string; lamp: string[]; size: string; chair: string[]; rule: [string, string] }
> = {
  en: {
    lamps: 'lamps',
    lamp: ['Wren Lamp', 'Tern Lamp', 'Finch Lamp'],
    size: 'height',
    chair: ['Alder Chair', 'Ash Chair'],
    rule: ['Returns', 'Send anything back within 60 days.'],
  },
  de: {
    lamps: 'Lampen',
    lamp: ['Lampe Wren', 'Lampe Tern', 'Lampe Finch'],
    size: 'Höhe',
    chair: ['Stuhl Alder', 'Stuhl Ash'],
    rule: ['Rückgabe', 'Rückgabe binnen 60 Tagen.'],
  },
  fr: {
    lamps: 'lampes',
    lamp: ['Lampe Wren', 'Lampe Tern', 'Lampe Finch'],
    size: 'hauteur',
    chair: ['Chaise Alder', 'Chaise Ash'],
    rule: ['Retours', 'Les retours sont possibles pendant 60 jours.'],
  },
  es: {
    lamps: 'lámparas',
    lamp: ['Lámpara Wren', 'Lámpara Tern', 'Lámpara Finch'],
    size: 'altura',
    chair: ['Silla Alder', 'Silla Ash'],
    rule: ['Devoluciones', 'Se aceptan devoluciones durante 60 días.'],
  },
  it: {
    lamps: 'lampade',
    lamp: ['Lampada Wren', 'Lampada Tern', 'Lampada Finch'],
    size: 'altezza',
    chair: ['Sedia Alder', 'Sedia Ash'],
    rule: ['Resi', 'Il reso è possibile entro 60 giorni.'],
  },
  nl: {
    lamps: 'lampen',
    lamp: ['Lamp Wren', 'Lamp Tern', 'Lamp Finch'],
    size: 'hoogte',
    chair: ['Stoel Alder', 'Stoel Ash'],
    rule: ['Retourneren', 'Retourneren kan binnen 60 dagen.'],
  },
  pt: {
    lamps: 'candeeiros',
    lamp: ['Candeeiro Wren', 'Candeeiro Tern', 'Candeeiro Finch'],
    size: 'altura',
    chair: ['Cadeira Alder', 'Cadeira Ash'],
    rule: ['Devoluções', 'Aceitamos devoluções durante 60 dias.'],
  },
  sv: {
    lamps: 'lampor',
    lamp: ['Lampa Wren', 'Lampa Tern', 'Lampa Finch'],
    size: 'höjd',
    chair: ['Stol Alder', 'Stol Ash'],
    rule: ['Retur', 'Retur går bra inom 60 dagar.'],
  },
}

function productsOf(code: LanguageCode): Product[] {
  const { lamps, lamp, size, chair } = stores[code]
  const product = (title: string, category: string, price: number, choices: string[]): Product => ({
    id: title,
    title,
    brand: 'Tarn',
    description: '',
    categories: [category],
    attributes: {},
    variants: choices.map((choice, index) => ({
      id: `${title}-${index}`,
      options: { [size]: choice },
      price: { minor: price, currency: 'EUR' },
      compareAt: null,
      stock: 4,
      image: null,
    })),
    images: [],
    url: null,
    services: [],
    rating: null,
  })
  return [
    ...lamp.map((title, at) => product(title, lamps, 9950 - 2000 * at, ['40 cm', '60 cm'])),
    ...chair.map((title, at) => product(title, chair[0]!.split(' ')[0]!, 22_900 + 3000 * at, ['80 cm'])),
  ]
}

async function talkIn(code: LanguageCode) {
  const folder = await mkdtemp(join(tmpdir(), `shop-${code}-`))
  const ending = new AbortController()
  onTestFinished(async () => {
    ending.abort()
    await rm(folder, { recursive: true, force: true })
  })
  const products = productsOf(code)
  const history = new Map(
    products.map(({ id, variants }) => [
      id,
      [1, 2].map((atMs) => ({
        productId: id,
        variantId: variants[0]!.id,
        price: { minor: 30_000 - atMs, currency: 'EUR' },
        atMs,
      })),
    ]),
  )
  const store = await openMemoryStore({ products, history, folder, language: code, signal: ending.signal })
  const [title, text] = stores[code].rule
  const policies = [{ section: 'returns', title, text }]
  const talker = new Talker({ name: code, store, policies }, ending.signal)
  return async (...messages: string[]): Promise<SeenAnswer> => {
    let state = {}
    let answer: SeenAnswer | null = null
    for (const message of messages) {
      const said = await talker.say(message, null, state)
      ;[state, answer] = [said.state, said.answer]
    }
    return answer!
  }
}

describe.each(languageCodes)('a store in “%s”', (code) => {
  const { lamps, lamp, size, rule } = stores[code]
  const phrases = new Phrases(languageOf(code), lamps)

  test('offers pills in its own language, each of which does what it says [SHOP-LANGUAGE-07]', async () => {
    const say = await talkIn(code)
    const { pills, cards } = await say(lamps)
    expect(cards.map(({ title }) => title).toSorted()).toEqual([...lamp].toSorted())
    expect(pills).toContain(phrases.say('pill.compare'))
    const compared = await say(lamps, phrases.say('pill.compare'))
    expect(compared.comparison?.products.map(({ title }) => title)).toEqual(
      cards.slice(0, 2).map(({ title }) => title),
    )
    expect(compared.comparison?.rows[0]?.label).toBe(phrases.say('table.price'))
    const cheaper = await say(lamp[0]!, phrases.say('pill.cheaper'))
    expect(`${cheaper.text} ${cheaper.cards.map(({ title }) => title).join(' ')}`).toContain(lamp.at(-1))
    const one = await say(lamps, lamp[0]!)
    expect(one.pills).toContain(phrases.say('pill.stock', { option: size.toLowerCase() }))
    const stocked = await say(lamps, lamp[0]!, phrases.say('pill.stock', { option: size.toLowerCase() }))
    expect(stocked.text).toContain('40 cm')
    const past = await say(lamps, lamp[0]!, phrases.say('pill.price'))
    expect(past.parts.map(({ type }) => type)).toContain('data-price-history')
    const returns = await say(phrases.say('pill.returns'))
    expect(returns.text).toContain(rule[1].slice(0, -1))
    const shown = await say(phrases.say('pill.show', { name: lamps }))
    expect(shown.cards.map(({ title }) => title).toSorted()).toEqual([...lamp].toSorted())
  })

  test('says prices as the language writes them, and nothing in English [SHOP-LANGUAGE-07]', async () => {
    const say = await talkIn(code)
    const price = new Intl.NumberFormat(code === 'en' ? 'en-US' : code, {
      style: 'currency',
      currency: 'EUR',
    })
    const { text } = await say(lamp[0]!)
    expect(text).toContain(price.format(99.5))
    if (code !== 'en') expect(text).not.toMatch(/\b(?:costs?|the|listing|is|at)\b/i)
  })
})

test('the assistant’s own words are of the page’s language, and English where it does not speak that [SHOP-LANGUAGE-07]', () => {
  const greetings = languageCodes.map((code) => wordsOf(code).greeting)
  expect(new Set(greetings).size).toBe(languageCodes.length)
  expect(wordsOf('fr-CA')).toBe(wordsOf('fr'))
  expect(wordsOf('pl')).toBe(wordsOf('en'))
})

describe('a message in another language than the listings [SHOP-LANGUAGE-07]', () => {
  test('whose words no listing holds is asked again in theirs, and nothing is said to be missing', async () => {
    const say = await talkIn('de')
    const { text, cards } = await say('do you have a hammock for the garden?')
    expect(text).toMatch(/^The listings here are in German, .* Please name it in German\.$/)
    expect(cards).toEqual([])
  })

  test('is taken for none of the store’s by one little word', async () => {
    const say = await talkIn('en')
    expect((await say('Hängematte für Anfänger')).text).toMatch(/Please name it in English\.$/)
  })

  test('says what it costs at most in its own language, and that is no wish', async () => {
    const say = await talkIn('de')
    const { text, cards } = await say('avez-vous une Lampe Tern à moins de 80 euros ?')
    expect(cards[0]?.title).toMatch(/Tern/)
    expect(text).not.toContain('ne mentionnent pas')
  })

  test('goes on in that language, which is said once, until a message is of the store’s', async () => {
    const say = await talkIn('de')
    const first = 'do you have the Lampe Tern for the kitchen?'
    expect((await say(first)).text).toContain('The listings here are in German')
    const next = await say(first, 'ok. lampe wren under 100')
    expect(next.text).toMatch(/€\d/)
    expect(next.text).not.toContain('The listings here are in German')
    expect((await say(first, 'und was kostet die Lampe Finch?')).text).toMatch(/^Es kostet/)
  })
})
