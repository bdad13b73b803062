import { describe, expect, test } from 'vitest'
import { fitOf, thingOf } from '../../src/assistant/parts/fit.ts'
import { partsAsked } from '../../src/assistant/parts/part-asked.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'
import { product } from './fixture.ts'
import { talkingOf } from './talking.ts'

const item = (
  id: string,
  title: string,
  shelf: string,
  description = '',
  attributes: Record<string, string[]> = {},
) => product(id, { title, description, brand: 'Ostrel', categories: [shelf], attributes, sizes: ['One'] })

const say = talkingOf([
  item('tarn', 'Ostrel Tarn 300 Lamp', 'Lamps', 'A desk lamp. Never use it with bulbs over 5 W.'),
  item('tarn-wide', 'Ostrel Tarn 500 Lamp', 'Lamps', 'A wide desk lamp.'),
  item('rill', 'Ostrel Rill Lamp', 'Lamps', 'A floor lamp with a glass shade.'),
  item('shade', 'Spare Linen Shade', 'Parts', 'For the Tarn 300. Does not fit the Tarn 500.'),
  item('glass', 'Glass Shade', 'Parts', 'For the Rill floor lamp.'),
  item('bulb', 'Ostrel Globe Bulb', 'Bulbs', 'Warm light.'),
  item('kit', 'Ostrel Rill Hardware Kit', 'Parts', 'Screws, nuts and a hex key for the Rill.'),
  item('frame-m', 'Ostrel Heron Frame, Medium', 'Frames', 'Of ash.', { size: ['Medium'] }),
  item('mat-s', 'Card Mat, Small', 'Mats', 'Acid-free.', { size: ['Small'] }),
  item('mat-m', 'Card Mat, Medium', 'Mats', 'Acid-free.', { size: ['Medium'] }),
])
const shownBy = async (...messages: string[]) =>
  (await say(...messages)).cards.map(({ productId }) => productId)

describe('a part or companion that is asked for [SHOP-TALK-09]', () => {
  test.each([
    'is there a shade for it?',
    'do you sell spare shades for it',
    'and a second shade?',
    'the shade broke, is it sold separately?',
    'a shade that fits the Tarn 300',
    'which shade goes on it?',
  ])('“%s” shows the one that is for the thing in sight, in the words of its listing', async (message) => {
    const { cards, text } = await say('Ostrel Tarn 300 Lamp', message)
    expect(cards.map(({ productId }) => productId)).toEqual(['shade'])
    expect(text).toMatch(/^For Ostrel Tarn 300 Lamp \[1\] there is Spare Linen Shade/)
    expect(text).toContain('“For the Tarn 300.”')
  })

  test('is not shown where its listing says that it does not fit', async () => {
    const { cards, text } = await say('Ostrel Tarn 500 Lamp', 'is there a shade for it?')
    expect(cards.map(({ productId }) => productId)).not.toContain('shade')
    expect(text).toContain('Spare Linen Shade is not for Ostrel Tarn 500 Lamp')
  })

  test('is of its kind, and not said to fit, where no listing names the thing', async () => {
    const { cards, text } = await say('Ostrel Tarn 300 Lamp', 'do you have a bulb for it?')
    expect(cards.map(({ productId }) => productId)).toEqual(['bulb'])
    expect(text).toMatch(/^No listing here says that it fits Ostrel Tarn 300 Lamp/)
    expect(text).toContain('“Never use it with bulbs over 5 W.”')
  })

  test('may be named by its listing alone, where its title names the thing', async () => {
    const message = 'we lost the screws for our Rill, can I get those?'
    expect(await shownBy('Ostrel Rill Lamp', message)).toEqual(['kit'])
  })

  test('is of the size of the thing first', async () => {
    expect((await shownBy('Ostrel Heron Frame', 'and a mat for it?'))[0]).toBe('mat-m')
  })
})

test.each([
  ['en', 'a lid for it please', ['lid'], null],
  ['en', 'cases that fit the 12 cup tray', ['cases'], 'the 12 cup tray'],
  ['de', 'gibt es dafür einen zweiten Deckel?', ['deckel'], null],
  ['de', 'habt ihr einen Deckel für meine alte Kora', ['deckel'], 'meine alte Kora'],
  ['de', 'kann man die Klingen nachkaufen?', ['klingen'], null],
  ['fr', 'y a-t-il un couvercle qui va avec ?', ['couvercle'], null],
  ['fr', 'une housse pour mon vieux Tarn', ['housse'], 'mon vieux Tarn'],
  ['es', '¿hay una funda a juego?', ['funda'], null],
  ['es', 'una tapa para mi vieja Kora', ['tapa'], 'mi vieja Kora'],
  ['it', "c'è un coperchio che ci va?", ['coperchio'], null],
  ['it', 'un coperchio per la mia vecchia Kora', ['coperchio'], 'la mia vecchia Kora'],
  ['pt', 'tem uma tampa que sirva?', ['tampa'], null],
  ['pt', 'uma tampa para a minha Kora', ['tampa'], 'a minha Kora'],
  ['nl', 'is er een deksel voor mijn oude Kora?', ['deksel'], 'mijn oude Kora'],
  ['nl', 'hebben jullie een deksel erbij?', ['deksel'], null],
  ['sv', 'finns det ett lock till den?', ['lock'], null],
  ['sv', 'ett lock till min gamla Kora', ['lock'], 'min gamla Kora'],
] as const)('%s: “%s” asks for %s for %s', (code, message, [name], named) => {
  const [asked] = partsAsked(message, lexiconOf(code))
  expect(asked?.names).toContain(name)
  expect(asked?.named).toBe(named)
})

test.each([
  ['en', 'is the spare lid for it washable?'],
  ['en', 'how often do I need a new filter for it?'],
  ['de', 'wie oft muss man den Ersatzring wechseln?'],
  ['de', 'ist der Deckel dafür spülmaschinenfest?'],
] as const)('%s: “%s” asks for no part', (code, message) => {
  expect(partsAsked(message, lexiconOf(code))).toEqual([])
})

test.each([
  ['en', 'lamp', 'For the Tarn 300.', 'Does not fit the Tarn 300.', 'For the Tarn 500.'],
  ['de', 'Lampe', 'Für die Tarn 300.', 'Passt nicht auf die Tarn 300.', 'Für die Tarn 500.'],
  ['fr', 'Lampe', 'Pour la Tarn 300.', 'Ne convient pas à la Tarn 300.', 'Pour la Tarn 500.'],
  ['es', 'Lámpara', 'Para la Tarn 300.', 'No sirve para la Tarn 300.', 'Para la Tarn 500.'],
  ['it', 'Lampada', 'Per la Tarn 300.', 'Non va bene per la Tarn 300.', 'Per la Tarn 500.'],
  ['pt', 'Candeeiro', 'Para o Tarn 300.', 'Não serve para o Tarn 300.', 'Para o Tarn 500.'],
  ['nl', 'Lamp', 'Voor de Tarn 300.', 'Past niet op de Tarn 300.', 'Voor de Tarn 500.'],
  ['sv', 'Lampa', 'För Tarn 300.', 'Passar inte till Tarn 300.', 'För Tarn 500.'],
] as const)(
  '%s: a listing names a thing, denies it, or names another of its kind',
  (code, kind, yes, no, other) => {
    const lexicon = lexiconOf(code)
    const titled = (model: string) =>
      code === 'en' || code === 'de' || code === 'nl' || code === 'sv'
        ? `Tarn ${model} ${kind}`
        : `${kind} Tarn ${model}`
    const lamps = ['300', '500'].map((model) => item(model, titled(model), kind))
    const [lamp] = lamps
    if (lamp === undefined) throw new Error('No lamp.')
    const thing = thingOf(lamp, lamps, lexicon)
    const verdictOf = (text: string) => fitOf(item('part', 'X', 'Y', text), thing, lexicon).verdict
    expect([yes, no, other].map(verdictOf)).toEqual(['fits', 'denied', 'unsaid'])
  },
)
