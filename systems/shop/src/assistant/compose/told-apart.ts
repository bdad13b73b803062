import type { Evidence } from '../../domain/answer.ts'
import type { Product } from '../../domain/product.ts'
import { fold } from '../../language/fold.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { isKeywords, listingEvidence, sectionEvidence } from '../evidence.ts'
import { contentStems } from '../words.ts'

/** Longer texts are prose that tells nothing at a glance. */
const longestFact = 150
const longestLine = 180
/** Facts that are told of each. */
const mostFacts = 2
/** Words that two lines share, beside their numbers, when they state the same thing of two products. */
const leastShared = 2
const shareNeeded = 0.5

/** One thing that each of some products states, each in its own way; `evidence` in their order. */
interface Apart {
  evidence: Evidence[]
  score: number
}

/**
 * What tells some products apart by their listings, for each of them: lines that state the same thing in other numbers or under one label, the
 * measured ones first; where there are none, the line that says most of what the others do not. Empty for one that says nothing of its own.
 */
export function toldApart(products: readonly Product[], lexicon: Lexicon): Evidence[][] {
  const facts = products.map((product) => factsOf(product, lexicon))
  const [first = [], ...others] = facts
  const all = first
    .filter(({ text }) => text.length <= longestFact)
    .flatMap((one) => apart(one, others, lexicon) ?? [])
    .toSorted((a, b) => b.score - a.score)
  // A line that stands beside two of another listing is told once.
  const found = all
    .filter(
      ({ evidence }, at) =>
        !all.slice(0, at).some((one) => one.evidence.some((each) => evidence.includes(each))),
    )
    .slice(0, mostFacts)
  if (found.length > 0) return products.map((_, at) => found.flatMap(({ evidence }) => evidence[at] ?? []))
  return products.map((product, at) => {
    const rest = new Set(
      facts.flatMap((own, place) => (place === at ? [] : own.flatMap(({ stems }) => [...stems]))),
    )
    const named = new Set(products.flatMap(({ title }) => contentStems(title, lexicon)))
    const newIn = ({ stems }: Evidence) =>
      [...stems].filter((stem) => !rest.has(stem) && !named.has(stem)).length
    const own = facts[at]?.filter(({ kind, text }) => kind === 'listing' && !text.endsWith('?')) ?? []
    const [best] = own.toSorted((a, b) => newIn(b) - newIn(a))
    return best && newIn(best) >= leastShared ? [best] : []
  })
}

/** What a listing states in a line: no keywords, shelf or brand. */
const factsOf = (product: Product, lexicon: Lexicon): Evidence[] =>
  [...sectionEvidence(product, lexicon), ...listingEvidence(product, lexicon)].filter(
    ({ kind, source, text }) =>
      text.length <= longestLine &&
      (kind === 'listing' ||
        (source.kind === 'product' &&
          Object.hasOwn(product.attributes, source.field) &&
          !isKeywords(source.field) &&
          // A bare number counts what the store keeps books of.
          !/:[^\p{L}]+$/u.test(text))),
  )

/** A line beside the lines of the others that state the same thing otherwise; null where one of them states none. */
function apart(one: Evidence, others: readonly (readonly Evidence[])[], lexicon: Lexicon): Apart | null {
  const beside = others.map((own) => besideIn(one, own, lexicon))
  const evidence = beside.flatMap((each) => each ?? [])
  if (evidence.length < others.length) return null
  const numbers = [one, ...evidence].map(({ text }) => numbersIn(text).join(' '))
  const isMeasured = numbers.every((each) => each !== '') && new Set(numbers).size > 1
  // What says much the same tells little.
  const alike = Math.max(
    ...evidence.map(({ stems }) => [...stems].filter((stem) => one.stems.has(stem)).length),
  )
  const isLabelled = labelOf(one.text) !== null
  return {
    evidence: [one, ...evidence],
    score:
      (isMeasured ? 2 : 0) +
      (isLabelled ? 1 : 0) -
      (one.kind === 'attribute' ? 0.5 : 0) -
      alike / Math.max(1, one.stems.size),
  }
}

function besideIn(one: Evidence, own: readonly Evidence[], lexicon: Lexicon): Evidence | null {
  const label = labelOf(one.text)
  const numbers = numbersIn(one.text)
  const words = contentStems(one.text, lexicon).filter((stem) => !/\d/.test(stem))
  const found = own
    .flatMap((other) => {
      if (other.text.length > longestFact || fold(other.text) === fold(one.text)) return []
      if (label !== null && label === labelOf(other.text)) return [{ other, share: 2 }]
      const others = numbersIn(other.text)
      if (numbers.length === 0 || others.length === 0 || numbers.join(' ') === others.join(' ')) return []
      const held = new Set(contentStems(other.text, lexicon).filter((stem) => !/\d/.test(stem)))
      const shared = new Set(words.filter((word) => held.has(word))).size
      const share = shared / Math.max(1, Math.max(new Set(words).size, held.size))
      return shared >= leastShared && share >= shareNeeded ? [{ other, share }] : []
    })
    .toSorted((a, b) => b.share - a.share)
  return found[0]?.other ?? null
}

/** Numbers that are part of no name. */
const numbersIn = (text: string): string[] => text.match(/(?<![\p{L}\d-])\d+(?:[.,]\d+)?/gu) ?? []

/** `Scent notes` of "Scent notes: lime"; null where a line has none. */
const labelOf = (text: string): string | null => {
  const label = /^(\p{L}[^:.!?]{1,38}):\s/u.exec(text)?.[1]
  return label === undefined ? null : fold(label)
}
