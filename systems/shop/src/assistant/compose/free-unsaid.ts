import { asksFreeOf } from '../asks-free-of.ts'
import type { Facts } from '../facts.ts'
import { statedContents } from '../free-of.ts'
import { isDeclared } from '../../language/mentions.ts'

/**
 * What was asked to be free of ("gluten free", "sans parfum") and no listing shown says it of itself, in the shopper's words: that none names it is
 * no promise. So of what has to be declared on food,
 * however it is ruled out ("no nuts"). Other exclusions ("not black") ask for none.
 */
export function freeUnsaid(found: NonNullable<Facts['search']>, facts: Facts): string[] {
  const shown = found.cards.flatMap(({ productId }) => facts.products.get(productId) ?? [])
  return found.constraints.flatMap((one) =>
    one.kind === 'unnamed' &&
    (asksFreeOf(one, facts.lexicon) || isDeclared(one.words, facts.lexicon)) &&
    !shown.some((product) => statedContents(product, [one.words], facts.lexicon)?.isFree)
      ? [one.words]
      : [],
  )
}
