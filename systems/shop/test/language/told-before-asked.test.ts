import { describe, expect, test } from 'vitest'
import { languageOf } from '../../src/language/language.ts'
import type { LanguageCode } from '../../src/language/languages.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'
import { keptFrom } from '../../src/understand/kept-from.ts'
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

describe('in talk of goods in sight a part of a wish has to be surer to be a danger', () => {
  const hears = (text: string, isUnderWay: boolean) =>
    readIntent(text, lexiconOf('en'), 'en', text, undefined, null, isUnderWay).intent

  test('a harmless part', () => {
    const wish = 'i also need something to dry them with, the quick one'
    expect(hears(wish, true)).not.toBe('care')
  })

  test.each(['my son has just swallowed a button cell', 'great. my dog ate the pellets and is shaking'])(
    'not what is told as a danger: %s',
    (text) => expect(hears(text, true)).toBe('care'),
  )
})

describe('an allergy names what hurts', () => {
  const hurting = (text: string) => keptFrom(text, languageOf('en')).map(({ what }) => what)

  test.each([
    'how many are in a box, and does it smell? one of the boys gets migraines',
    'ok then glue. if we make cups from the blue glue can we drink from them',
  ])('and is none of little words alone, or of who is ill: %s', (text) =>
    expect(read(text, 'en').intent).not.toBe('allergy'),
  )

  test('who has it does not hurt', () => {
    expect(hurting('it says walnut on the box, are there nuts in it? daughters allergic')).toEqual(['nuts'])
    expect(hurting('my son has a dog allergy')).toEqual(['dog'])
  })

  test.each(["he can't have plums or pears, is there plum in it?", 'my daughter must not eat walnuts'])(
    'and is one where little words deny it: %s',
    (text) => expect(hurting(text).length).toBeGreaterThan(0),
  )
})

test('what asks for a price says so', () => {
  expect(read('and the wall paint, would that be ok for her too?', 'en').topic).toBeNull()
  expect(read('and how much is the wall paint?', 'en').topic).toBe('price')
})
