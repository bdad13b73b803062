import { describe, expect, test } from 'vitest'
import { detectLanguage, languageName } from '../../src/language/detect.ts'
import type { LanguageCode } from '../../src/language/languages.ts'

describe('the language of a message', () => {
  test.each<[string, LanguageCode]>([
    ['do you have black running shoes?', 'en'],
    ['schwarze Laufschuhe für Herren', 'de'],
    ['chaussures noires pour femme', 'fr'],
    ['zapatos negros para mujer', 'es'],
    ['scarpe da corsa nere da uomo', 'it'],
    ['tênis de corrida pretos para homem', 'pt'],
    ['zwarte hardloopschoenen voor heren', 'nl'],
    ['svarta löparskor för herrar', 'sv'],
  ])('“%s” is %s in a store that speaks another [SHOP-LANGUAGE-05]', (text, code) => {
    expect(detectLanguage(text, code === 'en' ? 'de' : 'en').code).toBe(code)
    expect(detectLanguage(text, code).code).toBe(code)
  })

  test.each([
    ['buty do biegania męskie rozmiar 42', 'pl', 'Polish'],
    ['беговые кроссовки', 'ru', 'Russian'],
    ['ランニングシューズ', 'ja', 'Japanese'],
    ['siyah erkek spor ayakkabı', 'tr', 'Turkish'],
  ])('“%s” is no language that the shop reads, and says so [SHOP-LANGUAGE-05]', (text, tag, name) => {
    expect(detectLanguage(text, 'en')).toEqual({ code: null, tag, isSpoken: false })
    expect(languageName(tag, 'en')).toBe(name)
  })

  test.each(['iphone 15', 'L', '', '42', 'TV', 'hi'])(
    '“%s” is too short to tell: the store’s own',
    (text) => {
      for (const store of ['en', 'de', 'sv'] as const)
        expect(detectLanguage(text, store)).toEqual({ code: store, tag: store, isSpoken: true })
    },
  )

  test('what the catalog says itself is in the store’s language', () => {
    const knows = (word: string) => ['nike', 'air', 'max', 'laptop', 'gb'].includes(word)
    for (const store of ['en', 'de', 'sv'] as const)
      for (const text of ['nike air max 90', 'laptop 16gb'])
        expect(detectLanguage(text, store, knows)).toEqual({ code: store, tag: store, isSpoken: true })
  })

  test.each<[string, LanguageCode]>([
    ['ok. lamp under 30', 'en'],
    ['batteries?', 'en'],
    ['hat die auch einen Haken', 'de'],
    ['und für den Garten?', 'de'],
  ])('after English in a German store “%s” is “%s” [SHOP-LANGUAGE-05]', (text, code) => {
    expect(detectLanguage(text, 'de', undefined, 'en').code).toBe(code)
  })
})
