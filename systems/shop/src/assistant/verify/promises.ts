import { isNegated } from './fact-base.ts'
import type { FactBase, ProductBase } from './fact-base.ts'
import type { ReadSentence } from './read-sentence.ts'

/** Stock, reductions, and "all of them meet your conditions". */
export function checkPromises(sentence: ReadSentence, base: FactBase): string | null {
  const { text } = sentence
  const stock = /\b(in stock|available|out of stock|sold out|unavailable)\b/i.exec(text)
  if (stock) {
    const subjects = sentence.tokens.find((token) => token.end > stock.index)?.subjects ?? []
    const saysOut =
      /out of|sold out|unavailable/i.test(stock[1] ?? '') !==
      isNegated(text.slice(Math.max(0, stock.index - 24), stock.index))
    if (!subjects.length || !subjects.every((subject) => subject.inStock !== saysOut)) return 'stock'
  }
  if (/\b(?:sale|discount(?:ed)?|reduced|deal|reduction|off)\b/i.test(text)) {
    const subjects = sentence.mentioned.length ? sentence.mentioned : (sentence.tokens[0]?.subjects ?? [])
    const isReduced = (subject: ProductBase) =>
      (subject.compareAt ?? 0) > subject.shownPrice || subject.product.services.includes('flash-sale')
    if (!subjects.length || !subjects.every(isReduced)) return 'reduction'
  }
  const totals = /\b(\d+)\s+(?:products?|options|results|matches|items)\b/i.exec(text)
  if (totals && ![base.total, base.shown.length].includes(Number(totals[1]))) return 'count'
  if (
    base.hasRelaxed &&
    /\b(?:all|every|each|everything|meets?|fits?|match(?:es)?)\b.*\b(?:needs?|criteria|requirements?|conditions?|request|budget)\b/i.test(
      text,
    )
  )
    return 'relaxed'
  return null
}
