import type { Understanding } from '../../domain/constraints.ts'
import type { Product } from '../../domain/product.ts'
import type { PartsWanted } from '../plan/plan.ts'
import { isAnsweredBy } from '../compose/extract.ts'
import { findParts } from './find-parts.ts'
import { partsAsked } from './part-asked.ts'

/** What a message that asks for a part, or whether one fits, may sound like. */
export const mayAskOfParts: ReadonlySet<Understanding['intent']> = new Set([
  'search',
  'narrow',
  'product-question',
  'compare',
  'advice',
  'assortment',
  'not-ours',
  'chat',
])

/** The parts or companions that a message asks for, where the store lists such. Null where it asks for none, or rules something out or sets a limit besides. */
export async function partsWanted(
  message: string,
  { intent, constraints, keptFrom }: Understanding,
  inSight: readonly Product[],
  sources: Parameters<typeof findParts>[2] & { currency: string },
): Promise<PartsWanted | null> {
  if (!mayAskOfParts.has(intent) || keptFrom.length > 0) return null
  if (constraints.some(({ kind }) => kind === 'unnamed' || kind === 'price')) return null
  const asked = partsAsked(message, sources.lexicon)
  const found = asked.length === 0 ? null : await findParts(asked, inSight, sources)
  if (found === null) return null
  // "Is there a strap for it?", whose listing says that one is in the box.
  const isTold =
    found.warning !== null || found.denied.length > 0 || found.parts.some(({ fit }) => fit.verdict === 'fits')
  if (!isTold && isAnsweredBy(message, found.thing, sources.currency, sources.lexicon)) return null
  return { asked, name: found.name, inSight: inSight.map(({ id }) => id) }
}
