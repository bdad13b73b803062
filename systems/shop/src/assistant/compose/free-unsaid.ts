import { asksFreeOf } from '../asks-free-of.ts'
import type { Facts } from '../facts.ts'
import { statedContents } from '../free-of.ts'
import type { Product } from '../../domain/product.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { deniesAlike, isDeclared } from '../../language/mentions.ts'
import { concerning } from './allergy.ts'
import { listingEvidence } from '../evidence.ts'

/**
 * What was asked to be free of ("gluten free", "sans parfum") and no listing shown says it of itself, in the shopper's words: that none names it is
 * no promise. So of what has to be declared on food,
 * however it is ruled out ("no nuts"). Other exclusions ("not black") ask for none.
 */
export function freeUnsaid(found: NonNullable<Facts['search']>, facts: Facts): string[] {
  const shown = found.cards.flatMap(({ productId }) => facts.products.get(productId) ?? [])
  const isConcerning = (what: string) =>
    !facts.keptFrom.includes(what) || concerning(shown, facts).includes(what)
  return found.constraints.flatMap((one) =>
    one.kind === 'unnamed' &&
    isConcerning(one.words) &&
    (asksFreeOf(one, facts.lexicon) || isDeclared(one.words, facts.lexicon)) &&
    !shown.some((product) => saysWithout(product, one.words, facts.lexicon))
      ? [one.words]
      : [],
  )
}

/** Whether a listing says to be without something; of what has to be declared, and names it nowhere. */
const saysWithout = (product: Product, what: string, lexicon: Lexicon): boolean =>
  statedContents(product, [what], lexicon)?.isFree === true ||
  [product.title, ...listingEvidence(product, lexicon).map(({ text }) => text)].some((text) =>
    deniesAlike(text, what, lexicon),
  )
