import type { Product } from '../domain/product.ts'
import { saysIt } from '../language/asking.ts'
import type { Lexicon } from '../language/lexicon.ts'
import type { Mention } from './plan/meant.ts'
import { touchedCautions } from './touched.ts'
import type { CautionInSight } from './facts.ts'
import { asksWhether } from './warns.ts'

/**
 * What the listing of what was looked at last warns of, forbids or does not go with, where a message asks whether something is so or goes and names it, itself or,
 * of "it", by what another product that it names is called ("would it go on the Velm Waterbed?"). Null where it warns of nothing of the kind, or it is
 * `told` of anyway.
 */
export function cautionInSight(
  message: string,
  focus: Product | null,
  mentions: readonly Mention[],
  told: readonly string[],
  lexicon: Lexicon,
): CautionInSight | null {
  if (focus === null || told.includes(focus.id) || !asksWhether(message, lexicon)) return null
  const others = saysIt(message, lexicon.language.code)
    ? mentions.flatMap(({ product }) => (product.id === focus.id ? [] : product.title))
    : []
  const [line] = touchedCautions(message, focus, lexicon, others.join(' '))
  return line === undefined ? null : { product: focus, line }
}
