import { meaningOf, words } from '../words.ts'
import type { FactBase } from './fact-base.ts'
import { listingVoice } from './speaker.ts'
import { attribution } from './vocabulary.ts'

/** Leads a question or a wish, which is no statement of a source. */
const asks =
  /\b(?:asks?|asked|asking|wants?|wanted|needs?|needed|wonders?|wondered|questions?|search(?:es|ed)?)\b/i

/**
 * The sentence without its quotes, each of which must stand word for word in a source of this turn and be given to
 * whoever said it: reviewers' words to reviewers, the listing's to the listing. Null when one is not, or holds an amount
 * or an address, which nobody may put into the assistant's mouth. A product's title needs no speaker.
 */
export function withoutQuotes(text: string, base: FactBase): string | null {
  let rest = text
  const kinds = new Set<'shopper' | 'listing'>()
  for (const match of text.matchAll(/[“"]([^“”"]+)[”"]/g)) {
    const quote = (match[1] ?? '').toLowerCase().replace(/[.,…!?]+$/, '')
    if (base.products.some((product) => product.product.title.toLowerCase() === quote)) {
      rest = rest.replace(match[0], ` ${match[1] ?? ''} `)
      continue
    }
    // A word or two in quotes is checked like the rest.
    if (quote.length < 8) continue
    const held = base.products.flatMap((product) =>
      product.units.filter((unit) => unit.evidence.text.toLowerCase().includes(quote)),
    )
    if (!held.length || /[$€£%]|https?:|www\./.test(quote)) return null
    const ofShoppers = held.some(({ evidence }) => evidence.kind === 'review' || evidence.kind === 'answer')
    const ofListing = held.some(({ evidence }) => evidence.kind !== 'review' && evidence.kind !== 'answer')
    if (!(ofShoppers && ofListing)) kinds.add(ofShoppers ? 'shopper' : 'listing')
    rest = rest.replace(match[0], ' '.repeat(match[0].length))
  }
  if (rest.length === text.length && rest === text) return rest
  if (!/[“"]/.test(rest) && rest.replaceAll(/\s/g, '').length === text.replaceAll(/[“”"\s]/g, '').length)
    return rest
  if (asks.test(rest)) return null
  const ofShoppers = words(rest).some((word) => attribution.has(meaningOf(word.text)))
  const ofListing = listingVoice.test(rest)
  if (kinds.has('shopper') && !ofShoppers) return null
  if (kinds.has('listing') && (!ofListing || ofShoppers)) return null
  return ofShoppers || ofListing ? rest : null
}
