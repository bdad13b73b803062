import type { Evidence } from '../../domain/answer.ts'
import type { Product } from '../../domain/product.ts'
import { anyOf, grammarOf } from '../../language/grammar.ts'
import type { GrammarRole } from '../../language/grammar.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { dimensionNamed, quantityIn } from '../dimensions.ts'
import { listingEvidence } from '../evidence.ts'

const roles = ['net', 'gross'] as const satisfies readonly GrammarRole[]

/** Whether a message asks what something weighs with or without what it is packed in; null where it says neither. */
export function packingAsked(message: string, { language }: Lexicon): (typeof roles)[number] | null {
  const grammar = grammarOf(language.code)
  return roles.find((role) => new RegExp(anyOf(grammar[role]), 'iu').test(message)) ?? null
}

/** The field of a listing that states a net or a gross weight by its name; null where none does. */
export function weightPacked(
  product: Product,
  packing: (typeof roles)[number],
  lexicon: Lexicon,
): Evidence | null {
  const weight = dimensionNamed('weight', lexicon)
  if (weight === undefined) return null
  const names = [...grammarOf(lexicon.language.code)[packing], ...grammarOf('en')[packing]]
  const isNamed = new RegExp(anyOf(names), 'iu')
  return (
    listingEvidence(product, lexicon).find(
      ({ kind, text }) =>
        kind === 'attribute' &&
        isNamed.test(text.slice(0, text.indexOf(':'))) &&
        quantityIn(text, weight) !== null,
    ) ?? null
  )
}
