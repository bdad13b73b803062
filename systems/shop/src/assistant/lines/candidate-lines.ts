import type { Evidence } from '../../domain/answer.ts'
import type { Product } from '../../domain/product.ts'
import { asksWhat, countAsked } from '../../language/asking.ts'
import { asksOfName } from '../asks-of.ts'
import { dimensionsAsked, givesDimension, isGivenIn } from '../dimensions.ts'
import { listingEvidence, sectionEvidence, titleEvidence } from '../evidence.ts'
import { shopperEvidence } from '../gathered-evidence.ts'
import type { Facts } from '../facts.ts'
import { isYesOrNo } from '../listing-lines.ts'
import type { Plan } from '../plan/plan.ts'

/** What may answer a question: the listing line by line and section by section, its title where that is asked of, and what other shoppers were told. */
export function candidateLines(question: string, product: Product, facts: Facts): Evidence[] {
  const { lexicon } = facts
  const isOfTitle =
    asksOfName(question, product, lexicon) ||
    (countAsked(question, lexicon.language.code) !== null && /\d/.test(product.title))
  // "Batteries included: no" does not say what is.
  const isWhat = asksWhat(question, lexicon.language.code)
  // What it weighs does not say how much weight it holds.
  const load = dimensionsAsked(question, lexicon).find(({ name }) => name === 'load')
  const isOfOther = (text: string) =>
    load !== undefined && isGivenIn(text, load) && !givesDimension(text, load, lexicon)
  return [
    ...(isOfTitle ? [titleEvidence(product, lexicon)] : []),
    ...sectionEvidence(product, lexicon),
    ...listingEvidence(product, lexicon).filter(
      ({ kind, text }) => kind !== 'attribute' || !((isWhat && isYesOrNo(text)) || isOfOther(text)),
    ),
    ...shopperEvidence(product.id, facts).filter(({ kind }) => kind === 'answer'),
  ]
}

/** How near a question is in meaning to some texts (cosines), by text; null where it is not known. */
export type NearLines = (
  question: string,
  texts: readonly string[],
) => Promise<ReadonlyMap<string, number> | null>

/** Kinds of answers that say what is asked of those that they are about, and of how many. */
const asked: Partial<Record<Plan['kind'], number>> = {
  'product-answer': 3,
  'review-answer': 1,
  'how-to': 1,
  comparison: 2,
}

/** How near a message is in meaning to each line of what it asks about, by product; empty where it asks of none, or it is not known. */
export async function lineCosines(
  message: string,
  kind: Plan['kind'],
  facts: Facts,
  near: NearLines,
): Promise<ReadonlyMap<string, ReadonlyMap<string, number>>> {
  const products = facts.subjectIds.slice(0, asked[kind] ?? 0).flatMap((id) => facts.products.get(id) ?? [])
  const found = await Promise.all(
    products.map(
      async (product) =>
        [
          product.id,
          await near(
            message,
            candidateLines(message, product, facts).map(({ text }) => text),
          ),
        ] as const,
    ),
  )
  return new Map(found.flatMap(([id, cosines]) => (cosines === null ? [] : [[id, cosines] as const])))
}
