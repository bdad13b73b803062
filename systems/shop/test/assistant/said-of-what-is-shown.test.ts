import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { ConversationState } from '../../src/assistant/conversations/tables.ts'
import type { Product } from '../../src/domain/product.ts'
import { openMemoryStore } from '../../src/evals/assistant/memory-store.ts'
import { Talker } from '../../src/evals/dialogue/talk.ts'
import { languageOf } from '../../src/language/language.ts'
import type { LanguageCode } from '../../src/language/languages.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'
import { negationScopes } from '../../src/understand/negation.ts'
import { withoutRefusal } from '../../src/understand/refusal.ts'
import { tokenize } from '../../src/understand/text.ts'
import { product } from './fixture.ts'

interface Goods {
  title: string
  euros: number
  shelf: string
  says: string
  states?: Record<string, string>
  colours?: string[]
}

const made = (at: number, { title, euros, shelf, says, states = {}, colours }: Goods): Product => {
  const base = product(`g-${at}`, { title, categories: [shelf], description: says })
  const [variant] = base.variants
  if (variant === undefined) throw new Error('A product has no variant.')
  return {
    ...base,
    brand: 'Nordlund',
    attributes: Object.fromEntries(Object.entries(states).map(([name, value]) => [name, [value]])),
    variants: (colours ?? ['']).map((colour, n) => ({
      ...variant,
      id: `g-${at}-${n}`,
      options: colour === '' ? {} : { Colour: colour },
      price: { minor: euros * 100, currency: 'EUR' },
    })),
  }
}

const stores: Partial<Record<LanguageCode, Goods[]>> = {
  en: [
    {
      title: 'Alder Kayak',
      euros: 640,
      shelf: 'Kayaks',
      says: 'A kayak for lakes.\nA paddle and a spray deck are included.',
      states: { 'Net weight': '19 kg', Material: 'polyethylene' },
      colours: ['olive', 'orange'],
    },
    {
      title: 'Birch Kayak',
      euros: 720,
      shelf: 'Kayaks',
      says: 'A kayak for the sea.',
      states: { 'Net weight': '24 kg', Material: 'fibreglass' },
      colours: ['grey', 'white'],
    },
    { title: 'Rope', euros: 9, shelf: 'Ropes', says: 'Ten metres of rope.' },
  ],
  it: [
    {
      title: 'Trapano Merlo',
      euros: 140,
      shelf: 'Trapani',
      says: 'Un trapano.\nCompatibile con batterie al litio da 18 V.\nLa valigetta e due punte sono incluse.',
      states: { 'Peso netto': '1,9 kg', Materiale: 'acciaio' },
      colours: ['verde', 'arancione'],
    },
    {
      title: 'Trapano Gufo',
      euros: 190,
      shelf: 'Trapani',
      says: 'Un trapano.',
      states: { 'Peso netto': '2,4 kg', Materiale: 'alluminio' },
      colours: ['grigio'],
    },
    { title: 'Punte trapano acciaio', euros: 12, shelf: 'Trapani accessori', says: 'Dieci punte.' },
    { title: 'Batteria al Litio Corvo', euros: 60, shelf: 'Energia', says: 'Una batteria da 18 V.' },
    { title: 'Levigatrice Picchio', euros: 80, shelf: 'Levigatrici', says: 'Una levigatrice.' },
  ],
  de: [
    {
      title: 'Schreibtisch Lärche',
      euros: 340,
      shelf: 'Schreibtische',
      says: 'Ein Tisch.\nSchrauben und Werkzeug sind im Lieferumfang.',
      states: { Gewicht: '28 kg', Material: 'Holz' },
      colours: ['weiß', 'orange'],
    },
    {
      title: 'Schreibtisch Tanne',
      euros: 420,
      shelf: 'Schreibtische',
      says: 'Ein Tisch, den ein Motor hebt.',
      states: { Gewicht: '41 kg', Material: 'Stahl' },
      colours: ['grau'],
    },
    { title: 'Kabelkanal für Schreibtische', euros: 15, shelf: 'Zubehör', says: 'Hält Kabel.' },
    { title: 'Bürostuhl Ahorn', euros: 190, shelf: 'Stühle', says: 'Ein Stuhl.' },
  ],
  sv: [
    {
      title: 'Vagn Lärk',
      euros: 340,
      shelf: 'Vagnar',
      says: 'En vagn.\nRegnskydd och korg ingår.',
      states: { Nettovikt: '9 kg', Material: 'aluminium' },
      colours: ['grön', 'orange'],
    },
    {
      title: 'Vagn Trast',
      euros: 420,
      shelf: 'Vagnar',
      says: 'En vagn.',
      states: { Nettovikt: '12 kg', Material: 'stål' },
      colours: ['grå'],
    },
    { title: 'Åkpåse Mes', euros: 60, shelf: 'Åkpåsar', says: 'En åkpåse.' },
  ],
}

const folders: string[] = []
const talkers = new Map<LanguageCode, Promise<Talker>>()
const { signal } = new AbortController()

async function open(code: LanguageCode): Promise<Talker> {
  const folder = await mkdtemp(join(tmpdir(), 'heavylift-shown-'))
  folders.push(folder)
  const products = (stores[code] ?? []).map((each, at) => made(at, each))
  const store = await openMemoryStore({ products, language: code, folder, signal })
  return new Talker({ name: code, store, policies: [] }, signal)
}

async function say(code: LanguageCode, ...messages: string[]) {
  const opened = talkers.get(code) ?? open(code)
  talkers.set(code, opened)
  const talker = await opened
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

const refused = (text: string, code: LanguageCode): string[] => {
  const tokens = tokenize(text, lexiconOf(code))
  const scopes = negationScopes(tokens, languageOf(code))
  return tokens.flatMap(({ word, isContent }, at) => (isContent && (scopes[at] ?? -1) >= 0 ? word : []))
}

describe('what is not wanted', () => {
  test.each<[LanguageCode, string, string]>([
    ['en', "I don't want it in orange", 'orange'],
    ['en', "orange I don't want", 'orange'],
    ['de', 'Leder möchte ich nicht haben', 'leder'],
    ['nl', 'leer hoef ik niet', 'leer'],
    ['sv', 'läder vill jag inte ha', 'lader'],
    ['fr', 'le cuir je ne veux pas', 'cuir'],
    ['es', 'cuero no quiero', 'cuero'],
    ['it', 'la pelle non la voglio', 'pelle'],
    ['pt', 'couro não, por favor', 'couro'],
  ])('%s: "%s" rules out %s', (code, text, word) => {
    expect(refused(text, code)).toContain(word)
  })

  test.each<[LanguageCode, string, string]>([
    ['pt', 'tem em couro ou não?', 'couro'],
    ['de', 'ist das aus Leder oder nicht?', 'leder'],
    ['en', 'no cotton in the lining', 'lining'],
  ])('%s: "%s" does not rule out %s', (code, text, word) => {
    expect(refused(text, code)).not.toContain(word)
  })

  test.each<[LanguageCode, string, string]>([
    ['en', 'alder kayak', "I don't want it in orange"],
    ['it', 'trapano merlo', 'non lo voglio arancione'],
    ['de', 'schreibtisch lärche', 'ich will ihn nicht in orange'],
    ['sv', 'vagn', 'orange vill jag inte ha'],
  ])('%s: after %s, "%s" asks for none in orange', async (code, first, message) => {
    const { answer, outcome } = await say(code, first, message)
    expect(outcome.plan.kind).toBe('results')
    expect(outcome.plan.understanding.constraints).toContainEqual(
      expect.objectContaining({ kind: 'facet', negated: true }),
    )
    expect(answer.text).not.toMatch(/orange|arancione/)
  })

  test.each<[LanguageCode, string, string]>([
    ['en', "I don't like them, do you have ropes?", 'do you have ropes?'],
    ['de', 'Die gefallen mir nicht, habt ihr Stühle?', 'habt ihr Stühle?'],
    ['nl', 'Ik vind ze niet mooi, hebben jullie stoelen?', 'hebben jullie stoelen?'],
    ['sv', 'Jag gillar dem inte, har ni stolar?', 'har ni stolar?'],
    ['fr', 'Je ne les aime pas, vous avez des chaises ?', 'vous avez des chaises ?'],
    ['es', 'No me gustan, ¿tienen sillas?', 'tienen sillas?'],
    ['it', 'Non mi piacciono, avete delle sedie?', 'avete delle sedie?'],
    ['pt', 'Não gosto, vocês têm cadeiras?', 'vocês têm cadeiras?'],
    ['en', "I don't like leather, do you have ropes?", "I don't like leather, do you have ropes?"],
    ['en', "I don't like it anymore, I want to die", "I don't like it anymore, I want to die"],
    ['de', 'Ich mag nicht mehr, helft mir', 'Ich mag nicht mehr, helft mir'],
  ])('%s: of "%s" is left "%s"', (code, message, left) => {
    expect(withoutRefusal(message, languageOf(code)).replace(/^¿/, '')).toBe(left)
  })

  test.each<[LanguageCode, string, string, string]>([
    ['en', 'kayak', "I don't like them, do you have ropes?", 'Rope'],
    ['it', 'trapani', 'non mi piacciono, avete delle levigatrici?', 'Levigatrice Picchio'],
    ['de', 'schreibtisch', 'die gefallen mir nicht, habt ihr Stühle?', 'Bürostuhl Ahorn'],
    ['sv', 'vagn', 'jag gillar dem inte, har ni åkpåsar?', 'Åkpåse Mes'],
  ])('%s: after %s, "%s" shows %s', async (code, first, message, title) => {
    const { answer } = await say(code, first, message)
    expect(answer.cards[0]?.title).toBe(title)
  })
})

describe('what is not liked', () => {
  test.each<[LanguageCode, string, string]>([
    ['en', 'kayak', "I don't like it"],
    ['it', 'trapani', 'non mi piacciono'],
    ['de', 'schreibtisch', 'der gefällt mir nicht'],
    ['sv', 'vagn', 'jag gillar den inte'],
  ])('%s: after %s, "%s" alone is not shown again', async (code, first, message) => {
    const { answer } = await say(code, first)
    const { answer: other } = await say(code, first, message)
    expect(other.cards[0]?.title).not.toBe(answer.cards[0]?.title)
  })
})

describe('what is asked of what is shown', () => {
  test.each<[LanguageCode, string, string, RegExp]>([
    ['en', 'alder kayak', 'is the spray deck included?', /spray deck/],
    ['it', 'trapano merlo', 'la valigetta è inclusa?', /valigetta/],
    ['de', 'schreibtisch lärche', 'gehört das Werkzeug dazu?', /Werkzeug/],
    ['sv', 'vagn lärk', 'är regnskyddet inkluderat?', /Regnskydd/],
  ])('%s: %s, "%s" is told by its line', async (code, first, question, line) => {
    const { answer, outcome } = await say(code, first, question)
    expect(outcome.plan.kind).toBe('product-answer')
    expect(answer.text).toMatch(line)
  })

  test.each<[LanguageCode, string, string]>([
    ['en', 'alder kayak', 'who produces it?'],
    ['it', 'trapano merlo', 'chi li produce?'],
    ['de', 'schreibtisch lärche', 'wer produziert den?'],
  ])('%s: %s, "%s" is told by its brand', async (code, first, question) => {
    const { answer } = await say(code, first, question)
    expect(answer.text).toContain('Nordlund')
  })

  test.each<[LanguageCode, string, string, string]>([
    ['en', 'kayak', "I'll take the cheapest one", 'g-0'],
    ['it', 'trapani', 'prendo il più economico', 'g-0'],
    ['de', 'schreibtisch', 'ich nehme den günstigsten', 'g-0'],
    ['sv', 'vagn', 'jag tar den billigaste', 'g-0'],
  ])('%s: after %s, "%s" takes %s', async (code, first, message, id) => {
    const { outcome } = await say(code, first, message)
    expect(outcome.plan.understanding).toMatchObject({
      intent: 'add-to-cart',
      reference: { kind: 'shown', ids: [id] },
    })
  })

  test('what works with it is asked of it, whatever is called so', async () => {
    const { answer } = await say('it', 'trapano merlo', 'funziona con le batterie al litio?')
    expect(answer.text).toContain('Compatibile con batterie al litio')
  })

  test.each<[LanguageCode, string, string, string]>([
    ['en', 'alder kayak', "what's the difference to the birch one?", 'fibreglass'],
    ['it', 'trapano merlo', 'che differenza c’è con il gufo?', 'alluminio'],
    ['sv', 'vagn lärk', 'vad är skillnaden mot trast?', 'stål'],
  ])('%s: %s, "%s" is told by what both state', async (code, first, question, stated) => {
    const { answer, outcome } = await say(code, first, question)
    expect(outcome.plan.kind).toBe('comparison')
    expect(answer.text).toContain(stated)
  })

  test.each<[LanguageCode, string, string, string]>([
    ['en', 'kayak', 'which has the higher net weight?', 'Birch Kayak has the most: 24 kg'],
    ['de', 'schreibtisch', 'welcher hat das höhere Gewicht?', '41 kg'],
  ])('%s: after %s, "%s" is told by both numbers', async (code, first, question, told) => {
    const { answer, outcome } = await say(code, first, question)
    expect(outcome.plan.kind).toBe('comparison')
    expect(answer.text).toContain(told)
  })
})

describe('what goods go with', () => {
  test.each<[LanguageCode, string, string]>([
    ['it', 'trapani', 'Punte trapano acciaio'],
    ['it', 'un trapano', 'Punte trapano acciaio'],
    ['de', 'schreibtisch', 'Kabelkanal für Schreibtische'],
  ])('%s: %s shows no accessory', async (code, message, accessory) => {
    const { answer } = await say(code, message)
    expect(answer.cards.length).toBeGreaterThan(1)
    expect(answer.cards.map(({ title }) => title)).not.toContain(accessory)
  })
})

describe('another language than the listings', () => {
  test('its little words are looked for in none', async () => {
    const { answer } = await say('it', 'trapano merlo', 'do you also sell lanterns?')
    expect(answer.text).toContain('Please name it in Italian')
    expect(answer.cards).toEqual([])
  })

  test('what costs less is told', async () => {
    const { answer, outcome } = await say('it', 'trapano merlo', 'is it cheaper than the trapano gufo?')
    expect(outcome.plan.kind).toBe('comparison')
    expect(answer.text).toContain('140.00')
    expect(answer.text).toContain('190.00')
  })
})
