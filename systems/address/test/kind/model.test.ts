import { expect, test } from 'vitest'
import { evidentKinds, kindNamed } from '../../src/domain/kinds.ts'
import { bucketsOf } from '../../src/kind/hashed-features.ts'
import { proseFeatures } from '../../src/kind/features.ts'
import { addScores } from '../../src/kind/linear-kinds.ts'
import { combine } from '../../src/kind/combine.ts'
import { loadModel, storeModel } from '../../src/kind/model.ts'
import { learnModel } from '../../src/learn/learn-model.ts'
import type { CaseSource } from '../../src/learn/learn-model.ts'
import type { Source } from '../../src/domain/evidence.ts'

const said = (source: Source, text: string, dateMs: number | null = null) => ({
  document: source,
  source,
  dateMs,
  statements: [{ quote: text, features: bucketsOf(proseFeatures(text)) }],
  orders: [],
  hours: null,
  instructions: [],
  unit: null,
})

/** Notes are always right here, emails half of the time. */
const source = (name: string): CaseSource => ({
  name,
  cases: Array.from({ length: 80 }, (_, at) => {
    const isShop = at % 2 === 0
    const isMistaken = at % 4 < 2
    const say = (shop: boolean) =>
      shop ? `shop ${name} with clerks number ${at}` : `house ${name} of a family number ${at}`
    return {
      label: evidentKinds.indexOf(isShop ? 'business' : 'single-family'),
      observations: [said('note', say(isShop)), said('email', say(isShop !== isMistaken))],
    }
  }),
})

const learned = learnModel([source('north'), source('south')])

test('learns which sources to believe [ADDRESS-LEARN-01]', () => {
  const { trust } = learned.combination
  expect(trust.note.reliability).toBeGreaterThan(trust.email.reliability)
  const { probabilities } = combine(learned.linear, learned.combination, [
    said('note', 'a shop with clerks'),
    said('email', 'a house of a family'),
  ])
  expect(probabilities[evidentKinds.indexOf('business')]).toBeGreaterThan(0.8)
})

test('what one list alone says, or none, says nothing [ADDRESS-LEARN-06]', () => {
  const { linear, combination } = learnModel([source('north'), source('south'), source('east')])
  const leanOf = (text: string): number => {
    const { logOdds } = combine(linear, combination, [said('note', text)]).shares[0]!
    return Math.max(...logOdds) - Math.min(...logOdds)
  }
  expect(leanOf('clerks')).toBeGreaterThan(1)
  expect(leanOf('north')).toBeCloseTo(0)
  expect(leanOf('never said before')).toBeCloseTo(0)
})

test('what only lists of one group say, such as those of one state, says nothing either [ADDRESS-LEARN-06]', () => {
  const ofTwo = (name: string): CaseSource => ({
    name,
    cases: source('twin').cases,
  })
  const { linear, combination } = learnModel([ofTwo('ny-a'), ofTwo('ny-b'), source('south'), source('east')])
  const { logOdds } = combine(linear, combination, [said('note', 'twin')]).shares[0]!
  expect(Math.max(...logOdds) - Math.min(...logOdds)).toBeCloseTo(0)
})

test('what is usual in a list is not learned from the words of its rows [ADDRESS-LEARN-11]', () => {
  // Both lists have "street"; in one of them nearly all are houses, in the other nearly all are shops.
  const list = (name: string, shops: number, sign: string): CaseSource => ({
    name,
    cases: Array.from({ length: 200 }, (_, at) => ({
      label: evidentKinds.indexOf(at < shops ? 'business' : 'single-family'),
      observations: [said('street', `street ${sign}`), said('name', at < shops ? 'grocery' : 'family')],
    })),
  })
  const lists = [
    list('a', 190, 'north'),
    list('b', 190, 'north'),
    list('c', 10, 'south'),
    list('d', 10, 'south'),
  ]
  const { linear } = learnModel(lists, { manner: { rate: 0.05, hidden: 0.25 } })
  const lead = (text: string) => {
    const scores = new Float64Array(linear.width)
    addScores(linear, bucketsOf(proseFeatures(text)), scores)
    return scores[evidentKinds.indexOf('business')]! - scores[evidentKinds.indexOf('single-family')]!
  }
  expect(lead('grocery')).toBeGreaterThan(1)
  expect(Math.abs(lead('north'))).toBeLessThan(lead('grocery') / 4)
})

test('where weights of the others are wrong about a list, nobody is sure any more [ADDRESS-LEARN-07]', () => {
  const north = source('north')
  const upsideDown = {
    name: 'upside down',
    cases: source('east').cases.map((one) => ({
      ...one,
      label: evidentKinds.indexOf(
        one.label === evidentKinds.indexOf('business') ? 'single-family' : 'business',
      ),
    })),
  }
  expect(learned.thresholds.rows).toBeLessThan(1)
  const misled = learnModel([north, source('south'), source('west'), upsideDown])
  expect(misled.thresholds.rows).toBeGreaterThan(1)
  expect(misled.thresholds.documents).toBe(misled.thresholds.rows)
})

test('where documents alone speak, an unlike list makes nobody less sure [ADDRESS-LEARN-08]', () => {
  const rows = (name: string, isTrue: boolean): CaseSource => ({
    name,
    cases: source(name).cases.map(({ label }) => {
      const isShop = label === evidentKinds.indexOf('business')
      return { label, observations: [said('record', isShop === isTrue ? 'class c' : 'class r')] }
    }),
  })
  const lists = [source('north'), source('south'), rows('east', true), rows('upside down', false)]
  const { thresholds } = learnModel(lists, { validation: source('fresh').cases })
  expect(thresholds.rows).toBeGreaterThan(1)
  expect(thresholds.documents).toBeLessThan(1)
  expect(thresholds.documents).toBeGreaterThanOrEqual(0.9)
  // Documents that mislead are as bad as rows that do.
  const wrong = source('fresh').cases.map((one) => ({
    ...one,
    label: evidentKinds.indexOf(
      one.label === evidentKinds.indexOf('business') ? 'single-family' : 'business',
    ),
  }))
  expect(learnModel(lists, { validation: wrong }).thresholds.documents).toBeGreaterThan(1)
})

test('what is usual is the mean over known lists, apart for those that name who is there [ADDRESS-LEARN-05]', () => {
  const list = (name: string, business: number, isNamed: boolean, share = 1): CaseSource => ({
    name,
    share,
    cases: Array.from({ length: 100 }, (_, at) => ({
      label: evidentKinds.indexOf(at < business ? 'business' : 'single-family'),
      observations: isNamed ? [said('name', 'somebody'), said('note', 'x')] : [said('note', 'x')],
    })),
  })
  const { priors } = learnModel([
    list('roll', 10, false),
    list('other roll', 30, false),
    list('licences', 90, true),
    list('uses', 100, false, 0),
  ]).combination
  const business = evidentKinds.indexOf('business')
  expect(Math.exp(priors.unnamed[business]!)).toBeCloseTo(0.2, 1)
  expect(Math.exp(priors.named[business]!)).toBeCloseTo(0.9, 1)
  expect(priors.unnamed.reduce((sum, log) => sum + Math.exp(log), 0)).toBeCloseTo(1)
})

test('one document can add only so much, however often it repeats itself [ADDRESS-KIND-07]', () => {
  const once = combine(learned.linear, learned.combination, [said('email', 'shop clerks')]).shares[0]!.logOdds
  const often = combine(learned.linear, learned.combination, [said('email', 'shop clerks '.repeat(500))])
    .shares[0]!.logOdds
  const { reliability } = learned.combination.trust.email
  const most = Math.log((1 - reliability) / 12 + reliability) - Math.log((1 - reliability) / 12)
  for (const logOdds of [once, often])
    expect(Math.max(...logOdds) - Math.min(...logOdds)).toBeLessThanOrEqual(most + 1e-9)
})

test('keeps a model as text and reads it back', () => {
  const again = loadModel(storeModel(learned))
  expect(again.version).toBe(learned.version)
  expect(again.combination).toEqual(learned.combination)
  const observations = [said('note', 'a shop with clerks')]
  const [a, b] = [learned, again].map(
    (model) => combine(model.linear, model.combination, observations).probabilities,
  )
  expect(Math.max(...a!.map((one, at) => Math.abs(one - b![at]!)))).toBeLessThan(0.02)
})

test('knows kinds by the names that people write', () => {
  expect(['PO Box', 'home_business', 'Multi-Family', 'SINGLE FAMILY', 'castle'].map(kindNamed)).toEqual([
    'po-box',
    'home-business',
    'multi-unit',
    'single-family',
    null,
  ])
})
