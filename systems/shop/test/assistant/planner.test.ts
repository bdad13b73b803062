import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { comparedIn } from '../../src/assistant/plan/compared.ts'
import { orderIdIn } from '../../src/assistant/plan/account-plan.ts'
import { makePlan } from '../../src/assistant/plan/planner.ts'
import { proposalOf, quantityIn } from '../../src/assistant/plan/proposal-plan.ts'
import { chosenByPrice } from '../../src/assistant/plan/subjects.ts'
import { lexiconOf } from '../../src/language/lexicon.ts'
import type { Understanding } from '../../src/domain/constraints.ts'
import { bolt, facet, kettle, planContext, swift, under, understanding } from './fixture.ts'

const boots = understanding({
  searchText: 'football boots',
  productType: 'football boots',
  constraints: [facet('color', 'red')],
})
const previous = {
  text: 'football boots',
  productType: 'football boots',
  constraints: [facet('color', 'red')],
  sort: 'relevance' as const,
}

describe('makePlan', () => {
  test('searches for what is asked and reads the reviews of the best', () => {
    const plan = makePlan('red football boots', boots, planContext())
    expect(plan).toMatchObject({ kind: 'results', isRefinement: false, search: { text: 'football boots' } })
    expect(plan.steps.map((step) => step.kind)).toEqual(['search', 'reviews'])
  })

  test('adds a new must to the last search, replacing the one of its kind', () => {
    const plan = makePlan(
      'under $40',
      understanding({ searchText: '', constraints: [under(40)] }),
      planContext({ previous: { ...previous, constraints: [facet('color', 'red'), under(60)] } }),
    )
    expect(plan).toMatchObject({
      isRefinement: true,
      search: { text: 'football boots', constraints: [facet('color', 'red'), under(40)] },
    })
  })

  test('makes "cheaper" a price below the cheapest in sight [SHOP-UNDERSTAND-03]', () => {
    const cheaper = understanding({ reference: { kind: 'relative', direction: 'cheaper' } })
    const plan = makePlan(
      'cheaper',
      cheaper,
      planContext({ previous, shown: [swift, bolt], focusId: 'swift' }),
    )
    expect(plan.search?.constraints).toContainEqual(
      expect.objectContaining({ kind: 'price', max: 39, maxInclusive: false }),
    )
  })

  test('starts afresh when another product is asked for [SHOP-UNDERSTAND-03]', () => {
    const plan = makePlan(
      'kettles under $40',
      understanding({ searchText: 'kettles', productType: 'kettle', constraints: [under(40)] }),
      planContext({ previous }),
    )
    expect(plan).toMatchObject({ isRefinement: false, search: { text: 'kettles', constraints: [under(40)] } })
  })

  test.each(['wireless only', 'only wireless', 'something wireless instead'])(
    'keeps the topic for “%s”, although goods are called so [SHOP-UNDERSTAND-03]',
    (message) => {
      const said = understanding({ searchText: message, productType: 'wireless' })
      const plan = makePlan(message, said, planContext({ previous, isTypeSold: true }))
      expect(plan).toMatchObject({ isRefinement: true, search: { productType: 'football boots' } })
      expect(plan.search?.text).toMatch(/wireless.* football boots$/)
    },
  )

  test('an order that is asked for beside other words holds where they narrow the last search [SHOP-UNDERSTAND-07]', () => {
    const said = understanding({ searchText: 'waterproof', productType: 'waterproof', sort: 'rating' })
    const plan = makePlan('waterproof best rated', said, planContext({ previous }))
    expect(plan.steps[0]).toMatchObject({ kind: 'search', refined: { sort: 'rating' } })
  })

  test('looks for what is to go with the one in sight', () => {
    const said = understanding({
      intent: 'product-question',
      searchText: 'conditioner go with',
      productType: 'conditioner',
      reference: { kind: 'this' },
    })
    const plan = makePlan('and a conditioner to go with it', said, planContext({ previous, shown: [swift] }))
    expect(plan).toMatchObject({ kind: 'results', isRefinement: false, search: { text: 'conditioner' } })
  })

  test('answers "how do they do in the rain?" on the product shown', () => {
    const asked = understanding({
      intent: 'review-question',
      searchText: 'rain',
      reference: { kind: 'those' },
    })
    const plan = makePlan(
      'how do they do in the rain?',
      asked,
      planContext({ shown: [swift], focusId: 'swift' }),
    )
    expect(plan.steps).toContainEqual({ kind: 'reviews', subject: { from: 'ids', ids: ['swift'] } })
  })

  test('prefers the page over what was shown earlier', () => {
    const asked = understanding({ intent: 'product-question', reference: { kind: 'this' } })
    const plan = makePlan('what is this made of?', asked, planContext({ page: kettle, shown: [swift, bolt] }))
    expect(plan.steps[0]).toEqual({ kind: 'products', subject: { from: 'ids', ids: ['kettle'] } })
  })

  test('shows the product that a reference points to [SHOP-UNDERSTAND-03]', () => {
    const second = understanding({ reference: { kind: 'ordinal', position: 2 } })
    expect(makePlan('the second', second, planContext({ shown: [swift, bolt] })).steps[0]).toEqual({
      kind: 'products',
      subject: { from: 'ids', ids: ['bolt'] },
    })
  })

  test('keeps to the page when the question names an aspect and not another kind of product', () => {
    const asked = understanding({
      intent: 'review-question',
      searchText: 'wet grip',
      productType: 'wet grip',
    })
    const here = makePlan(
      'what do reviews say about wet grip?',
      asked,
      planContext({ page: swift, isTypeSold: false }),
    )
    expect(here.steps[0]).toEqual({ kind: 'products', subject: { from: 'ids', ids: ['swift'] } })
    const elsewhere = makePlan(
      'what do reviews say about the kettle?',
      { ...asked, productType: 'kettle' },
      planContext({ page: swift }),
    )
    expect(elsewhere.steps[0]?.kind).toBe('find')
  })

  test('compares the product in sight with the one that is named', () => {
    const compare = understanding({ intent: 'compare', reference: { kind: 'this' } })
    const known = makePlan(
      'Compare it with the Bolt boots',
      compare,
      planContext({ page: swift, shown: [bolt] }),
    )
    expect(known.steps[0]).toEqual({ kind: 'products', subject: { from: 'ids', ids: ['swift', 'bolt'] } })
    const unknown = makePlan(
      'how does this compare to the Ridge kettle?',
      compare,
      planContext({ page: swift }),
    )
    expect(unknown.steps.map((step) => step.kind)).toEqual(['products', 'find', 'reviews', 'compare'])
    expect(unknown.steps[1]).toMatchObject({ search: { text: 'Ridge kettle' } })
    expect(unknown.steps.at(-1)).toEqual({ kind: 'compare', subject: { from: 'found', limit: 2 } })
  })

  test('compares the ones in sight, or finds the two that are named', () => {
    const compare = understanding({ intent: 'compare', reference: { kind: 'those' } })
    const seen = makePlan('compare them', compare, planContext({ shown: [swift, bolt] }))
    expect(seen.steps.at(-1)).toEqual({ kind: 'compare', subject: { from: 'ids', ids: ['swift', 'bolt'] } })
    const named = makePlan(
      'compare the Pebble kettle and the Ridge kettle',
      understanding({ intent: 'compare', searchText: 'x' }),
      planContext(),
    )
    expect(named.steps.filter((step) => step.kind === 'find').map((step) => step.search.text)).toEqual([
      'Pebble kettle',
      'Ridge kettle',
    ])
  })

  test('recalls what a known shopper saw and asks an unknown one to sign in', () => {
    const earlier = understanding({ intent: 'recall', reference: { kind: 'earlier' } })
    expect(makePlan('the ones I looked at before', earlier, planContext())).toMatchObject({
      kind: 'recall',
      steps: [{ kind: 'memory', text: '' }],
    })
    expect(
      makePlan('the ones I looked at before', earlier, planContext({ isKnownShopper: false })),
    ).toMatchObject({ kind: 'clarify', clarify: 'sign-in', steps: [] })
  })

  test('proposes nothing for an anonymous shopper', () => {
    const intents: Understanding['intent'][] = ['add-to-cart', 'alert', 'auto-buy', 'order-status', 'memory']
    for (const intent of intents) {
      const plan = makePlan(
        'do it',
        understanding({ intent }),
        planContext({ page: swift, isKnownShopper: false }),
      )
      expect(
        plan.steps.filter(
          (step) => step.kind === 'propose' || step.kind === 'orders' || step.kind === 'memory',
        ),
      ).toEqual([])
    }
  })

  test('proposes side effects only when the shopper’s own words ask for one', () => {
    const intents: Understanding['intent'][] = [
      'search',
      'compare',
      'product-question',
      'review-question',
      'recall',
      'price-history',
      'deals',
      'chat',
    ]
    fc.assert(
      fc.property(fc.constantFrom(...intents), fc.string(), (intent, message) => {
        const plan = makePlan(
          message,
          understanding({ intent, searchText: message }),
          planContext({ page: swift, shown: [swift, bolt] }),
        )
        expect(plan.steps.some((step) => step.kind === 'propose')).toBe(false)
      }),
    )
  })
})

test.each([
  ['compare A100 and B200', ['A100', 'B200']],
  ['Swift vs Bolt?', ['Swift', 'Bolt']],
  ['what is the difference between the Swift and the Bolt', ['Swift', 'Bolt']],
  ['compare them', []],
  ['is the 500 better value than the 120', ['500', '120']],
  ['whats the difference to the quick drying one', ['quick drying']],
])('compared in %s', (message, names) => {
  expect(comparedIn(message, lexiconOf('en')).names).toEqual(names)
})

test.each([
  ['es', 'diferencia entre la crema 92 y la essence 96', ['crema 92', 'essence 96']],
  ['es', 'compara el blanco y el negro', ['blanco', 'negro']],
  ['nl', 'wat is het verschil tussen red one en level 3', ['red one', 'level 3']],
  ['de', 'was ist der Unterschied zwischen Swift und Bolt?', ['Swift', 'Bolt']],
  ['pt', 'a moet ou a veuve, qual é mais seca?', ['moet', 'veuve']],
] as const)('compared in %s: %s', (code, message, names) => {
  expect(comparedIn(message, lexiconOf(code)).names).toEqual(names)
})

test.each([
  ['add two pairs of these', 2],
  ['add 3 x to my cart', 3],
  ['add it', 1],
  ['add the size 34', 1],
])('quantityIn(%s)', (message, quantity) => {
  expect(quantityIn(message)).toBe(quantity)
})

test.each([
  ['where is order #W1234567?', 'W1234567'],
  ['status of order 4711', '4711'],
  ['where is my order', null],
])('orderIdIn(%s)', (message, id) => {
  expect(orderIdIn(message)).toBe(id)
})

test.each([
  ['I will take the cheaper one', 'en', 'cheap'],
  ['how heavy is the most expensive of these?', 'en', 'dear'],
  ['ich nehme den günstigeren', 'de', 'cheap'],
  ['la plus chère des deux', 'fr', 'dear'],
  ['el más barato de los dos', 'es', 'cheap'],
  ['quello più caro', 'it', 'dear'],
  ['o mais barato dos dois', 'pt', 'cheap'],
  ['de goedkopere graag', 'nl', 'cheap'],
  ['den dyrare, tack', 'sv', 'dear'],
] as const)('one of those in sight is pointed at by its price: %s', (message, code, which) => {
  const shown = [bolt, swift]
  const context = planContext({ shown, lexicon: lexiconOf(code) })
  const priceOf = (one: (typeof shown)[number] | undefined) => one?.variants[0]?.price.minor ?? 0
  const [cheap, dear] = shown.toSorted((a, b) => priceOf(a) - priceOf(b))
  expect(chosenByPrice(message, context)?.product.id).toBe((which === 'cheap' ? cheap : dear)?.id)
  expect(chosenByPrice(message, { ...context, shown: shown.slice(0, 1) })).toBeNull()
})

test('the cheapest one is an order of all there are', () => {
  expect(chosenByPrice('the cheapest one', planContext({ shown: [bolt, swift] }))).toBeNull()
})

test.each([
  ['en', 'tell me when it is back', true],
  ['en', 'tell me when it drops', undefined],
  ['en', 'tell me when it is back below 40 dollars', undefined],
  ['fr', 'prévenez-moi quand il arrive', true],
  ['es', 'avísame cuando vuelva', true],
  ['nl', 'laat me weten als hij er weer is', true],
  ['nl', 'laat me weten als hij goedkoper wordt', undefined],
] as const)('waits for goods in %s where no price is said: “%s”', (code, message, isRestock) => {
  const alert = understanding({ intent: 'alert' })
  expect(proposalOf(message, alert, code)).toMatchObject({ action: 'price-alert' })
  expect(proposalOf(message, alert, code)).toEqual(
    expect.objectContaining(isRestock ? { isRestock } : { wanted: [] }),
  )
  expect('isRestock' in proposalOf(message, alert, code)).toBe(isRestock === true)
})
