import type { Constraint } from '../domain/constraints.ts'
import type { StatedProduct } from './shoppingbench.ts'

type FacetConstraint = Extract<Constraint, { kind: 'facet' }>

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

/** Whether a constraint is one that the task states. */
export function isStated(constraint: Constraint, stated: StatedProduct): boolean {
  switch (constraint.kind) {
    case 'price':
      return stated.price !== null && priceIsExact([constraint], stated.price)
    case 'service':
      return !constraint.negated && stated.services.includes(constraint.service)
    case 'facet':
      return !constraint.negated && stated.facets.some((fact) => holds(constraint, fact))
    case 'rating':
      return false
  }
}

/** Whether a product, by what is stated of it, breaks a constraint. */
export function violates(constraint: Constraint, stated: StatedProduct): boolean {
  switch (constraint.kind) {
    case 'price':
    case 'rating':
      // A task states the price that it asks for, not what the product costs.
      return false
    case 'service':
      return stated.services.includes(constraint.service) === constraint.negated
    case 'facet':
      return stated.facets.some((fact) => holds(constraint, fact)) === constraint.negated
  }
}

export interface Tally {
  queries: number
  priceExact: number
  services: number
  servicesHeld: number
  values: number
  valuesHeld: number
  constraints: number
  invented: number
  /** Facet names and values that facet constraints hold, to see how wide they are. */
  facetConstraints: number
  facetNames: number
  facetValues: number
}

export const emptyTally = (): Tally => ({
  queries: 0,
  priceExact: 0,
  services: 0,
  servicesHeld: 0,
  values: 0,
  valuesHeld: 0,
  constraints: 0,
  invented: 0,
  facetConstraints: 0,
  facetNames: 0,
  facetValues: 0,
})

/** Adds one query's parse to a tally. */
export function score(tally: Tally, constraints: readonly Constraint[], stated: StatedProduct): void {
  tally.queries++
  if (priceIsExact(constraints, stated.price)) tally.priceExact++
  tally.services += stated.services.length
  tally.servicesHeld += stated.services.filter((service) =>
    constraints.some((one) => one.kind === 'service' && one.service === service && !one.negated),
  ).length
  tally.values += stated.facets.length
  tally.valuesHeld += stated.facets.filter((fact) =>
    constraints.some((one) => one.kind === 'facet' && !one.negated && holds(one, fact)),
  ).length
  tally.constraints += constraints.length
  tally.invented += constraints.filter((one) => !isStated(one, stated)).length
  for (const one of constraints) {
    if (one.kind !== 'facet') continue
    tally.facetConstraints++
    tally.facetNames += 1 + (one.alsoNamed?.length ?? 0)
    tally.facetValues += one.values.length
  }
}

const rate = (part: number, whole: number): number => (whole === 0 ? 1 : Number((part / whole).toFixed(4)))

export function metricsOf(tally: Tally): Record<string, number> {
  return {
    priceExactRate: rate(tally.priceExact, tally.queries),
    serviceRecall: rate(tally.servicesHeld, tally.services),
    valueRecall: rate(tally.valuesHeld, tally.values),
    inventedRate: tally.constraints === 0 ? 0 : rate(tally.invented, tally.constraints),
  }
}
