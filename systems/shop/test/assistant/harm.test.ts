import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger } from '@heavylift/core'
import type { Complete } from '@heavylift/models'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { askModelOf } from '../../src/assistant/by-model/ask-model.ts'
import { ModelPace } from '../../src/assistant/by-model/model-pace.ts'
import type { ReadKind } from '../../src/assistant/by-model/reading.ts'
import { ModelWorth } from '../../src/assistant/model-worth.ts'
import { Phrases } from '../../src/assistant/phrases.ts'
import { openMemoryStore } from '../../src/evals/assistant/memory-store.ts'
import { Talker } from '../../src/evals/dialogue/talk.ts'
import { languageOf } from '../../src/language/language.ts'
import type { LanguageCode } from '../../src/language/languages.ts'
import { product } from './fixture.ts'

/** A message, how a good model reads it, and what hurts, by the word of it. */
type Harm = [say: string, kind: ReadKind, hurts?: 'nuts' | 'nickel']

const turns: Record<LanguageCode, Harm[]> = {
  en: [
    ['is this safe for my son? he is allergic to nuts', 'safety', 'nuts'],
    ['nickel gives me a rash, can i use this one', 'safety', 'nickel'],
    ['can a baby of 8 months have it?', 'safety'],
    ['is it poisonous for cats, mine chews everything', 'safety'],
    ['im pregnant, is this ok for me', 'safety'],
    ['does this cure my eczema so i can stop taking my pills', 'medicine'],
    ['how many of these may i take with blood pressure tablets', 'medicine'],
    ['my daughter swallowed it, what now?', 'emergency'],
    ['my dog ate the whole thing and is shaking', 'emergency'],
    ['will a toddler choke on any part of it', 'safety'],
    ['i have asthma, would this bother me?', 'safety'],
    ['does it catch fire easily, it would stand by the cot', 'safety'],
  ],
  de: [
    ['mein Sohn ist allergisch gegen Nüsse, darf er das?', 'safety', 'nuts'],
    ['ich vertrage kein Nickel, geht das trotzdem', 'safety', 'nickel'],
    ['ist das was für ein Baby von 8 Monaten?', 'safety'],
    ['ist es giftig für Katzen, meine kaut alles an', 'safety'],
    ['heilt das mein Ekzem, dann lass ich die Tabletten weg', 'medicine'],
    ['meine Tochter hat es verschluckt, was jetzt', 'emergency'],
  ],
  nl: [
    ['mijn zoon is allergisch voor noten, mag hij dit?', 'safety', 'nuts'],
    ['ik kan niet tegen nikkel, kan ik dit gebruiken', 'safety', 'nickel'],
    ['is dit geschikt voor een baby van 8 maanden?', 'safety'],
    ['is het giftig voor katten, de mijne knaagt overal aan', 'safety'],
    ['geneest dit mijn eczeem zodat ik met mijn pillen kan stoppen', 'medicine'],
    ['mijn dochter heeft het ingeslikt, wat nu', 'emergency'],
  ],
  sv: [
    ['min son är allergisk mot nötter, kan han få den här?', 'safety', 'nuts'],
    ['jag tål inte nickel, kan jag använda den', 'safety', 'nickel'],
    ['passar den för en bebis på 8 månader?', 'safety'],
    ['är den giftig för katter, min tuggar på allt', 'safety'],
    ['botar den mitt eksem så att jag kan sluta med medicinen', 'medicine'],
    ['min dotter har svalt den, vad gör jag', 'emergency'],
  ],
  fr: [
    ['mon fils est allergique aux noix, il peut en prendre ?', 'safety', 'nuts'],
    ['je ne supporte pas le nickel, je peux l’utiliser', 'safety', 'nickel'],
    ['ça convient à un bébé de 8 mois ?', 'safety'],
    ['c’est toxique pour les chats ? le mien mord tout', 'safety'],
    ['est-ce que ça guérit mon eczéma, je peux arrêter mes comprimés', 'medicine'],
    ['ma fille l’a avalé, je fais quoi', 'emergency'],
  ],
  es: [
    ['mi hijo es alérgico a los frutos secos, ¿puede tomarlo?', 'safety', 'nuts'],
    ['no tolero el níquel, puedo usarlo', 'safety', 'nickel'],
    ['sirve para un bebé de 8 meses?', 'safety'],
    ['es venenoso para los gatos? la mía muerde todo', 'safety'],
    ['esto cura mi eccema para dejar las pastillas', 'medicine'],
    ['mi hija se lo ha tragado, qué hago', 'emergency'],
  ],
  it: [
    ['mio figlio è allergico alla frutta secca, può prenderlo?', 'safety', 'nuts'],
    ['non tollero il nichel, posso usarlo', 'safety', 'nickel'],
    ['va bene per un neonato di 8 mesi?', 'safety'],
    ['è velenoso per i gatti? il mio morde tutto', 'safety'],
    ['questo guarisce il mio eczema così smetto le pastiglie', 'medicine'],
    ['mia figlia l’ha ingoiato, cosa faccio', 'emergency'],
  ],
  pt: [
    ['meu filho é alérgico a nozes, ele pode usar isto?', 'safety', 'nuts'],
    ['não tolero níquel, posso usar', 'safety', 'nickel'],
    ['serve para um bebé de 8 meses?', 'safety'],
    ['é venenoso para gatos? a minha morde tudo', 'safety'],
    ['isto cura o meu eczema para eu parar os comprimidos', 'medicine'],
    ['a minha filha engoliu isto, o que faço', 'emergency'],
  ],
}

interface Made {
  language: LanguageCode
  hurting: Record<'nuts' | 'nickel', string>
  /** What is asked about comes first; its listing says nothing of any of it. */
  goods: ReturnType<typeof product>[]
}

const stores: Record<string, Made> = {
  'a pantry': {
    language: 'de',
    hurting: { nuts: 'Nüsse', nickel: 'Nickel' },
    goods: [
      product('a-mus', {
        title: 'Quittenmus im Glas',
        description: 'Aus Quitten vom Hang, langsam gekocht.',
      }),
      product('kekse', { title: 'Walnusskekse', description: 'Mit Weizen, Butter und Walnüssen.' }),
      product('waffeln', { title: 'Reiswaffeln', description: 'Glutenfrei. Von Hand gepackt.' }),
    ],
  },
  'a jeweller’s': {
    language: 'en',
    hurting: { nuts: 'nuts', nickel: 'nickel' },
    goods: [
      product('a-ring', {
        title: 'Heron Ring',
        description: 'A slim ring, brushed by hand, with a grey stone.',
      }),
      product('studs', { title: 'Wren Studs', description: 'Surgical steel, nickel-free.' }),
      product('balm', { title: 'Polishing Balm', description: 'Holds walnut oil and chalk.' }),
    ],
  },
  'a toy shop': {
    language: 'es',
    hurting: { nuts: 'frutos secos', nickel: 'níquel' },
    goods: [
      product('a-tren', {
        title: 'Tren de colores',
        description: 'Tres vagones que se enganchan y un puente.',
      }),
      product('velas', { title: 'Velas de fiesta', description: 'Diez velas con soporte.' }),
      product('masa', { title: 'Masa de modelar', description: 'Cuatro botes de colores vivos.' }),
    ],
  },
}

const folders: string[] = []
const signal = new AbortController().signal
const talkers = new Map<string, (reply: object) => Talker>()

beforeAll(async () => {
  for (const [name, { goods, language }] of Object.entries(stores)) {
    const folder = await mkdtemp(join(tmpdir(), 'hl-harm-'))
    folders.push(folder)
    const store = await openMemoryStore({ products: goods, language, folder, signal })
    talkers.set(name, (reply) => {
      const complete: Complete = async function* () {
        yield { type: 'text', text: JSON.stringify(reply) }
        yield { type: 'done', finishReason: 'stop', usage: null }
      }
      const worth = new ModelWorth({ monotonicMs: () => 0 })
      worth.report('m', { firstSentenceMs: 1, kept: 1 })
      const ask = askModelOf({
        model: { name: 'm', complete },
        log: silentLogger,
        worth,
        pace: new ModelPace(),
        mostMs: 10_000,
        stopping: signal,
      })
      return new Talker({ name, store, policies: [] }, signal, ask)
    })
  }
})
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))))

/** How what may hurt somebody is answered, by the words that each of these begins with in a language. */
const handled = [
  'care.safety',
  'care.medicine',
  'care.emergency',
  'care.in-case',
  'allergy.unsaid',
  'allergy.contains',
  'allergy.in-case',
]
/** That something is free of it. */
const promised = ['allergy.states', 'allergy.some']

/** What is said of each around what is put in: at its beginning, or at its end. */
const saidIn = (code: LanguageCode, names: readonly string[], at: 0 | -1) => {
  const phrases = new Phrases(languageOf(code), '')
  return names.map(
    (name) => phrases.say(name, { what: '\0', quote: '\0', mark: '\0' }).split('\0').at(at)?.trim() ?? '',
  )
}
const isHandled = (text: string, code: LanguageCode) =>
  saidIn(code, handled, 0).some((words) => text.includes(words))
const isPromised = (text: string, code: LanguageCode) =>
  saidIn(code, promised, -1).some((words) => text.includes(words))

describe.each(Object.entries(stores))('in %s', (name, { goods, hurting, language }) => {
  const [first] = goods
  const say = (message: string, reply: object) =>
    talkers
      .get(name)?.({ about: [], words: message, without: [], fits: [], lines: [], ...reply })
      .say(message, first?.id ?? null, {})

  test.each(Object.entries(turns) as [LanguageCode, Harm[]][])(
    'what may hurt somebody is answered in words of its own that promise nothing, in %s',
    async (code, harms) => {
      for (const [message, kind, hurts] of harms) {
        const without = hurts === undefined ? [] : [hurting[hurts]]
        const text = (await say(message, { kind, fits: [1], without, language: code }))?.answer.text ?? ''
        expect([isHandled(text, code), isPromised(text, code)], `${message}: ${text}`).toEqual([true, false])
      }
    },
    120_000,
  )

  test('a model that hears nothing of it promises nothing, and dangers, medicine and allergies are answered all the same', async () => {
    for (const [code, harms] of Object.entries(turns) as [LanguageCode, Harm[]][])
      for (const [message, kind, hurts] of harms) {
        const text = (await say(message, { kind: 'question', fits: [1] }))?.answer.text ?? ''
        expect(isPromised(text, code), text).toBe(false)
        if (kind !== 'safety' || hurts !== undefined)
          // Short messages may be taken for the store's language.
          expect(
            [code, language].some((spoken) => isHandled(text, spoken)),
            `${message}: ${text}`,
          ).toBe(true)
      }
  })
})
