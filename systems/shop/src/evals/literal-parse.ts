import type { Constraint, FacetVocabulary } from '../domain/constraints.ts'
import type { Service } from '../domain/product.ts'

const serviceNames: readonly [Service, RegExp][] = [
  ['free-shipping', /\bfree shipping\b/i],
  ['flash-sale', /\bflash sale\b/i],
  ['cash-on-delivery', /\bcash on delivery\b/i],
  ['official-store', /\bofficial store\b/i],
]

/** What plain string matching finds: the baseline that a parser has to beat. */
export function literalParser(vocabulary: FacetVocabulary): (query: string) => Constraint[] {
  const names = new Map<string, Set<string>>()
  for (const [name, values] of [...vocabulary.facets, ['brand', vocabulary.brands] as const]) {
    for (const value of values.keys()) names.set(value, (names.get(value) ?? new Set()).add(name))
  }
  const longestFirst = [...names].toSorted(([a], [b]) => b.length - a.length)
  return (query) => {
    const text = query.toLowerCase()
    return [...literalPrice(text), ...literalServices(query), ...literalFacets(text, longestFirst)]
  }
}

function literalPrice(text: string): Constraint[] {
  const between = /\bbetween \D{0,3}(\d+) and \D{0,3}(\d+)/.exec(text)
  const under = /\b(?:under|below|less than) \D{0,3}(\d+)/.exec(text)
  const price = between ?? under ?? /\b(?:over|above|more than) \D{0,3}(\d+)/.exec(text)
  if (price === null) return []
  const first = Number(price[1])
  const [min, max] =
    between !== null ? [first, Number(between[2])] : under !== null ? [null, first] : [first, null]
  return [{ kind: 'price', min, max, minInclusive: false, maxInclusive: false, text: price[0] }]
}

const literalServices = (query: string): Constraint[] =>
  serviceNames.flatMap(([service, pattern]): Constraint[] => {
    const match = pattern.exec(query)
    return match === null ? [] : [{ kind: 'service', service, negated: false, text: match[0] }]
  })

/** Facet values that stand word for word in the text, longest first, none inside another. */
function literalFacets(
  text: string,
  longestFirst: readonly (readonly [string, Set<string>])[],
): Constraint[] {
  const words = /[\p{L}\p{N}]/u
  const taken = Array.from({ length: text.length }, () => false)
  const constraints: Constraint[] = []
  for (const [value, names] of longestFirst) {
    const wanted = value.toLowerCase()
    const at = wanted === '' ? -1 : text.indexOf(wanted)
    if (at < 0 || taken.slice(at, at + wanted.length).some(Boolean)) continue
    if (words.test(text[at - 1] ?? ' ') || words.test(text[at + wanted.length] ?? ' ')) continue
    taken.fill(true, at, at + wanted.length)
    const [name = '', ...alsoNamed] = names
    const constraint: Constraint = { kind: 'facet', name, values: [value], negated: false, text: value }
    if (alsoNamed.length > 0) constraint.alsoNamed = alsoNamed
    constraints.push(constraint)
  }
  return constraints
}
