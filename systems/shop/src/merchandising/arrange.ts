import type { SearchHit } from '../domain/ports.ts'
import type { Product } from '../domain/product.ts'
import { facetName, facetValue, productFacets } from '../search/constraints/facets.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { asksFor, asksForJust, meanings } from './matching.ts'
import type { Rule } from './rules.ts'

type Pin = Extract<Rule, { kind: 'pin' }>
type Weight = Extract<Rule, { kind: 'boost' | 'bury' }>

/** The rules that bear on one query. */
export interface ApplicableRules {
  pins: Pin[]
  weights: Weight[]
}

export function applicable(rules: readonly Rule[], text: string, lexicon: Lexicon): ApplicableRules {
  const query = meanings(text, lexicon)
  return {
    pins: rules.filter((rule): rule is Pin => rule.kind === 'pin' && asksForJust(query, rule.query, lexicon)),
    weights: rules.filter(
      (rule): rule is Weight =>
        (rule.kind === 'boost' || rule.kind === 'bury') && asksFor(query, rule.query, lexicon),
    ),
  }
}

const boostFactor = 1.6

function states(product: Product, { facet, value }: Weight): boolean {
  const name = facetName(facet)
  const wanted = facetValue(value)
  if (productFacets(product).get(name)?.has(wanted)) return true
  return product.variants.some(({ options }) =>
    Object.entries(options).some(([option, own]) => facetName(option) === name && facetValue(own) === wanted),
  )
}

/**
 * A ranked list as the merchant wants it: the same products, those with a boosted value higher and with a buried one lower,
 * then each pinned product at its place. Pure: ranking knows nothing of it.
 *
 * @param products of the hits
 * @param inserted pinned products that the list lacks and that may join it
 */
export function arrange(
  hits: readonly SearchHit[],
  rules: ApplicableRules,
  products: ReadonlyMap<string, Product>,
  inserted: readonly SearchHit[],
): SearchHit[] {
  const factorOf = (hit: SearchHit) => {
    const product = products.get(hit.productId)
    if (!product) return 1
    return rules.weights.reduce(
      (factor, rule) =>
        states(product, rule)
          ? rule.kind === 'boost'
            ? factor * boostFactor
            : factor / boostFactor
          : factor,
      1,
    )
  }
  const weighted = hits
    .map((hit) => ({ hit, score: hit.score * factorOf(hit) }))
    .toSorted((a, b) => b.score - a.score)
    .map(({ hit, score }) => (score === hit.score ? hit : { ...hit, score }))
  const pool = [...weighted, ...inserted]
  for (const pin of rules.pins.toSorted((a, b) => a.at - b.at)) {
    const from = pool.findIndex(({ productId }) => productId === pin.productId)
    const [hit] = from === -1 ? [] : pool.splice(from, 1)
    if (hit) pool.splice(pin.at - 1, 0, hit)
  }
  return pool
}
