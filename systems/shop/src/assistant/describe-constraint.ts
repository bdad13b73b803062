import type { Constraint } from '../domain/constraints.ts'
import { listing } from '../domain/money.ts'
import { isNo, isYes } from '../understand/value-forms.ts'

type FacetConstraint = Extract<Constraint, { kind: 'facet' }>

/** A value says by itself what it is about when it holds a word; `m`, `42` and `yes` need their facet's name. */
const saysEnough = (value: string): boolean => /\p{L}{3}/u.test(value) && !isYes(value) && !isNo(value)

/** A facet's name as words: `clothing_material` → `clothing material`. */
const facetWords = (name: string): string => name.replaceAll(/[_:]+/g, ' ').trim().toLowerCase()

/** Sizes of letters are written in capitals. */
const shownValue = (value: string): string =>
  /^(?:\d?x{0,3}[sl]|m|xx?s|xx?l)$/i.test(value) ? value.toUpperCase() : value

/** What a facet constraint asks for, in a word or two where they say enough: `red`, `not leather`, `size M`, `waterproof`. */
export function shortFacet(constraint: FacetConstraint): string {
  if (!constraint.values.some((value) => saysEnough(value))) return describeFacet(constraint)
  return `${constraint.negated ? 'not ' : ''}${listing(spoken(constraint), 'or')}`
}

/** The same with its facet, for saying what was left out: `color red or blue`, `material not leather`, `not waterproof`. */
export function describeFacet(constraint: FacetConstraint): string {
  const { name, values, negated } = constraint
  const facet = facetWords(name)
  if (values.every((value) => isYes(value))) return negated ? `not ${facet}` : facet
  if (values.every((value) => isNo(value))) return negated ? facet : `not ${facet}`
  return `${facet} ${negated ? 'not ' : ''}${listing(spoken(constraint), 'or')}`
}

/** Two values at most by name; of more, the shortest stands for them, since all say what the shopper said. */
function spoken({ values }: FacetConstraint): string[] {
  const named = values.filter((value) => !isYes(value) && !isNo(value))
  if (named.length <= 2) return named.map(shownValue)
  return named
    .toSorted((a, b) => a.length - b.length)
    .slice(0, 1)
    .map(shownValue)
}
