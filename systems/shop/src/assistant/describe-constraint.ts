import type { Constraint } from '../domain/constraints.ts'
import { isNo, isYes } from '../understand/value-forms.ts'
import { availabilityFacet } from '../search/constraints/facets.ts'
import type { Phrases } from './phrases.ts'

type FacetConstraint = Extract<Constraint, { kind: 'facet' }>

/** A value says by itself what it is about when it holds a word; `m`, `42` and `yes` need their facet's name. */
const saysEnough = (value: string): boolean => /\p{L}{3}/u.test(value) && !isYes(value) && !isNo(value)

/** A facet's name as words: `clothing_material` → `clothing material`. */
const facetWords = (name: string): string => name.replaceAll(/[_:]+/g, ' ').trim().toLowerCase()

/** Sizes of letters are written in capitals. */
const shownValue = (value: string): string =>
  /^(?:\d?x{0,3}[sl]|m|xx?s|xx?l)$/i.test(value) ? value.toUpperCase() : value

/** What a facet constraint asks for, in a word or two where they say enough: `red`, `not leather`, `size M`, `waterproof`. */
export function shortFacet(constraint: FacetConstraint, phrases: Phrases): string {
  if (constraint.name === availabilityFacet) return describeFacet(constraint, phrases)
  if (constraint.negated && namedOf(constraint).length > mostNamed) return constraint.text
  if (!constraint.values.some((value) => saysEnough(value))) return describeFacet(constraint, phrases)
  return notOr(constraint.negated, phrases.listing(spoken(constraint), 'disjunction'), phrases)
}

/** The same with its facet, for saying what was left out: `color red or blue`, `material not leather`, `not waterproof`. */
export function describeFacet(constraint: FacetConstraint, phrases: Phrases): string {
  const { name, values, negated } = constraint
  const facet = facetWords(name)
  if (name === availabilityFacet) return notOr(negated, phrases.say('stock.in'), phrases)
  if (values.every((value) => isYes(value))) return notOr(negated, facet, phrases)
  if (values.every((value) => isNo(value))) return notOr(!negated, facet, phrases)
  if (namedOf(constraint).length > mostNamed && (negated || !values.some((value) => saysEnough(value))))
    return `${facet} ${constraint.text}`
  return `${facet} ${notOr(negated, phrases.listing(spoken(constraint), 'disjunction'), phrases)}`
}

const notOr = (isNegated: boolean, what: string, phrases: Phrases): string =>
  isNegated ? phrases.say('limit.not', { what }) : what

/** So many values are told one by one. */
const mostNamed = 2

const namedOf = ({ values }: FacetConstraint): string[] =>
  values.filter((value) => !isYes(value) && !isNo(value))

/**
 * Two values at most by name; of more, the shortest stands for them, since all say what the shopper said. What is not wanted, and what a
 * limit holds, none of them says: the shopper's own words do.
 */
function spoken(constraint: FacetConstraint): string[] {
  const named = namedOf(constraint)
  if (named.length <= mostNamed) return named.map(shownValue)
  return named
    .toSorted((a, b) => a.length - b.length)
    .slice(0, 1)
    .map(shownValue)
}
