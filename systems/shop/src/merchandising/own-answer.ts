import type { Lexicon } from '../language/lexicon.ts'
import { asksFor, meanings } from './matching.ts'
import type { Rule } from './rules.ts'

/** What is said where the store wants no answer given. */
export const noAnswer = 'The store does not answer this here. Please ask its customer service.'

/** What the store itself answers to a message; null when it has said nothing of it. The longest match counts. */
export function ownAnswer(rules: readonly Rule[], message: string, lexicon: Lexicon): string | null {
  const query = meanings(message, lexicon)
  const [best] = rules
    .filter((rule) => rule.kind === 'answer')
    .filter(({ says }) => asksFor(query, says, lexicon))
    .toSorted((a, b) => b.says.length - a.says.length)
  return best ? (best.answer ?? noAnswer) : null
}
