import { expect, test } from 'vitest'
import { Citations } from '../../src/assistant/compose/writer.ts'
import { emptyFacts } from '../../src/assistant/facts.ts'
import { pricedAnswer } from '../../src/assistant/compose/price-answer.ts'
import { measuresIn, priceMeasure } from '../../src/assistant/price-measure.ts'
import { english, lexiconOf } from '../../src/language/lexicon.ts'
import { product } from './fixture.ts'

const italian = lexiconOf('it')
const ham = product('ham', {
  title: 'Baked ham',
  priceMinor: 2400,
  sizes: ['-'],
  attributes: { unit: ['kg'] },
})

test('of how much a price is, a column says, or the title that an import gave it', () => {
  expect(priceMeasure(ham, english)).toMatchObject({ amount: 1, text: 'kg' })
  expect(priceMeasure(product('a', { title: 'Ham (100 g)' }), english)).toMatchObject({ amount: 100 })
  // What a pack holds is no measure of its price, nor is what is counted.
  expect(priceMeasure(product('b', { title: 'Ham 100 g' }), english)).toBeNull()
  expect(priceMeasure(product('c', { attributes: { unit: ['piece'] } }), english)).toBeNull()
  expect(priceMeasure(product('d', { attributes: { weight: ['2 kg'] } }), english)).toBeNull()
})

test.each([
  ['3 etti', '3 etti di cotto quanto fa', 300],
  ['due chili', 'due chili, quanto viene?', 2000],
  ['250 g', 'e 250 g?', 250],
])('hears %s', (said, message, grams) => {
  expect(measuresIn(message, italian).map(({ amount, unit, text }) => [text, amount * unit.times])).toEqual([
    [said, grams],
  ])
})

test('so much of what is sold by the kilo costs its share of the price', () => {
  const say = (message: string, lexicon = italian) =>
    pricedAnswer(message, ham, emptyFacts('USD', lexicon), new Citations())?.[0]
  expect(say('3 etti di cotto quanto fa')).toContain('3 etti: $7.20')
  expect(say('quanto costa?')).toContain('/ kg')
  // Litres are none of it.
  expect(say('how much is 2 litres', english)).not.toContain('48')
})

test('a number that a title holds counts none of it', () => {
  const pack = product('pack', { title: 'Pack of 10 pots', priceMinor: 4500, sizes: ['-'] })
  const [told] =
    pricedAnswer('how much are 3 packs of 10 pots', pack, emptyFacts('USD'), new Citations()) ?? []
  expect(told).toContain('$135.00')
})
