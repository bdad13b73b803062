import type { Understanding } from '../../domain/constraints.ts'
import { isToldIn } from '../compose/extract.ts'
import { forbiddenLine, forbidding } from '../forbids.ts'
import type { Product } from '../../domain/product.ts'
import type { Lexicon } from '../../language/lexicon.ts'
import { namedVariants } from '../named-variants.ts'
import type { Plan, PlanContext } from '../plan/plan.ts'
import type { Facts } from '../facts.ts'
import type { Attempt } from '../second-reading.ts'
import { asksOfRisk, asksWhether, warnedOf } from '../warns.ts'
import { refersFeatures } from './refers-features.ts'
import { othersLikely, surelyOther } from './refers-weights.ts'

/** Answers about one listing in sight, which may turn out to be wishes for others, and what is looked for, which may be a risk of what is in sight. */
const ofSight: ReadonlySet<Plan['kind']> = new Set(['product-answer', 'review-answer', 'how-to'])
const ofOthers: ReadonlySet<Plan['kind']> = new Set(['results', 'advice', 'assortment'])

/**
 * What a message in the middle of a talk is taken for, where the rules took it for a question about a listing and it wishes for other goods, as
 * learned weights tell, or where they look for goods and it asks of a risk that goods in sight warn of; null where they are right.
 */
export function otherReference(
  message: string,
  { plan, facts }: Attempt,
  context: PlanContext,
): Understanding | null {
  const { page, shown, named, isRead } = context
  if (isRead === true || (page === null && shown.length === 0)) return null
  if (!ofSight.has(plan.kind) && !ofOthers.has(plan.kind)) return null
  // What was found by its name is asked about, whatever is in sight.
  if (plan.steps.some(({ kind }) => kind === 'find')) return null
  const base = { ...plan.understanding, topic: null, reference: null }
  if (ofOthers.has(plan.kind))
    return asksRiskOfSeen(message, context)
      ? { ...base, intent: 'product-question', productType: null, constraints: [] }
      : null
  const others = othersLikely(refersFeatures(message, plan, context))
  // What is called by its name is asked about, unless it is in sight: then others are to go with it.
  const isOfNamed = named !== null && named.id !== page?.id && shown.every(({ id }) => id !== named.id)
  return others > surelyOther && !isOfNamed && !isTold(message, facts, context)
    ? { ...base, intent: 'search' }
    : null
}

/**
 * Whether a listing that is spoken of comes in what a message names ("and purple, do you have that?"), or forbids or warns of what it says:
 * that is told, whatever else is wished for.
 */
const isTold = (
  message: string,
  { subjectIds, products }: Facts,
  { currency, lexicon }: PlanContext,
): boolean =>
  subjectIds
    .flatMap((id) => products.get(id) ?? [])
    .some(
      (product) =>
        namedVariants(message, product, lexicon) !== null ||
        forbidding(message, product, lexicon) !== null ||
        forbiddenLine(message, product, lexicon) !== null ||
        isWarned(message, product, currency, lexicon),
    )

/** Whether a listing warns of a risk that is asked of, or what it forbids tells what is asked. */
function isWarned(message: string, product: Product, currency: string, lexicon: Lexicon): boolean {
  const { lines, isAnswer } = warnedOf(
    message,
    product,
    lexicon,
    isToldIn(message, product, currency, lexicon),
  )
  return (
    lines.length > 0 && (isAnswer || asksWhether(message, lexicon) || asksOfRisk(message, lexicon.language))
  )
}

/** Whether a message asks of a risk of goods in sight that it calls by their name, and their listing warns. */
const asksRiskOfSeen = (message: string, { mentions, lexicon }: PlanContext): boolean =>
  mentions.some(
    ({ product, isSeen }) =>
      isSeen &&
      asksOfRisk(message, lexicon.language) &&
      warnedOf(message, product, lexicon, false).lines.length > 0,
  )
