import type { Evidence } from '../domain/answer.ts'
import type { Topic } from '../domain/constraints.ts'
import type { Product } from '../domain/product.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { isToldBy } from '../understand/turn-kind.ts'
import type { TurnKind } from '../understand/turn-kind.ts'
import { listingEvidence } from './evidence.ts'
import { withoutMereRoots } from './lines/terms.ts'
import { contentStems, words } from './words.ts'

/** Services that a listing may speak of: "Warranty: 12 months", "Delivery across Cairo". */
const listedServices: ReadonlySet<Topic> = new Set(['warranty', 'shipping', 'returns', 'payment'])

/** What a listing says of a service, by the words of the question that tell the service; null where it says nothing. */
export function serviceLine(
  message: string,
  topic: Topic | null,
  product: Product,
  lexicon: Lexicon,
): Evidence | null {
  if (topic === null || !listedServices.has(topic)) return null
  const told = words(message).flatMap(({ text }) =>
    isToldBy(text, [topic as TurnKind], lexicon.language) ? contentStems(text, lexicon) : [],
  )
  const lines = withoutMereRoots(listingEvidence(product, lexicon), message, lexicon)
  return lines.find(({ stems }) => told.some((stem) => stems.has(stem))) ?? null
}

/** So many listings say what is said of all goods. */
const leastAlike = 3

/**
 * One of some goods whose listing says of a service what most of them do: lines with the same numbers, in whatever words. What a store
 * writes below each of its goods holds for all of them.
 */
export function saidOfMost(
  message: string,
  topic: Topic | null,
  products: readonly Product[],
  lexicon: Lexicon,
): Product | null {
  const alike = new Map<string, Product[]>()
  for (const product of products) {
    const line = serviceLine(message, topic, product, lexicon)
    if (line === null) continue
    const key = (line.text.match(/\d+(?:[.,]\d+)?/g) ?? []).join(' ') || line.text
    alike.set(key, [...(alike.get(key) ?? []), product])
  }
  const [most = []] = [...alike.values()].toSorted((a, b) => b.length - a.length)
  return most.length >= leastAlike && most.length * 2 > products.length ? (most[0] ?? null) : null
}
