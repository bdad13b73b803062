import { expect, test } from 'vitest'
import { measureAllowed, measuresOfUser } from '../../src/assistant/whose-measure.ts'
import type { LanguageCode } from '../../src/language/languages.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'
import type { Dimension } from '../../src/language/units.ts'
import { product } from './fixture.ts'
import { talkingOf } from './talking.ts'

test.each<[LanguageCode, string, string | null]>([
  ['en', 'a saddle for me, I weigh 82 kg and have a bad back', 'mass:82000'],
  ['en', 'how heavy is the 20 kg dumbbell?', null],
  ['en', 'my limit is a weight of up to 12 kg', null],
  ['en', 'a ramp for a collie of 24 kg', 'mass:24000'],
  ['en', 'a ramp for my 24 kg collie', 'mass:24000'],
  ['en', 'stilts, she is 5 and 112 cm tall', 'length:1120'],
  ['en', 'a pump for a basin of 800 l', 'volume:800000'],
  ['en', 'and a pump for the 800 l', 'volume:800000'],
  ['en', 'do you have 20 kg bags?', null],
  ['en', 'a hook for about 5 kg', null],
  ['en', 'I need a shelf 80 cm wide', null],
  ['de', 'mein Sohn wiegt 24 Kilo, welche Schaukel hält das aus?', 'mass:24000'],
  ['de', 'eine Hantel von 10 kg', null],
  ['de', 'eine Rampe für einen Hund von 24 kg', 'mass:24000'],
  ['de', 'Stelzen, meine Tochter ist 1,12 m', 'length:1120'],
  ['de', 'noch eine Pumpe für die 800 Liter', 'volume:800000'],
  ['fr', 'une pompe pour le 800 litres', 'volume:800000'],
  ['de', 'haben Sie 20 kg Säcke?', null],
  ['es', 'una rampa para un perro de 24 kg', 'mass:24000'],
  ['es', 'una rampa para mi perra. Pesa unos 24 kilos', 'mass:24000'],
  ['it', 'una rampa per il cane, pesa 24 kg', 'mass:24000'],
  ['pt', 'uma rampa, mede 60 cm', 'length:600'],
  ['fr', 'une rampe pour un chien de 24 kg', 'mass:24000'],
  ['fr', 'des échasses, je mesure 1m80', 'length:1800'],
  ['it', 'una rampa per un cane di 24 kg', 'mass:24000'],
  ['pt', 'uma rampa para um cão de 24 kg', 'mass:24000'],
  ['nl', 'een loopplank voor een hond van 24 kg', 'mass:24000'],
  ['sv', 'en ramp för en hund på 24 kg', 'mass:24000'],
])('%s: “%s” says of whom the goods are for: %s', (code, message, measure) => {
  const [found] = measuresOfUser(message, lexiconOf(code))
  expect(found === undefined ? null : `${found.dimension}:${found.amount}`).toBe(measure)
})

test.each<[LanguageCode, string, Dimension, number, boolean | null]>([
  ['en', 'A swing for children up to 25 kg.', 'mass', 40_000, false],
  ['en', 'A swing for riders from 20 to 60 kg.', 'mass', 40_000, true],
  ['en', 'Carries up to 100 kg.', 'mass', 40_000, true],
  ['en', 'Permitted total weight 30 kg.', 'mass', 40_000, false],
  ['en', 'A swing of beech, 2 kg.', 'mass', 40_000, null],
  ['en', 'A meal for a rider is 180 to 230 g.', 'mass', 40_000, null],
  ['en', 'Collies to 45 kg.', 'mass', 40_000, true],
  ['en', 'Body height 115 to 135 cm, weighs 3 kg.', 'length', 1220, true],
  ['en', 'Body height 85 to 100 cm.', 'length', 1220, false],
  ['en', 'The top moves between 70 and 120 cm.', 'length', 1220, null],
  ['en', 'For basins up to 500 l.', 'volume', 800_000, false],
  ['en', 'Size S: pups to 10 kg.', 'mass', 40_000, false],
  ['en', 'From 400 to 900 litres.', 'volume', 800_000, true],
  ['de', 'Eine Schaukel für Kinder bis 25 kg.', 'mass', 40_000, false],
  ['de', 'Trägt bis 100 kg.', 'mass', 40_000, true],
  ['de', 'Körpergröße 115 bis 135 cm.', 'length', 1100, false],
  ['fr', 'Pour une personne de 115 à 135 cm.', 'length', 1100, false],
  ['es', 'Para personas de 115 a 135 cm.', 'length', 1220, true],
])('%s: “%s” is for %s of %s: %s', (code, description, dimension, amount, is) => {
  const measure = { dimension, amount, whose: [lexiconOf(code).meaning('collie')], number: '' }
  const found = measureAllowed(product('s', { title: 'Hask', description }), measure, lexiconOf(code))
  expect(found?.isKept ?? null).toBe(is)
})

const say = talkingOf([
  product('m', {
    title: 'Orlo Dog Ramp M',
    description: 'Folds. For dogs up to 18 kg.',
    attributes: { size: ['38'] },
  }),
  product('l', {
    title: 'Orlo Dog Ramp L',
    categories: ['Ramps'],
    description: 'For dogs to 45 kg. Weighs 9 kg.',
  }),
  product('k', { title: 'Tuft Dog Bowl', categories: ['Bowls'], description: 'Steel, 1 l.' }),
])

test('shows what is for a dog so heavy, and takes its weight for no size', async () => {
  const { cards, text } = await say('a ramp for a dog of 38 kg')
  expect(cards[0]?.productId).toBe('l')
  expect(cards.map(({ productId }) => productId)).not.toContain('m')
  expect(text).not.toMatch(/left out|mentions/)
})
