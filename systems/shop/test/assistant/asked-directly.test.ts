import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { ConversationState } from '../../src/assistant/conversations/tables.ts'
import type { Product } from '../../src/domain/product.ts'
import { openMemoryStore } from '../../src/evals/assistant/memory-store.ts'
import { Talker } from '../../src/evals/dialogue/talk.ts'
import type { LanguageCode } from '../../src/language/languages.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'
import { readIntent } from '../../src/understand/read-intent.ts'
import { product } from './fixture.ts'

type Goods = readonly [title: string, euros: number, description: string, attributes: Record<string, string>]

const item = (shelf: string, at: number, [title, euros, description, attributes]: Goods): Product => {
  const made = product(`${shelf}-${at}`, { title, categories: [shelf], description })
  return {
    ...made,
    brand: null,
    attributes: Object.fromEntries(Object.entries(attributes).map(([name, value]) => [name, [value]])),
    variants: made.variants.map((variant) => ({
      ...variant,
      options: {},
      price: { minor: euros * 100, currency: 'EUR' },
    })),
  }
}

const stores: Partial<Record<LanguageCode, Record<string, readonly Goods[]>>> = {
  en: {
    Creams: [
      [
        'Heron Night Cream',
        24,
        'A rich cream.\nApply a thin layer twice a day, in the morning and before bed.',
        { 'Net weight': '62 g', 'Gross weight': '148 g', 'Country of origin': 'Latvia' },
      ],
      ['Heron Day Lotion', 18, 'A light lotion.', { 'Net weight': '130 g', 'Country of origin': 'Latvia' }],
    ],
    Soap: [
      ['Tallow Soap Bar', 6, 'A hard bar for the hands.\nMade in North America.', { 'Net weight': '110 g' }],
    ],
  },
  pt: {
    Bules: [
      [
        'Bule Serra',
        32,
        'Um bule de ferro.\nLavar à mão.',
        { 'Peso líquido': '1,4 kg', 'País de origem': 'Portugal' },
      ],
      ['Bule Vale', 27, 'Um bule de vidro.', { 'Peso líquido': '0,6 kg', 'País de origem': 'Espanha' }],
    ],
    Xícaras: [['Xícara Lume', 11, 'Uma xícara de grés.', {}]],
  },
  sv: {
    Vaser: [
      [
        'Vas Skär',
        31,
        'En vas av glas.',
        { Nettovikt: '0,9 kg', Bruttovikt: '1,4 kg', Ursprungsland: 'Sverige' },
      ],
      ['Vas Holme', 25, 'En vas av lergods.', { Nettovikt: '1,2 kg', Ursprungsland: 'Estland' }],
    ],
    Vård: [['Salva Gran', 10, 'En salva.\nSmörj in två gånger om dagen.', {}]],
  },
  it: {
    Lampade: [
      [
        'Lampada Alba',
        64,
        'Una lampada in ottone.',
        { 'Peso netto': '1,9 kg', 'Paese di origine': 'Italia' },
      ],
      [
        'Lampada Notte',
        48,
        'Una lampada in vetro.',
        { 'Peso netto': '1,2 kg', 'Paese di origine': 'Slovenia' },
      ],
    ],
  },
}

const folders: string[] = []
const talkers = new Map<LanguageCode, Promise<Talker>>()
const { signal } = new AbortController()

async function open(code: LanguageCode): Promise<Talker> {
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-directly-'))
  folders.push(folder)
  const products = Object.entries(stores[code] ?? {}).flatMap(([shelf, goods]) =>
    goods.map((each, at) => item(shelf, at, each)),
  )
  const store = await openMemoryStore({ products, language: code, folder, signal })
  return new Talker({ name: code, store, policies: [] }, signal)
}

async function say(code: LanguageCode, ...messages: string[]) {
  const talker = await (talkers.get(code) ?? open(code))
  talkers.set(code, Promise.resolve(talker))
  let state: ConversationState = {}
  let last = null
  for (const message of messages) {
    last = await talker.say(message, null, state)
    state = last.state
  }
  if (last === null) throw new Error('Nothing was said.')
  return last
}

afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

describe('what is asked of what is in sight', () => {
  test.each<[LanguageCode, string, string, string[]]>([
    ['en', 'night cream', 'is it cheaper than the day lotion?', ['18.00', '24.00']],
    ['pt', 'bule serra', 'é mais barato que o bule vale?', ['27,00', '32,00']],
    ['sv', 'vas skär', 'är den billigare än holme?', ['25,00', '31,00']],
    ['it', 'lampada alba', 'costa meno della notte?', ['48,00', '64,00']],
  ])('%s: %s, %s is told by both prices', async (code, first, question, prices) => {
    const { answer, outcome } = await say(code, first, question)
    expect(outcome.plan.kind).toBe('comparison')
    for (const price of prices) expect(answer.text).toContain(price)
  })

  test('who asks for something cheaper than another wishes for it', async () => {
    const { outcome } = await say('en', 'night cream', 'do you have anything cheaper than the night cream?')
    expect(outcome.plan.kind).toBe('results')
  })

  test('what is asked next is asked of the one that another was held against', async () => {
    const { answer } = await say('it', 'lampada alba', 'costa meno della notte?', 'è fatta in cina?')
    expect(answer.text).toContain('No: la scheda indica paese di origine: Italia')
  })

  test.each<[LanguageCode, string, string, string]>([
    ['en', 'night cream', 'is it made in china?', 'No: the listing states country of origin: Latvia'],
    ['en', 'night cream', 'is it made in latvia?', 'Yes: the listing states country of origin: Latvia'],
    ['pt', 'bule serra', 'é feito em portugal?', 'Sim: a ficha indica país de origem: Portugal'],
    ['sv', 'vas skär', 'kommer den från sverige?', 'Ja: beskrivningen anger ursprungsland: Sverige'],
    ['pt', 'bule serra', 'is it made in spain?', 'No: the listing states país de origem: Portugal'],
  ])('%s: %s, %s is answered yes or no', async (code, first, question, said) => {
    const { answer } = await say(code, first, question)
    expect(answer.text).toContain(said)
  })

  test.each<[LanguageCode, string, string, string]>([
    ['en', 'night cream', 'and with the packaging?', '148 g'],
    ['en', 'night cream', 'what does it weigh without the packaging?', '62 g'],
    ['pt', 'bule serra', 'qual o peso sem a embalagem?', '1,4 kg'],
    ['sv', 'vas skär', 'vad väger den utan förpackning?', '0,9 kg'],
    ['sv', 'vas skär', 'vad väger den med förpackningen?', '1,4 kg'],
  ])('%s: %s, %s is told by the weight that is called so', async (code, first, question, said) => {
    const { answer } = await say(code, first, question)
    expect(answer.text).toContain(said)
  })

  test('a continent is quoted: what is from there may be from any of its countries', async () => {
    const { answer } = await say('en', 'soap bar', 'is it made in canada?')
    expect(answer.text).toContain('“Made in North America.”')
  })

  test.each<[LanguageCode, string, string, string]>([
    ['it', 'lampada', 'non la alba per favore', 'Lampada Alba'],
    ['pt', 'bule', 'não o vale, por favor', 'Bule Vale'],
  ])('%s: %s, %s leaves that one out', async (code, first, message, title) => {
    const { answer, outcome } = await say(code, first, message)
    expect(outcome.plan.kind).toBe('results')
    expect(answer.cards.length).toBeGreaterThan(0)
    expect(answer.cards.map((card) => card.title)).not.toContain(title)
  })

  test('a gross weight is held against no net weight', async () => {
    const { answer } = await say('en', 'compare the night cream with the day lotion', 'which one is heavier?')
    expect(answer.text).not.toContain('148 g')
  })

  test.each<[LanguageCode, string, string]>([
    ['en', 'compare the night cream with the day lotion', 'both please'],
    ['pt', 'bule', 'os dois'],
    ['sv', 'vas', 'båda'],
    ['it', 'lampada', 'tutte e due'],
  ])('%s: both of the two in sight are taken', async (code, first, message) => {
    const { outcome } = await say(code, first, message)
    expect(outcome.plan.understanding).toMatchObject({ intent: 'add-to-cart', reference: { kind: 'those' } })
  })

  test.each<[LanguageCode, string, string, string]>([
    ['en', 'night cream', 'how many times a day?', 'twice a day'],
    ['sv', 'salva', 'hur använder jag den?', 'två gånger om dagen'],
  ])('%s: %s, %s is told by how it is used', async (code, first, question, said) => {
    const { answer } = await say(code, first, question)
    expect(answer.text).toContain(said)
  })

  test.each<[LanguageCode, string, string, string]>([
    ['en', 'soap bar', 'was kostet die seife?', '6,00'],
    ['en', 'soap bar', 'welches gewicht hat sie?', '110 g'],
    ['en', 'soap bar', '¿cuánto cuesta?', '6,00'],
    ['en', 'soap bar', '¿dónde se fabrica?', 'Made in North America'],
    ['pt', 'bule serra', 'how do I wash it?', 'Lavar à mão'],
  ])('%s: %s, %s in another language is told by its line', async (code, first, question, said) => {
    const { answer } = await say(code, first, question)
    expect(answer.text).toContain(said)
  })

  test('whether it suits somebody is told by no line in another language', async () => {
    const { answer } = await say('en', 'night cream', 'ist die für empfindliche haut?')
    expect(answer.text).toContain('weiß ich nicht')
  })

  test.each<[LanguageCode, string, string, string]>([
    ['pt', 'bule', 'acho que não quero vidro', 'acho'],
    ['sv', 'vas', 'jag tror inte att jag vill ha glas', 'tror'],
    ['it', 'lampada', 'penso di non volere il vetro', 'penso'],
  ])('%s: what is not wanted is left out: %s, %s', async (code, first, message, said) => {
    const { answer, outcome } = await say(code, first, message)
    expect(outcome.plan.kind).toBe('results')
    expect(answer.text).not.toContain(said)
    expect(answer.cards.map(({ title }) => title)).not.toContain('Vas Skär')
    expect(answer.cards.map(({ title }) => title)).not.toContain('Lampada Notte')
    expect(answer.cards.map(({ title }) => title)).not.toContain('Bule Vale')
  })
})

describe('what arrives broken', () => {
  test.each<[LanguageCode, string]>([
    ['en', 'my kettle came leaking'],
    ['de', 'die flasche kam ausgelaufen an'],
    ['nl', 'de theepot kwam gebarsten binnen'],
    ['sv', 'vasen kom sprucken'],
    ['fr', 'la bougie est arrivée fêlée'],
    ['es', 'la jarra llegó rota'],
    ['it', 'la tazza è arrivata scheggiata'],
    ['pt', 'a chaleira chegou rachada'],
  ])('%s: “%s” is a complaint', (code, message) => {
    expect(readIntent(message, lexiconOf(code))).toMatchObject({ intent: 'service', topic: 'complaint' })
  })
})

describe('who does not think that they want to live', () => {
  test.each<[LanguageCode, string]>([
    ['en', "I don't think I want to live anymore"],
    ['de', 'ich glaube ich will nicht mehr leben'],
    ['nl', 'ik denk dat ik niet meer wil leven'],
    ['sv', 'jag tror inte att jag vill leva längre'],
    ['fr', 'je crois que je ne veux plus vivre'],
    ['es', 'creo que ya no quiero vivir'],
    ['it', 'penso di non voler più vivere'],
    ['pt', 'acho que já não quero viver'],
  ])('%s: “%s” is a danger [SHOP-TALK-02]', (code, message) => {
    expect(readIntent(message, lexiconOf(code))).toMatchObject({ intent: 'care', topic: 'self-harm' })
  })
})
