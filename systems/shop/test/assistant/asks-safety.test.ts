import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { safetyAsked } from '../../src/assistant/asks-safety.ts'
import { openMemoryStore } from '../../src/evals/assistant/memory-store.ts'
import { Talker } from '../../src/evals/dialogue/talk.ts'
import { languageOf } from '../../src/language/language.ts'
import { languageCodes } from '../../src/language/languages.ts'
import type { LanguageCode } from '../../src/language/languages.ts'
import { product } from './fixture.ts'

/** What has to do with a child, with what somebody is treated with, and what has with neither. */
const asked: Record<LanguageCode, { child: string[]; treated: string[]; goods: string[] }> = {
  en: {
    child: [
      'may i run the mower while my children play on the lawn?',
      'my son is 9, is it ok to bleach his teeth with this?',
      'could the tall bookcase tip over on my 4 year old?',
      'is the painted rattle safe for a baby of 5 months?',
    ],
    treated: [
      'my aunt has a pacemaker, can she sit on the magnet cushion?',
      'i am on blood thinners, may i use the arnica gel?',
    ],
    goods: [
      'can i get the cabinet in white for my son of 6?',
      'a helmet for my daughter',
      'do you have a helmet for my daughter?',
      'do you sell a gun safe?',
      'can i get the cabinet in white?',
      'what do you have for a boy of 6?',
    ],
  },
  de: {
    child: [
      'darf ich den Rasenmäher laufen lassen, während die Kinder spielen?',
      'ist das Gel für ein Kind von 9 Jahren geeignet für die Zähne?',
      'kann das hohe Regal umkippen, mein Kind ist 4?',
      'ist die bemalte Rassel giftig für ein Baby?',
    ],
    treated: ['meine Tante hat einen Herzschrittmacher, darf sie das Magnetkissen benutzen?'],
    goods: [
      'kann ich den Helm in Weiß für mein Kind bestellen?',
      'ein Helm für meine Tochter',
      'habt ihr Helme für Kinder?',
      'kann ich den Schrank in Weiß bekommen?',
    ],
  },
  fr: {
    child: [
      'est-ce que je peux tondre pendant qu’un enfant joue ?',
      'la grande étagère peut basculer sur un enfant de 4 ans ?',
    ],
    treated: ['ma tante a un pacemaker, peut-elle utiliser le coussin aimanté ?'],
    goods: ['un casque pour ma fille', 'avez-vous un casque pour enfant ?'],
  },
  es: {
    child: [
      'mi hijo tiene 9 años, ¿puedo blanquearle los dientes?',
      '¿la estantería alta puede volcar con un niño de 4 años?',
    ],
    treated: ['mi tía lleva marcapasos, ¿puede usar el cojín magnético?'],
    goods: [
      '¿me puede recomendar un casco para un niño de 5 años?',
      'un casco para mi hija',
      '¿tienen cascos adecuados para niños?',
      '¿tienen cascos para niños?',
    ],
  },
  it: {
    child: [
      'mio figlio ha 9 anni, posso sbiancargli i denti?',
      'lo scaffale alto può ribaltarsi con un bambino di 4 anni?',
    ],
    treated: ['mia zia ha il pacemaker, può usare il cuscino magnetico?'],
    goods: ['un casco per mia figlia', 'avete caschi per bambini?'],
  },
  pt: {
    child: [
      'o meu filho tem 9 anos, posso branquear-lhe os dentes?',
      'a estante alta pode tombar em cima de uma criança de 4 anos?',
    ],
    treated: ['a minha tia tem um pacemaker, pode usar a almofada magnética?'],
    goods: ['um capacete para a minha filha', 'têm capacetes para crianças?'],
  },
  nl: {
    child: ['mag ik maaien terwijl de kinderen spelen?', 'kan de hoge kast omvallen op een kind van 4 jaar?'],
    treated: ['mijn tante heeft een pacemaker, mag ze het magneetkussen gebruiken?'],
    goods: ['een helm voor mijn dochter', 'hebben jullie helmen voor kinderen?'],
  },
  sv: {
    child: [
      'går det bra att ett barn på 2 år tuggar på korkarna?',
      'kan den höga hyllan välta över ett barn på 4 år?',
    ],
    treated: ['min moster har pacemaker, får hon använda magnetkudden?'],
    goods: ['en hjälm till min dotter', 'har ni hjälmar för barn?'],
  },
}

describe.each(languageCodes)('in %s', (code) => {
  const { child, treated, goods } = asked[code]
  const language = languageOf(code)

  test.each(child)('%s is answered with no promise [SHOP-TALK-02]', (message) => {
    expect(safetyAsked(message, language)).toEqual({ kind: 'safety' })
  })

  test.each(treated)('%s is for a doctor to say [SHOP-TALK-02]', (message) => {
    expect(safetyAsked(message, language)).toEqual({ kind: 'danger', isOfMedicine: true })
  })

  test.each(goods)('%s asks for goods [SHOP-TALK-02]', (message) => {
    expect(safetyAsked(message, language)).toBeNull()
  })
})

test('is said beside the goods, and not of a question for goods', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'hl-safety-'))
  const signal = new AbortController().signal
  const products = [
    product('rattle', { title: 'Painted Wooden Rattle', description: 'Turned from beech, with four rings.' }),
    product('cushion', { title: 'Magnet Cushion', description: 'Sixteen magnets in a linen cover.' }),
  ]
  const store = await openMemoryStore({ products, language: 'en', folder, signal })
  const answer = async (message: string) =>
    (await new Talker({ name: 'toys', store, policies: [] }, signal).say(message, null, {})).answer.text
  expect(await answer('is the painted wooden rattle from beech toxic for my 1 year old?')).toContain(
    'I cannot promise that it is safe',
  )
  expect(await answer('can somebody with a pacemaker use the magnet cushion?')).toContain('for a doctor')
  expect(await answer('do you have a painted rattle for my daughter?')).not.toMatch(/promise|doctor/)
  await rm(folder, { recursive: true })
})

test('asked of one product, what is dangerous or may be had by a child is answered with a caution', () => {
  const { child, goods } = asked.en
  for (const text of [
    ...child,
    'is the fertilizer toxic?',
    'can she have the chew drops? she is 3 years old',
  ])
    expect(safetyAsked(text, languageOf('en'), true)).toEqual({ kind: 'safety' })
  expect(safetyAsked('is the fertilizer toxic?', languageOf('en'))).toBeNull()
  expect(safetyAsked('is the velvet choker in stock?', languageOf('en'), true)).toBeNull()
  expect(safetyAsked(goods[0] ?? '', languageOf('en'), true)).toBeNull()
  expect(safetyAsked('is it safe for my newborn?', languageOf('en'))).toEqual({ kind: 'safety' })
})
