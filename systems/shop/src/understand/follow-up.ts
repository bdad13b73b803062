import type { Constraint, Understanding } from '../domain/constraints.ts'

type Facet = Extract<Constraint, { kind: 'facet' }>

/** Earlier constraints and later ones: "in blue instead" replaces the colour, "and waterproof" adds. */
export function joinConstraints(earlier: readonly Constraint[], later: readonly Constraint[]): Constraint[] {
  return [...earlier.filter((old) => !later.some((one) => replaces(one, old))), ...later]
}

/** The constraints with a price below or above one that was shown ("cheaper" than it, "pricier"). In major units. */
export function beyondPrice(
  constraints: readonly Constraint[],
  direction: 'cheaper' | 'pricier',
  shown: number,
): Constraint[] {
  return [...withoutPrice(constraints), limit(constraints, direction === 'cheaper' ? 'max' : 'min', shown)]
}

/** Whether a message asks for something else than the turn before: another kind of product, in words of its own. */
export function startsAnew(earlier: Pick<Understanding, 'productType'>, message: Understanding): boolean {
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
  if (next.kind === 'unnamed') return old.kind === 'unnamed' && old.words === next.words
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
