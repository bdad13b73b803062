import type { HeadPhrase } from './head.ts'
import type { Token } from './text.ts'
import { contentTokens, type CompiledVocabulary } from './vocabulary.ts'

/**
 * What kind of product a query asks for: the catalog's own category where the query names one, else the words that
 * head the first phrase ("waterproof hiking boots for men" → `hiking boots`); null when there are none.
 */
export function productTypeOf(
  tokens: readonly Token[],
  head: HeadPhrase | null,
  vocabulary: CompiledVocabulary,
): string | null {
  const longest = 4
  for (let length = longest; length > 0; length--) {
    for (let from = 0; from + length <= tokens.length; from++) {
      const span = tokens.slice(from, from + length)
      if (span.some((token, index) => token.kind === 'sign' || (index > 0 && token.breakBefore))) continue
      const content = contentTokens(span)
      if (content.length !== span.length) continue
      const category = vocabulary.categories.get(content.map((token) => token.stem).join(' '))
      if (category !== undefined) return category
    }
  }
  if (head === null) return null
  const words = contentTokens(tokens.slice(head.from, head.to))
  const named = words.slice(-2).filter((token) => token.kind === 'word')
  return named.length === 0 ? null : named.map((token) => token.word).join(' ')
}
