import { contentStems } from '../words.ts'
import type { ProductBase } from './fact-base.ts'
import type { Token } from './read-sentence.ts'
import { attribution, blameWords, praiseWords } from './vocabulary.ts'

/**
 * Checks counts of reviews ("9 of 12 say good") against what was mined: each number has one meaning, given by the words
 * of its clause, and must equal that count. Returns the tokens that it accounts for, or why it does not hold. Null when
 * the clause counts no reviews.
 */
export function checkCounts(
  clause: readonly Token[],
  sentence: readonly Token[],
  product: ProductBase,
): { used: Set<Token> } | { reason: string } | null {
  const numbers = clause.filter(
    (token) =>
      token.number !== null && /^\d+$|^\p{L}+$/u.test(token.text) && !token.isName && !isScale(token, clause),
  )
  if (!numbers.length || !product.digest) return null
  const stems = new Set(clause.map((token) => token.stem))
  const inSentence = new Set(sentence.filter((token) => !token.isName).map((token) => token.stem))
  const aspect = product.digest.aspects
    .filter((candidate) => contentStems(candidate.aspect).every((word) => inSentence.has(word)))
    .toSorted((a, b) => b.aspect.length - a.aspect.length)[0]
  const judges = (list: ReadonlySet<string>) => stems.values().some((word) => list.has(word))
  const speaksOfReviews =
    [...stems].some((word) => attribution.has(word)) || [...inSentence].some((word) => attribution.has(word))
  if (!speaksOfReviews) return null
  const { read, total } = product.digest
  const ofAll = new Set([read, total, product.product.rating?.count ?? -1])
  const used = new Set<Token>(numbers)
  for (const name of aspect ? contentStems(aspect.aspect) : []) {
    for (const token of clause) if (token.stem === name) used.add(token)
  }
  for (const token of clause) if (praiseWords.has(token.stem) || blameWords.has(token.stem)) used.add(token)
  const praises = judges(praiseWords)
  const blames = judges(blameWords)
  if (!aspect) {
    // A plain count of reviews: "from 212 reviews". Judged counts need their aspect.
    const holds = !praises && !blames && numbers.every((token) => ofAll.has(token.number ?? -1))
    return holds ? { used } : { reason: 'count' }
  }
  if (praises && blames) return { reason: 'count' }
  const role = praises ? aspect.positive : blames ? aspect.negative : aspect.mentions
  for (let i = 0; i < numbers.length; i++) {
    const token = numbers[i]!
    const previous = numbers[i - 1]
    // The second number of "9 of 12 [reviews]" is what is counted over.
    const isTotal =
      previous !== undefined &&
      clause.slice(clause.indexOf(previous) + 1, clause.indexOf(token)).some((word) => word.text === 'of')
    const allowed = isTotal ? new Set([...ofAll, aspect.mentions]) : new Set([role])
    if (!allowed.has(token.number ?? -1)) return { reason: 'count' }
  }
  return { used }
}

/** The 5 of "4.4 out of 5". */
function isScale(token: Token, clause: readonly Token[]): boolean {
  const at = clause.indexOf(token)
  return token.number === 5 && clause[at - 1]?.text === 'of' && clause[at - 2]?.text === 'out'
}
