import { describe, expect, it } from 'vitest'
import { askedParts, asksOfIt, asksWhich, countAsked, isAsking, saysIt } from '../../src/language/asking.ts'
import type { LanguageCode } from '../../src/language/languages.ts'

describe('questions', () => {
  it.each<[LanguageCode, string]>([
    ['en', 'how big a hole do i have to cut'],
    ['en', 'and does it float'],
    ['en', 'up to what temperature does it protect'],
    ['en', 'nitrates?'],
    ['es', 'cuantos amperios aguanta'],
    ['es', 'funciona con pilas'],
    ['de', 'passt die in eine alte Fassung'],
    ['fr', 'de quelle matière'],
    ['it', 'a quanti gradi arrivano'],
    ['pt', 'serve pra fogão de indução'],
    ['nl', 'hoeveel liter gaat erin'],
    ['sv', 'tål den maskindisk'],
  ])('%s: %s', (code, text) => expect(isAsking(text, code)).toBe(true))

  it.each<[LanguageCode, string]>([
    ['en', 'a red one'],
    ['en', 'show me chairs'],
    ['es', 'que no pase de 20 mil'],
    ['es', 'y uno que sirva para el baño'],
    ['it', 'una che sia piccola'],
  ])('%s: %s is a wish', (code, text) => expect(isAsking(text, code)).toBe(false))

  it('are told apart where one message puts several', () => {
    expect(askedParts('how tall is it and is a bulb included?', 'en')).toEqual([
      'how tall is it',
      'is a bulb included',
    ])
    expect(askedParts("la seconda quanto costa e cosa c'è dentro?", 'it')).toEqual([
      'la seconda quanto costa',
      "cosa c'è dentro",
    ])
    expect(askedParts('is it light and easy to clean?', 'en')).toEqual(['is it light and easy to clean'])
    expect(askedParts('meine Tante ist krank, kann sie das essen?', 'de')).toEqual(['kann sie das essen'])
  })

  it('say "it" by an article with no noun behind it', () => {
    expect(saysIt('vilken vikt har den?', 'sv')).toBe(true)
    expect(saysIt('har ni den röda?', 'sv')).toBe(false)
  })

  it('asks of a thing, and not of the store what it has', () => {
    expect(asksOfIt('does it have a lid', 'en')).toBe(true)
    expect(asksOfIt('do you have lids', 'en')).toBe(false)
    expect(asksOfIt('haben Sie Deckel', 'de')).toBe(false)
  })

  it.each<[LanguageCode, string, string[]]>([
    ['en', 'how much protein per scoop', ['protein', 'per', 'scoop']],
    ['de', 'wie viel Lumen hat die?', ['lumen', 'hat', 'die']],
    ['pt', 'e quantas peças, por favor', ['pecas']],
  ])('%s: %s asks for a number', (code, text, words) =>
    expect(countAsked(text, code)?.map(({ word }) => word)).toEqual(words),
  )

  it('asks for no number', () => expect(countAsked('a red one', 'en')).toBeNull())

  it.each<[LanguageCode, string]>([
    ['en', 'and of those, which lasts longest'],
    ['pt', 'dessas qual a maior'],
    ['es', 'cuál sirve mejor para arrugas'],
  ])('%s: %s asks which', (code, text) => expect(asksWhich(text, code)).toBe(true))
})
