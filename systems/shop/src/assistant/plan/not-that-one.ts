import type { Understanding } from '../../domain/constraints.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { isAsking } from '../../language/asking.ts'
import { negationScopes } from '../../understand/negation.ts'
import { tokenize } from '../../understand/text.ts'
import type { Mention } from './meant.ts'

/**
 * A message that rules out one that it calls by its name ("not the charcoal one please") as a wish for those without what calls it; null where it rules out none.
 */
export function withoutThatOne(
  message: string,
  understanding: Understanding,
  mention: Mention,
  lexicon: Lexicon,
): Understanding | null {
  if (isAsking(message, lexicon.language.code)) return null
  const tokens = tokenize(message, lexicon)
  const scopes = negationScopes(tokens, lexicon.language)
  const own = tokens.filter(({ word }) => mention.own.includes(word))
  if (own.length === 0 || !own.every((token) => (scopes[tokens.indexOf(token)] ?? -1) >= 0)) return null
  const words = message.slice(own[0]?.start, own.at(-1)?.end)
  return {
    ...understanding,
    intent: 'narrow',
    topic: null,
    reference: null,
    productType: null,
    constraints: [...understanding.constraints, { kind: 'unnamed', words, text: words }],
  }
}
