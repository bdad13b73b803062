import { wilsonInterval } from '@heavylift/core/math'
import type { Constraint } from '../domain/constraints.ts'
import { fold } from '../language/fold.ts'
import type { StatedProduct } from './shoppingbench.ts'

type FacetConstraint = Extract<Constraint, { kind: 'facet' }>
/** What a query states of the products that answer it. */
export interface Stated {
  facets: StatedProduct['facets']
  services: StatedProduct['services']
  /** Undefined where it is not known: a query for several products, each with a price of its own. */
  price?: StatedProduct['price'] | undefined
  /** Values that it rules out. */
  excluded?: StatedProduct['facets']
}

/** Whether a facet constraint, taken positively, holds a stated name and value. */
export function holds(constraint: FacetConstraint, fact: { name: string; value: string }): boolean {
  const named = constraint.name === fact.name || (constraint.alsoNamed?.includes(fact.name) ?? false)
  return named && constraint.values.includes(fact.value)
}

/** Whether the parse has exactly the stated bounds, or no price where none is stated. */
export function priceIsExact(constraints: readonly Constraint[], stated: StatedProduct['price']): boolean {
  const held = constraints.filter((constraint) => constraint.kind === 'price')
  if (stated === null) return held.length === 0
  return held.length === 1 && held[0]?.min === stated.min && held[0].max === stated.max
}

/** Whether a product, by what is stated of it, breaks a constraint. */
export function violates(constraint: Constraint, stated: Stated): boolean {
  switch (constraint.kind) {
    case 'price':
    case 'rating':
    case 'reviews':
    case 'unnamed':
      // A task states the price that it asks for, not what the product costs.
      return false
    case 'service':
      return stated.services.includes(constraint.service) === constraint.negated
    case 'facet':
      return stated.facets.some((fact) => holds(constraint, fact)) === constraint.negated
  }
}

/** Whether a value stands in a query word for word: case, accents and punctuation apart. */
export function isVerbatim(query: string, value: string): boolean {
  const words = (text: string): string => ` ${(fold(text).match(/[\p{L}\p{N}.]+/gu) ?? []).join(' ')} `
  return words(query).includes(words(value))
}

interface Share {
  held: number
  of: number
}

export interface Tally {
  queries: number
  price: Share
  services: Share
  verbatim: Share
  paraphrase: Share
  /** Facet constraints that are not stated, of all facet constraints. */
  invented: Share
  /** Facet names and values that facet constraints hold, to see how wide they are. */
  facetNames: number
  facetValues: number
}

const none = (): Share => ({ held: 0, of: 0 })

export const emptyTally = (): Tally => ({
  queries: 0,
  price: none(),
  services: none(),
  verbatim: none(),
  paraphrase: none(),
  invented: none(),
  facetNames: 0,
  facetValues: 0,
})

/**
 * Adds one query's parse to a tally. A facet constraint is stated when the query's author stated one of its values under one of its
 * names, and a negated one when it was stated as excluded.
 */
export function score(tally: Tally, query: string, constraints: readonly Constraint[], stated: Stated): void {
  const count = (share: Share, isHeld: boolean): void => {
    share.of++
    if (isHeld) share.held++
  }
  const facets = constraints.filter((one) => one.kind === 'facet')
  const excluded = stated.excluded ?? []
  tally.queries++
  if (stated.price !== undefined) count(tally.price, priceIsExact(constraints, stated.price))
  for (const service of stated.services)
    count(
      tally.services,
      constraints.some((one) => one.kind === 'service' && one.service === service && !one.negated),
    )
  for (const [facts, negated] of [
    [stated.facets, false],
    [excluded, true],
  ] as const)
    for (const fact of facts)
      count(
        isVerbatim(query, fact.value) ? tally.verbatim : tally.paraphrase,
        facets.some((one) => one.negated === negated && holds(one, fact)),
      )
  for (const one of facets) {
    const facts = one.negated ? excluded : stated.facets
    count(tally.invented, !facts.some((fact) => holds(one, fact)))
    tally.facetNames += 1 + (one.alsoNamed?.length ?? 0)
    tally.facetValues += one.values.length
  }
}

const round = (value: number): number => Number(value.toFixed(4))
const rate = ({ held, of }: Share, ofNothing = 1): number => (of === 0 ? ofNothing : round(held / of))

function shares(tally: Tally): Record<string, Share> {
  const { verbatim, paraphrase } = tally
  return {
    priceExactRate: tally.price,
    serviceRecall: tally.services,
    valueRecall: { held: verbatim.held + paraphrase.held, of: verbatim.of + paraphrase.of },
    verbatimRecall: verbatim,
    paraphraseRecall: paraphrase,
    inventedRate: tally.invented,
  }
}

export function metricsOf(tally: Tally): Record<string, number> {
  return Object.fromEntries(
    Object.entries(shares(tally)).map(([name, share]) => [
      name,
      rate(share, name === 'inventedRate' ? 0 : 1),
    ]),
  )
}

/** 95 % Wilson intervals of the rates; those of which nothing was counted are left out. */
export function intervalsOf(tally: Tally): Record<string, [number, number]> {
  return Object.fromEntries(
    Object.entries(shares(tally))
      .filter(([, { of }]) => of > 0)
      .map(([name, { held, of }]): [string, [number, number]] => {
        const { low, high } = wilsonInterval(held, of)
        return [name, [round(low), round(high)]]
      }),
  )
}
