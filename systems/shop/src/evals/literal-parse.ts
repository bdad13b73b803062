import type { Constraint, FacetVocabulary } from '../domain/constraints.ts'
import type { Service } from '../domain/product.ts'

const serviceNames: readonly [Service, RegExp][] = [
  ['free-shipping', /\bfree shipping\b/i],
  ['flash-sale', /\bflash sale\b/i],
  ['cash-on-delivery', /\bcash on delivery\b/i],
  ['official-store', /\bofficial store\b/i],
]

/** What plain string matching finds: the baseline that a parser has to beat. */
export function literalParse(query: string, vocabulary: FacetVocabulary): Constraint[] {
  const text = query.toLowerCase()
  const constraints: Constraint[] = []
  const between = /\bbetween \D{0,3}(\d+) and \D{0,3}(\d+)/.exec(text)
  const under = /\b(?:under|below|less than) \D{0,3}(\d+)/.exec(text)
  const over = /\b(?:over|above|more than) \D{0,3}(\d+)/.exec(text)
  const price = between ?? under ?? over
  if (price !== null) {
    const first = Number(price[1])
    const [min, max] =
      between !== null ? [first, Number(between[2])] : under !== null ? [null, first] : [first, null]
    constraints.push({ kind: 'price', min, max, minInclusive: false, maxInclusive: false, text: price[0] })
  }
  for (const [service, pattern] of serviceNames) {
    const match = pattern.exec(query)
    if (match !== null) constraints.push({ kind: 'service', service, negated: false, text: match[0] })
  }
  return [...constraints, ...literalFacets(text, vocabulary)]
}

/** Facet values that stand word for word in the text, longest first, none inside another. */
function literalFacets(text: string, vocabulary: FacetVocabulary): Constraint[] {
  const names = new Map<string, Set<string>>()
  const facets = [...vocabulary.facets, ['brand', vocabulary.brands] as const]
  for (const [name, values] of facets) {
    for (const value of values.keys()) names.set(value, (names.get(value) ?? new Set()).add(name))
  }
  const words = /[\p{L}\p{N}]/u
  const taken = Array.from({ length: text.length }, () => false)
  const constraints: Constraint[] = []
  for (const [value, [name = '', ...alsoNamed]] of [...names]
    .toSorted(([a], [b]) => b.length - a.length)
    .map(([value, set]) => [value, [...set]] as const)) {
    const wanted = value.toLowerCase()
    const at = wanted === '' ? -1 : text.indexOf(wanted)
    if (at < 0 || taken.slice(at, at + wanted.length).some(Boolean)) continue
    if (words.test(text[at - 1] ?? ' ') || words.test(text[at + wanted.length] ?? ' ')) continue
    taken.fill(true, at, at + wanted.length)
    const constraint: Constraint = { kind: 'facet', name, values: [value], negated: false, text: value }
    if (alsoNamed.length > 0) constraint.alsoNamed = alsoNamed
    constraints.push(constraint)
  }
  return constraints
}
