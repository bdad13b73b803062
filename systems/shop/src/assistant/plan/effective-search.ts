import type { Constraint, SortOrder, Understanding } from '../../domain/constraints.ts'
import { minorDigits } from '../../domain/money.ts'
import { beyondPrice, joinConstraints, startsAnew } from '../../understand/follow-up.ts'
import { contentStems } from '../words.ts'
import type { EffectiveSearch, PlanContext } from './plan.ts'

/** Whether a message states a must or an order. */
export function hasNewConstraints(understanding: Understanding): boolean {
  return understanding.constraints.length > 0 || understanding.sort !== 'relevance'
}

/**
 * The search of this message. A message that names no product type and only adds musts or an order ("under $40", "in
 * blue", "cheaper") refines the conversation's last search: a new must replaces the earlier one of the same kind.
 */
export function effectiveSearch(
  understanding: Understanding,
  context: PlanContext,
): { search: EffectiveSearch; isRefinement: boolean } {
  const own: EffectiveSearch = {
    text: understanding.searchText,
    productType: understanding.productType,
    constraints: understanding.constraints,
    sort: understanding.sort,
  }
  const previous = context.previous
  const relative = understanding.reference?.kind === 'relative' ? understanding.reference.direction : null
  const addsOnly =
    previous !== null &&
    !startsAnew(previous, understanding) &&
    hasNewConstraints(understanding) &&
    leftover(understanding).length === 0
  if (!previous || !(relative !== null || addsOnly || understanding.reference?.kind === 'those')) {
    return { search: own, isRefinement: false }
  }
  // A message that says nothing else insists on what it says.
  let constraints = joinConstraints(previous.constraints, own.constraints.map(insisted))
  let sort: SortOrder = own.sort === 'relevance' ? previous.sort : own.sort
  if (relative) {
    const anchor =
      context.shown.find((product) => product.id === context.focusId) ?? context.shown[0] ?? context.page
    if (anchor && relative !== 'better-rated') {
      const bound = priceRange(anchor)[relative === 'cheaper' ? 0 : 1]
      constraints = beyondPrice(constraints, relative, bound / 10 ** minorDigits(context.currency))
    }
    if (anchor?.rating && relative === 'better-rated') {
      const min = Math.min(5, Math.round((anchor.rating.average + 0.1) * 10) / 10)
      constraints = joinConstraints(constraints, [
        { kind: 'rating', min, text: `rated above ${(min - 0.1).toFixed(1)}` },
      ])
    }
    if (relative === 'better-rated') sort = 'rating'
  }
  return {
    search: { text: previous.text, productType: previous.productType, constraints, sort },
    isRefinement: true,
  }
}

function insisted(constraint: Constraint): Constraint {
  return constraint.kind === 'facet' ? { ...constraint, strength: 'insisted' } : constraint
}

/** Words that neither a constraint nor small talk accounts for: they start a new search. */
function leftover(understanding: Understanding): string[] {
  const used = new Set(understanding.constraints.flatMap((constraint) => contentStems(constraint.text)))
  const talk = new Set(
    contentStems('show find want need something option cheaper one instead available please only rather'),
  )
  return contentStems(understanding.searchText).filter((word) => !used.has(word) && !talk.has(word))
}

/** Lowest and highest price of a product's variants, in minor units. */
function priceRange(product: PlanContext['shown'][number]): [number, number] {
  const prices = product.variants.map((variant) => variant.price.minor)
  return [Math.min(...prices), Math.max(...prices)]
}
