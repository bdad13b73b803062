import type { Product } from '../domain/product.ts'
import type { Lexicon } from '../language/lexicon.ts'
import { listingEvidence } from './evidence.ts'
import { contentStems, words } from './words.ts'

/** What a listing states about holding something: its own words, or null where it says neither. */
export function statedContents(
  product: Product,
  what: string,
  lexicon: Lexicon,
): { isFree: boolean; quote: string } | null {
  const texts = [product.title, ...listingEvidence(product, lexicon).map(({ text }) => text)]
  for (const text of texts) if (saysFree(text, what, lexicon)) return { isFree: true, quote: text }
  const wanted = contentStems(what, lexicon)
  for (const text of texts) {
    const held = new Set(contentStems(text, lexicon))
    // "May contain nuts" and "Ingredients: wheat, nuts" alike.
    if (
      wanted.every((word) => held.has(word)) &&
      /\b(?:contain|ingredient|allergen|made (?:of|from|with)|material|contents?)/i.test(text)
    )
      return { isFree: false, quote: text }
  }
  return null
}

/** `nut-free`, `free of nuts`, `no nuts`, `without nuts`, `Nut free: yes`. */
function saysFree(text: string, what: string, lexicon: Lexicon): boolean {
  const wanted = new Set(contentStems(what, lexicon))
  const all = words(text.replaceAll('-', ' ')).map((word) => word.text)
  return all.some((word, at) => {
    if (!contentStems(word, lexicon).some((stem) => wanted.has(stem))) return false
    const before = all.slice(Math.max(0, at - 3), at)
    if (all[at + 1] === 'free') return !/\b(?:no|false|not)\b/i.test(text)
    const opens = before.findLastIndex((each) => /^(?:no|without|zero)$/.test(each))
    const isFreeOf = before.some((each, i) => each === 'free' && /^(?:of|from)$/.test(before[i + 1] ?? ''))
    return opens >= 0 || isFreeOf
  })
}
