import { proseFeatures } from '../kind/features.ts'
import { bucketsOf } from '../kind/hashed-features.ts'
import type { Statement } from '../domain/evidence.ts'
import { isOrder } from './orders.ts'

/** Longest document in characters; what is beyond is not read. */
export const longestText = 200_000
const longestSentence = 400
const mostStatements = 400

/** A statement out of a sentence, or out of a field's name and value. */
export function proseStatement(quote: string): Statement {
  return { quote, features: bucketsOf(proseFeatures(quote)) }
}

/**
 * Cuts prose into statements. From an order on, the rest of its paragraph is an order too, so that what is said to support it
 * does not count.
 */
export function readStatements(text: string): { statements: Statement[]; orders: string[] } {
  const statements: Statement[] = []
  const orders: string[] = []
  for (const paragraph of text.slice(0, longestText).split(/\n\s*\n/)) {
    let isOrdered = false
    for (const sentence of sentencesOf(paragraph)) {
      isOrdered ||= isOrder(sentence)
      if (isOrdered) orders.push(sentence)
      else if (statements.length < mostStatements) statements.push(proseStatement(sentence))
    }
  }
  return { statements, orders }
}

/** Sentences and lines; a line that goes on in small letters is joined to the one before. */
function sentencesOf(paragraph: string): string[] {
  return paragraph
    .replaceAll(/\s*\n\s*(?=[a-z(])/g, ' ')
    .split(/\n+|(?<=[.!?])\s+(?=["'“(]?[A-Z0-9])/)
    .map((sentence) => sentence.replaceAll(/\s+/g, ' ').trim().slice(0, longestSentence))
    .filter((sentence) => /[a-z]/i.test(sentence))
}
