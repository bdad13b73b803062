import { describe, expect, test } from 'vitest'
import type { LanguageCode } from '../../src/language/languages.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'
import { readIntent } from '../../src/understand/read-intent.ts'

const read = (text: string, code: LanguageCode, goods: readonly string[] = []) =>
  readIntent(text, lexiconOf(code), code, text, (word) => goods.includes(word))

describe('a question that says nothing itself asks of what was told before it', () => {
  test.each<[LanguageCode, string]>([
    ['en', 'order 70355 should have come on friday. where is it??'],
    ['en', 'I ordered a kettle on sunday, order 70355, still nothing. this is a shame. where is it'],
    ['de', 'Bestellung 70355 sollte am Freitag da sein. Wo ist sie?'],
    ['fr', 'la commande 70355 devait arriver vendredi. elle est où ?'],
    ['es', 'el pedido 70355 tenía que llegar el viernes. dónde está?'],
    ['it', "l'ordine 70355 doveva arrivare venerdì. dov'è?"],
    ['pt', 'a encomenda 70355 devia chegar na sexta. onde está?'],
    ['nl', 'bestelling 70355 zou vrijdag komen. waar is die?'],
    ['sv', 'beställning 70355 skulle komma i fredags. var är den?'],
  ])('an order, in %s: %s', (code, text) => expect(read(text, code).intent).toBe('order-status'))

  test('one that names a thing asks of that', () =>
    expect(read('it came on friday, late as ever. does the kettle have a switch?', 'en').intent).toBe(
      'product-question',
    ))
})

describe('what is told the store of itself behind thanks wants no goods', () => {
  test.each<[LanguageCode, string]>([
    ['en', 'thanks so much, you know your stuff'],
    ['en', "cheers, you've been a gem!"],
    ['de', 'danke, du bist ein Schatz'],
    ['fr', 'merci, vous êtes un trésor'],
  ])('%s: %s', (code, text) => expect(read(text, code)).toMatchObject({ intent: 'chat', topic: 'thanks' }))

  test.each<[LanguageCode, string]>([
    ['en', 'thanks, you must have some kettles left'],
    ['de', 'danke, ihr habt doch sicher auch teppiche'],
  ])('but goods of the store are wanted: %s: %s', (code, text) =>
    expect(read(text, code, ['kettles', 'teppiche']).intent).not.toBe('chat'),
  )
})
