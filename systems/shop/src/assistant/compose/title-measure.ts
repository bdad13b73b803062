import type { Evidence } from '../../domain/answer.ts'
import type { Product } from '../../domain/product.ts'
import { comparativeIn } from '../by-measure.ts'
import { asksOfPart } from '../asks-of.ts'
import { dimensionNamed, dimensionsAsked, quantityIn } from '../dimensions.ts'
import type { Dimension } from '../dimensions.ts'
import { titleEvidence } from '../evidence.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { sideAsked } from '../sides.ts'

/** Names of what a title states in numbers without a word for it. */
const titled: ReadonlySet<string> = new Set(['size', 'memory', 'volume', 'charge', 'weight', 'power'])

/**
 * "How big is the bottle?", "how much power does it have?", of which a listing says no more than its title: "Mist (100 ml)". Of a part only how much
 * it holds is told so; its sides may be the whole's. Null where the title states nothing of it.
 */
export function titleMeasure(question: string, product: Product, lexicon: Lexicon): Evidence | null {
  if (comparativeIn(question, lexicon) !== null) return null
  const asked = dimensionsAsked(question, lexicon).filter(({ name }) => titled.has(name))
  const isOfPart = asksOfPart(question, product, lexicon)
  const isOfBigness =
    asked.some(({ name }) => name === 'size') && sideAsked(question, lexicon.language) === null
  const amounts = isOfBigness
    ? ['volume', 'weight'].flatMap((name): Dimension[] => {
        const found = dimensionNamed(name, lexicon)
        return found === undefined ? [] : [found]
      })
    : []
  const dimensions = [...asked.filter(({ name }) => !(isOfPart && name === 'size')), ...amounts]
  const isStated = dimensions.some((dimension) => quantityIn(product.title, dimension) !== null)
  return isStated ? titleEvidence(product, lexicon) : null
}
