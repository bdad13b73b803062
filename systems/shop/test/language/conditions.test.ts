import { describe, expect, test } from 'vitest'
import { lexiconOf } from '../../src/language/lexicon.ts'
import type { LanguageCode } from '../../src/language/languages.ts'
import { keptFrom } from '../../src/understand/kept-from.ts'
import { readIntent } from '../../src/understand/read-intent.ts'

const intentOf = (message: string, code: LanguageCode, goods: readonly string[] = []) =>
  readIntent(message, lexiconOf(code), code, message, (word) => goods.includes(word)).intent

describe('who has a condition', () => {
  test.each([
    ['flour for a coeliac', 'en', 'gluten'],
    ['Mehl für jemanden mit Zöliakie', 'de', 'gluten'],
    ['farine pour un coeliaque', 'fr', 'gluten'],
    ['harina para celíacos', 'es', 'gluten'],
    ['farina per un celiaco', 'it', 'glutine'],
    ['farinha para celíacos', 'pt', 'glúten'],
    ['meel voor iemand met coeliakie', 'nl', 'gluten'],
    ['mjöl för någon med celiaki', 'sv', 'gluten'],
  ] as const)(
    'is kept from what it forbids, wherever it is named: %s [SHOP-TALK-02]',
    (message, code, what) => {
      expect(intentOf(message, code)).toBe('allergy')
      expect(keptFrom(message, lexiconOf(code).language).map((kept) => kept.what)).toEqual([what])
    },
  )

  test.each([
    ['my daughter has coeliac disease, which bread can she eat?', 'en'],
    ['min dotter har celiaki, vilket bröd kan hon äta?', 'sv'],
    ['meine Tochter hat Zöliakie, welches Brot kann sie essen?', 'de'],
    ['mia figlia è celiaca, quale pane può mangiare?', 'it'],
  ] as const)('asks what suits, and is in no danger: %s [SHOP-TALK-02]', (message, code) => {
    expect(intentOf(message, code)).toBe('allergy')
  })

  test.each([
    ["my son is celiac, he ate bread and now he can't stop vomiting", 'en'],
    ['meine tochter hat zöliakie, sie hat brot gegessen und erbricht blut', 'de'],
    ['mio figlio è celiaco, ha mangiato pane e non respira bene', 'it'],
    ['ma fille est coeliaque, elle a mangé du pain et elle vomit du sang', 'fr'],
    ['mi hija es celíaca, ha comido pan y vomita sangre', 'es'],
  ] as const)('is helped when something has happened: %s [SHOP-TALK-02]', (message, code) => {
    expect(intentOf(message, code)).toBe('care')
  })
})

describe('dangers and goods', () => {
  test.each([
    ['schläger der den arm schont, bin eher anfänger', 'de', 'schlager'],
    ["e l'orzo lo può mangiare?", 'it', 'orzo'],
    ['is it ok for a puppy', 'en', 'puppy'],
  ] as const)('what is wished or asked of goods alarms nobody: %s [SHOP-TALK-02]', (message, code, goods) => {
    expect(intentOf(message, code, [goods])).not.toBe('care')
  })

  test.each([
    ['the toaster is on fire', 'en', 'toaster'],
    ['der toaster brennt', 'de', 'toaster'],
    ['le grille-pain est en feu', 'fr', 'grille'],
    ['la tostadora está ardiendo', 'es', 'tostadora'],
    ['il tostapane ha preso fuoco', 'it', 'tostapane'],
    ['a torradeira está em chamas', 'pt', 'torradeira'],
    ['de broodrooster staat in brand', 'nl', 'broodrooster'],
    ['brödrosten brinner', 'sv', 'brödrosten'],
  ] as const)(
    'a thing on fire does, though the store sells it: %s [SHOP-TALK-02]',
    (message, code, goods) => {
      expect(intentOf(message, code, [goods])).toBe('care')
    },
  )

  test.each([
    ['my hognose wont eat pinkies, what do u have', 'en'],
    ['mein kater rührt kein trockenfutter an', 'de'],
    ["mon lapin boude les granulés, vous avez quoi d'autre", 'fr'],
    ['mi perrita no quiere las croquetas de pollo', 'es'],
    ['onze poes lust geen zalm', 'nl'],
    ['vår hund ratar torrfoder', 'sv'],
  ] as const)('who leaves a food alone is not allergic to it: %s [SHOP-TALK-02]', (message, code) => {
    expect(['allergy', 'care']).not.toContain(intentOf(message, code))
  })
})

describe('who asks which goods to take', () => {
  test.each([
    ['en', 'which shampoo can I take?', 'which shampoo can I take in my pregnancy?'],
    ['de', 'welches Shampoo kann ich nehmen?', 'welches Shampoo kann ich in der Schwangerschaft nehmen?'],
    ['fr', 'quel shampoo je peux prendre ?', 'quel shampoo je peux prendre, je suis enceinte ?'],
    ['es', '¿cuál shampoo puedo tomar?', '¿cuál shampoo puedo tomar en el embarazo?'],
    ['it', 'quale shampoo posso prendere?', 'quale shampoo posso prendere in gravidanza?'],
    ['pt', 'qual shampoo posso tomar?', 'qual shampoo posso tomar na gravidez?'],
    ['nl', 'welke shampoo kan ik het beste nemen?', 'welke shampoo kan ik nemen als ik zwanger ben?'],
    ['sv', 'vilken shampoo kan jag ta?', 'vilken shampoo kan jag ta när jag är gravid?'],
  ] as const)('is sent to no doctor, unless they name why: %s “%s”', (code, goods, danger) => {
    expect(intentOf(goods, code, ['shampoo'])).not.toBe('care')
    expect(intentOf(danger, code, ['shampoo'])).toBe('care')
    // What the store has no goods of may be a medicine.
    expect(intentOf(danger, code)).toBe('care')
  })
})
