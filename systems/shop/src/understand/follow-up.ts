import type { Constraint, Understanding } from '../domain/constraints.ts'

type Facet = Extract<Constraint, { kind: 'facet' }>

/** What a follow-up needs to know of the products that the conversation showed last. */
export interface ShownSummary {
  /** Lowest and highest price shown, in major units; null when nothing was shown. */
  prices: { min: number; max: number } | null
  /** Highest average rating shown; null when none has one. */
  bestRating: number | null
}

/**
 * Joins a follow-up with the turn before it: "cheaper" keeps everything and asks for less than the cheapest shown, "in
 * blue instead" replaces the colour, "and waterproof" adds. A message that names another product type starts anew and
 * is returned as it is.
 */
export function mergeFollowUp(
  earlier: Understanding,
  message: Understanding,
  shown: ShownSummary,
): Understanding {
  if (startsAnew(earlier, message)) return message
  const kept = earlier.constraints.filter((old) => !message.constraints.some((one) => replaces(one, old)))
  let constraints = [...kept, ...message.constraints]
  const relative = message.reference?.kind === 'relative' ? message.reference.direction : null
  if (relative === 'cheaper' && shown.prices !== null) {
    constraints = [...withoutPrice(constraints), limit(constraints, 'max', shown.prices.min)]
  }
  if (relative === 'pricier' && shown.prices !== null) {
    constraints = [...withoutPrice(constraints), limit(constraints, 'min', shown.prices.max)]
  }
  if (relative === 'better-rated' && shown.bestRating !== null) {
    constraints = constraints.filter(({ kind }) => kind !== 'rating')
    constraints.push({ kind: 'rating', min: shown.bestRating, text: 'better rated' })
  }
  return {
    ...message,
    searchText: earlier.searchText,
    productType: earlier.productType,
    constraints,
    sort: message.sort === 'relevance' ? earlier.sort : message.sort,
  }
}

/** Whether a message asks for something else than the turn before: another kind of product, in words of its own. */
function startsAnew(earlier: Understanding, message: Understanding): boolean {
  if (message.reference?.kind === 'relative') return false
  if (message.productType === null || message.productType === earlier.productType) return false
  // "in blue" has `blue` for its head: words that a constraint already says are no product type.
  const said = message.constraints.map(({ text }) => text.toLowerCase()).join(' ')
  return message.productType
    .toLowerCase()
    .split(' ')
    .some(
      (word) =>
        !said.includes(word) &&
        !/^(?:instead|also|too|but|rather|one|ones|same|please|only|just)$/.test(word),
    )
}

/** A new price, rating or facet value takes the place of the old one of its kind; a negation only adds. */
function replaces(next: Constraint, old: Constraint): boolean {
  if (next.kind === 'facet') return old.kind === 'facet' && sameFacet(next, old)
  if (next.kind === 'service') return old.kind === 'service' && old.service === next.service
  return next.kind === old.kind
}

function sameFacet(next: Facet, old: Facet): boolean {
  const names = new Set([old.name, ...(old.alsoNamed ?? [])])
  const isShared = [next.name, ...(next.alsoNamed ?? [])].some((name) => names.has(name))
  if (!isShared) return false
  if (next.negated === old.negated) return !next.negated
  // "not red" after "red" takes red back.
  return next.values.some((value) => old.values.includes(value))
}

type Price = Extract<Constraint, { kind: 'price' }>

const withoutPrice = (constraints: readonly Constraint[]): Constraint[] =>
  constraints.filter(({ kind }) => kind !== 'price')

/** The price constraint with one side set to beat a price that was shown; the other side stays while it still can hold. */
function limit(constraints: readonly Constraint[], side: 'min' | 'max', value: number): Price {
  const old = constraints.find((one): one is Price => one.kind === 'price')
  if (side === 'max') {
    const keeps = old?.min != null && old.min < value
    const max = old?.max != null && old.max < value ? old.max : value
    return {
      kind: 'price',
      min: keeps ? old.min : null,
      max,
      minInclusive: keeps && old.minInclusive,
      maxInclusive: max !== value && old?.maxInclusive === true,
      text: 'cheaper',
    }
  }
  const keeps = old?.max != null && old.max > value
  return {
    kind: 'price',
    min: value,
    max: keeps ? old.max : null,
    minInclusive: false,
    maxInclusive: keeps && old.maxInclusive,
    text: 'pricier',
  }
}
