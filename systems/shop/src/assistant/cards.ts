import type { ConstraintChip, ProductCard } from '../domain/answer.ts'
import type { Constraint } from '../domain/constraints.ts'
import type { Product, Variant } from '../domain/product.ts'
import { formatRating, fromMajor, isPriced, minorDigits } from '../domain/money.ts'
import { describeFacet, shortFacet } from './describe-constraint.ts'
import type { Phrases } from './phrases.ts'

/** The variant that a product is shown as. Without `variantId`: the cheapest in stock, or the cheapest. */
export function shownVariant(product: Product, variantId: string | null = null): Variant {
  return product.variants.find((candidate) => candidate.id === variantId) ?? defaultVariant(product)
}

/** A card from catalog rows alone, with reasons in the language of `phrases`. */
export function cardOf(
  product: Product,
  variantId: string | null,
  constraints: readonly Constraint[],
  phrases: Phrases,
): ProductCard {
  const variant = shownVariant(product, variantId)
  return {
    productId: product.id,
    variantId: variant.id,
    title: product.title,
    brand: product.brand,
    image: variant.image ?? product.images[0] ?? null,
    url: product.url,
    price: variant.price,
    compareAt: variant.compareAt,
    rating: product.rating,
    inStock: isInStock(variant),
    services: product.services,
    options: variant.options,
    reasons: reasonsFor(product, variant, constraints, phrases),
  }
}

export function isInStock(variant: Variant): boolean {
  return variant.stock === null || variant.stock > 0
}

export function defaultVariant(product: Product): Variant {
  // What has no price is no cheaper than what has one.
  const byPrice = product.variants.toSorted(
    (a, b) => Number(isPriced(b.price)) - Number(isPriced(a.price)) || a.price.minor - b.price.minor,
  )
  const variant = byPrice.find(isInStock) ?? byPrice[0]
  if (!variant) throw new Error(`Product ${product.id} has no variant; the import must not let that through.`)
  return variant
}

/** Terms of an offer as one says them: `free shipping`. */
export function serviceLabel(service: Product['services'][number], phrases: Phrases): string {
  return phrases.say(`term.${service}`)
}

/** `4.6 from 212 reviews`. */
export function ratingLabel({ average, count }: NonNullable<Product['rating']>, phrases: Phrases): string {
  // Some feeds do not count them.
  if (count === 0) return phrases.say('rated.alone', { rating: formatRating(average) })
  return phrases.say('rating.from', {
    rating: formatRating(average),
    reviews: phrases.counted('rating.reviews', count),
  })
}

/** Short reasons that each rest on a catalog fact; musts that are met come first. */
function reasonsFor(
  product: Product,
  variant: Variant,
  constraints: readonly Constraint[],
  phrases: Phrases,
): string[] {
  const reasons: string[] = []
  for (const constraint of constraints) {
    if (constraint.kind === 'price' && meetsPrice(variant, constraint))
      reasons.push(chipOf(constraint, variant.price.currency, phrases).label)
    if (
      constraint.kind === 'service' &&
      !constraint.negated &&
      product.services.includes(constraint.service)
    ) {
      reasons.push(serviceLabel(constraint.service, phrases))
    }
    if (constraint.kind === 'facet' && !constraint.negated) {
      const met = constraint.values.find((value) =>
        statedValues(product, variant, constraint.name).has(value.toLowerCase()),
      )
      if (met) reasons.push(shortFacet({ ...constraint, values: [met] }, phrases))
    }
  }
  if (product.rating && product.rating.count > 0) {
    reasons.push(ratingLabel(product.rating, phrases))
  }
  if (variant.compareAt && variant.compareAt.minor > variant.price.minor) {
    const saved = { minor: variant.compareAt.minor - variant.price.minor, currency: variant.price.currency }
    reasons.push(phrases.say('results.saved', { saved: phrases.money(saved) }))
  }
  if (!isInStock(variant)) reasons.push(phrases.say('stock.out'))
  return [...new Set(reasons)].slice(0, 5)
}

/** What a product, shown as this variant, states for a facet; lower case. */
export function statedValues(product: Product, variant: Variant, name: string): Set<string> {
  const lower = name.toLowerCase()
  if (lower === 'brand') return new Set(product.brand ? [product.brand.toLowerCase()] : [])
  if (lower === 'category') return new Set(product.categories.map((category) => category.toLowerCase()))
  const option = Object.entries(variant.options).find(([key]) => key.toLowerCase() === lower)?.[1]
  return new Set(
    [...(product.attributes[name] ?? []), ...(option ? [option] : [])].map((value) => value.toLowerCase()),
  )
}

export function meetsPrice(variant: Variant, constraint: Extract<Constraint, { kind: 'price' }>): boolean {
  if (!isPriced(variant.price)) return false
  const major = variant.price.minor / 10 ** minorDigits(variant.price.currency)
  const aboveMin =
    constraint.min === null || (constraint.minInclusive ? major >= constraint.min : major > constraint.min)
  const belowMax =
    constraint.max === null || (constraint.maxInclusive ? major <= constraint.max : major < constraint.max)
  return aboveMin && belowMax
}

/** A must as a chip shows it: `under $60`, `red`, `not leather`, `rated 4+`. */
export function chipOf(constraint: Constraint, currency: string, phrases: Phrases): ConstraintChip {
  return { constraint, label: labelOf(constraint, currency, phrases) }
}

/** What a constraint asks for, with the facet that it is about: for saying what was left out. */
export function describeConstraint(constraint: Constraint, currency: string, phrases: Phrases): string {
  return constraint.kind === 'facet'
    ? describeFacet(constraint, phrases)
    : labelOf(constraint, currency, phrases)
}

/** A limit of prices as one says it: `under $60`. */
export function limitSaid(
  { min, max, minInclusive, maxInclusive, text }: Extract<Constraint, { kind: 'price' }>,
  currency: string,
  phrases: Phrases,
): string {
  const show = (major: number) => phrases.money(fromMajor(major, currency), true)
  if (min !== null && max !== null) return phrases.say('limit.between', { low: show(min), high: show(max) })
  if (max !== null) return phrases.say(maxInclusive ? 'limit.at-most' : 'limit.under', { price: show(max) })
  return min === null ? text : phrases.say(minInclusive ? 'limit.from' : 'limit.over', { price: show(min) })
}

function labelOf(constraint: Constraint, currency: string, phrases: Phrases): string {
  switch (constraint.kind) {
    case 'price':
      return limitSaid(constraint, currency, phrases)
    case 'facet':
      return shortFacet(constraint, phrases)
    case 'rating':
      return phrases.say('limit.rated', { min: constraint.min })
    case 'reviews':
      return phrases.say('limit.reviews', { reviews: phrases.counted('rating.reviews', constraint.min) })
    case 'unnamed':
      return phrases.say('limit.no', { what: constraint.words })
    case 'service': {
      const label = serviceLabel(constraint.service, phrases)
      return constraint.negated ? phrases.say('limit.no', { what: label }) : label
    }
  }
}
