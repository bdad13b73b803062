import type { Facts } from '../facts.ts'
import type { Plan } from '../plan/plan.ts'
import { isPriced } from '../../domain/money.ts'
import { shownVariant } from '../cards.ts'
import { heading } from '../compare.ts'

const pillLimit = 4

/** Likely next questions, each of which the facts of this turn or one more read can answer. */
export function pillsFor(
  plan: Plan,
  facts: Facts,
  shownIds: readonly string[] | null,
  focusId: string | null,
): string[] {
  const { phrases } = facts
  if (facts.proposal?.kind === 'choose-option') return facts.proposal.values.slice(0, pillLimit)
  if (['care', 'allergy', 'not-ours'].includes(plan.kind)) return []
  const rules = facts.statesReturns ? [phrases.say('pill.returns')] : []
  if (plan.kind === 'clarify' || plan.kind === 'chat') return [phrases.say('pill.sale'), ...rules]
  if (plan.kind === 'orders' || plan.kind === 'returns') return [...rules, phrases.say('pill.order')]
  const pills: string[] = []
  const focus = focusId === null ? null : facts.products.get(focusId)
  const digest = focusId === null ? null : facts.digests.get(focusId)
  if (shownIds && shownIds.length > 1 && plan.kind !== 'comparison') pills.push(phrases.say('pill.compare'))
  const aspect = digest?.aspects.find((candidate) => candidate.positive + candidate.negative >= 2)
  if (aspect && plan.kind !== 'review-answer')
    pills.push(phrases.say('pill.reviews', { aspect: aspect.aspect }))
  if (plan.kind === 'review-answer' && digest) {
    const next = digest.aspects.find((candidate) => candidate.negative > candidate.positive)
    if (next) pills.push(phrases.say('pill.reviews', { aspect: next.aspect }))
  }
  const option = focus?.variants.flatMap((variant) => Object.keys(variant.options))[0]
  if (option && plan.kind !== 'proposal')
    pills.push(phrases.say('pill.stock', { option: heading(option).toLowerCase() }))
  if (plan.kind === 'results' && facts.search?.hasCheaper) pills.push(phrases.say('pill.cheaper'))
  if (focus && isPriced(shownVariant(focus).price) && plan.kind !== 'price-history')
    pills.push(phrases.say('pill.price'))
  return pills.slice(0, pillLimit)
}
