import type { ConstraintChip, ProductCard } from '../domain/answer.ts'
import type { Constraint } from '../domain/constraints.ts'
import type { Product, Variant } from '../domain/product.ts'
import { formatMoney, formatRating, fromMajor, isPriced, minorDigits, plural } from '../domain/money.ts'
import { describeFacet, shortFacet } from './describe-constraint.ts'

/** A card from catalog rows alone. Without `variantId`: the cheapest variant in stock, or the cheapest. */
export function cardOf(
  product: Product,
  variantId: string | null,
  constraints: readonly Constraint[],
): ProductCard {
  const variant = product.variants.find((candidate) => candidate.id === variantId) ?? defaultVariant(product)
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
    reasons: reasonsFor(product, variant, constraints),
  }
}

export function isInStock(variant: Variant): boolean {
  return variant.stock === null || variant.stock > 0
}

export function defaultVariant(product: Product): Variant {
  const byPrice = product.variants.toSorted((a, b) => a.price.minor - b.price.minor)
  const variant = byPrice.find(isInStock) ?? byPrice[0]
  if (!variant) throw new Error(`Product ${product.id} has no variant; the import must not let that through.`)
  return variant
}

const serviceLabels = {
  'free-shipping': 'free shipping',
  'flash-sale': 'flash sale',
  'cash-on-delivery': 'cash on delivery',
  'official-store': 'official store',
} as const

export function serviceLabel(service: keyof typeof serviceLabels): string {
  return serviceLabels[service]
}

/** Short reasons that each rest on a catalog fact; musts that are met come first. */
function reasonsFor(product: Product, variant: Variant, constraints: readonly Constraint[]): string[] {
  const reasons: string[] = []
  for (const constraint of constraints) {
    if (constraint.kind === 'price' && meetsPrice(variant, constraint))
      reasons.push(chipOf(constraint, variant.price.currency).label)
    if (
      constraint.kind === 'service' &&
      !constraint.negated &&
      product.services.includes(constraint.service)
    ) {
      reasons.push(serviceLabel(constraint.service))
    }
    if (constraint.kind === 'facet' && !constraint.negated) {
      const met = constraint.values.find((value) =>
        statedValues(product, variant, constraint.name).has(value.toLowerCase()),
      )
      if (met) reasons.push(shortFacet({ ...constraint, values: [met] }))
    }
  }
  if (product.rating && product.rating.count > 0) {
    reasons.push(`${formatRating(product.rating.average)} from ${plural(product.rating.count, 'review')}`)
  }
  if (variant.compareAt && variant.compareAt.minor > variant.price.minor) {
    const saved = { minor: variant.compareAt.minor - variant.price.minor, currency: variant.price.currency }
    reasons.push(`${formatMoney(saved)} off`)
  }
  if (!isInStock(variant)) reasons.push('out of stock')
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
export function chipOf(constraint: Constraint, currency: string): ConstraintChip {
  return { constraint, label: labelOf(constraint, currency) }
}

/** What a constraint asks for, with the facet that it is about: for saying what was left out. */
export function describeConstraint(constraint: Constraint, currency: string): string {
  return constraint.kind === 'facet' ? describeFacet(constraint) : labelOf(constraint, currency)
}

function labelOf(constraint: Constraint, currency: string): string {
  switch (constraint.kind) {
    case 'price': {
      const show = (major: number) => formatMoney(fromMajor(major, currency)).replace(/\.0+$/, '')
      if (constraint.min !== null && constraint.max !== null)
        return `${show(constraint.min)} to ${show(constraint.max)}`
      if (constraint.max !== null)
        return `${constraint.maxInclusive ? 'up to' : 'under'} ${show(constraint.max)}`
      return constraint.min === null
        ? constraint.text
        : `${constraint.minInclusive ? 'from' : 'over'} ${show(constraint.min)}`
    }
    case 'facet':
      return shortFacet(constraint)
    case 'rating':
      return `rated ${constraint.min}+`
    case 'reviews':
      return `at least ${plural(constraint.min, 'review')}`
    case 'unnamed':
      return `no ${constraint.words}`
    case 'service':
      return `${constraint.negated ? 'no ' : ''}${serviceLabel(constraint.service)}`
  }
}
