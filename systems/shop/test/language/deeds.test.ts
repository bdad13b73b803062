import { describe, expect, test } from 'vitest'
import type { Understanding } from '../../src/domain/constraints.ts'
import type { LanguageCode } from '../../src/language/languages.ts'
import { languageOf } from '../../src/language/language.ts'
import { english, lexiconOf } from '../../src/language/lexicon.ts'
import { readIntent } from '../../src/understand/read-intent.ts'
import { turnKindOf } from '../../src/understand/turn-kind.ts'

/** In other words than the examples. */
const asked: Record<LanguageCode, Partial<Record<Understanding['intent'], string>>> = {
  en: {
    deals: 'do you have any bargains on lamps this month?',
    'price-history': 'has this lamp ever been cheaper than now?',
    alert: 'please notify me once the price drops under 40',
    memory: 'forget everything that you know about me',
    recall: 'what was the lamp I was looking at last night?',
  },
  de: {
    deals: 'welche Lampen sind gerade reduziert?',
    'price-history': 'war die Lampe schon mal günstiger?',
    alert: 'sag mir Bescheid, wenn die Lampe billiger wird',
    memory: 'vergiss alles, was du über mich weißt',
    recall: 'welche Lampe habe ich mir gestern angeschaut?',
  },
  fr: {
    deals: 'quelles lampes sont en promotion cette semaine ?',
    'price-history': 'est-ce que le prix de la lampe a baissé récemment ?',
    alert: 'prévenez-moi dès que la lampe est moins chère',
    memory: 'oublie tout ce que tu sais de moi',
    recall: 'quelle lampe ai-je regardée hier ?',
  },
  es: {
    deals: '¿qué lámparas están rebajadas esta semana?',
    'price-history': '¿ha bajado el precio de la lámpara últimamente?',
    alert: 'avísame cuando la lámpara baje de precio',
    memory: 'borra todo lo que sabes de mí',
    recall: '¿qué lámpara estuve mirando ayer?',
  },
  it: {
    deals: 'quali lampade sono in offerta questa settimana?',
    'price-history': 'il prezzo della lampada è sceso di recente?',
    alert: 'avvisami quando la lampada scende di prezzo',
    memory: 'cancella tutto quello che sai di me',
    recall: 'quale lampada stavo guardando ieri?',
  },
  pt: {
    deals: 'que candeeiros estão em promoção esta semana?',
    'price-history': 'o preço do candeeiro já baixou?',
    alert: 'avisa-me quando o candeeiro baixar de preço',
    memory: 'apaga tudo o que sabes de mim',
    recall: 'que candeeiro estive a ver ontem?',
  },
  nl: {
    deals: 'welke lampen zijn deze week in de aanbieding?',
    'price-history': 'is de prijs van de lamp onlangs gedaald?',
    alert: 'laat me weten wanneer de lamp goedkoper wordt',
    memory: 'vergeet alles wat je van me weet',
    recall: 'welke lamp heb ik gisteren bekeken?',
  },
  sv: {
    deals: 'vilka lampor är på rea den här veckan?',
    'price-history': 'har priset på lampan sjunkit nyligen?',
    alert: 'säg till när lampan blir billigare',
    memory: 'glöm allt du vet om mig',
    recall: 'vilken lampa tittade jag på igår?',
  },
}

const cases = Object.entries(asked).flatMap(([code, messages]) =>
  Object.entries(messages).map(([intent, message]) => [code as LanguageCode, intent, message] as const),
)

describe('what is asked to be done, or told of prices and of what somebody saw', () => {
  test.each(cases)('%s: %s is heard in “%s”', (code, intent, message) => {
    expect(readIntent(message, lexiconOf(code)).intent).toBe(intent)
  })
})

test.each<[LanguageCode, string, string]>([
  ['en', 'stock', 'are any of these still available?'],
  ['de', 'stock', 'ist der Sessel noch lieferbar?'],
  ['fr', 'stock', 'le fauteuil est-il encore disponible ?'],
  ['es', 'stock', '¿el sillón sigue disponible?'],
  ['it', 'stock', 'la poltrona è ancora disponibile?'],
  ['pt', 'stock', 'a poltrona ainda está disponível?'],
  ['nl', 'stock', 'is de stoel nog op voorraad?'],
  ['sv', 'stock', 'finns fåtöljen i lager?'],
  ['en', 'options', 'which colours can I get this chair in?'],
  ['de', 'options', 'in welchen Farben habt ihr den Sessel?'],
  ['fr', 'options', 'quelles tailles avez-vous pour ce pull ?'],
  ['es', 'options', '¿en qué tallas viene el jersey?'],
  ['it', 'options', 'in che taglie avete il maglione?'],
  ['pt', 'options', 'em que cores existe a poltrona?'],
  ['nl', 'options', 'in welke maten hebben jullie de trui?'],
  ['sv', 'options', 'i vilka storlekar finns tröjan?'],
])('%s: a question for %s is told from others: “%s”', (code, kind, message) => {
  expect(turnKindOf(message, languageOf(code))?.kind).toBe(kind)
})

test.each([
  'something for pulled pork, feeding 10 people',
  'poisonous to dogs?',
  'I want it to be reasonably priced',
  'I see. I will take the blue one on the left.',
])('no danger is heard in little words or in letters of other words: %s [SHOP-TALK-02]', (message) => {
  expect(readIntent(message, english).intent).not.toBe('care')
})

test('a danger is told by what is no goods of the store [SHOP-TALK-02]', () => {
  const isGoods = (word: string) => ['battery', 'batteries', 'smoke', 'gas'].includes(word)
  const read = (message: string) => readIntent(message, english, 'en', message, isGoods).intent
  expect(read('my son swallowed a battery')).toBe('care')
  expect(read('I smell gas in the kitchen')).toBe('care')
  expect(read('smoke and gas')).not.toBe('care')
})
