import type { Facts } from '../facts.ts'
import type { Plan } from '../plan/plan.ts'
import { heading } from '../compare.ts'

const pillLimit = 4

/** Likely next questions, each of which the facts of this turn or one more read can answer. */
export function pillsFor(
  plan: Plan,
  facts: Facts,
  shownIds: readonly string[] | null,
  focusId: string | null,
): string[] {
  if (facts.proposal?.kind === 'choose-option') return facts.proposal.values.slice(0, pillLimit)
  if (['care', 'allergy', 'not-ours'].includes(plan.kind)) return []
  const rules = facts.statesReturns ? ['What is your return policy?'] : []
  if (plan.kind === 'clarify' || plan.kind === 'chat') return ['What is on sale?', ...rules]
  if (plan.kind === 'orders' || plan.kind === 'returns') return [...rules, 'Where is my order?']
  const pills: string[] = []
  const focus = focusId === null ? null : facts.products.get(focusId)
  const digest = focusId === null ? null : facts.digests.get(focusId)
  if (shownIds && shownIds.length > 1 && plan.kind !== 'comparison') pills.push('Compare the first two')
  const aspect = digest?.aspects.find((candidate) => candidate.positive + candidate.negative >= 2)
  if (aspect && plan.kind !== 'review-answer') pills.push(`What do reviews say about ${aspect.aspect}?`)
  if (plan.kind === 'review-answer' && digest) {
    const next = digest.aspects.find((candidate) => candidate.negative > candidate.positive)
    if (next) pills.push(`What do reviews say about ${next.aspect}?`)
  }
  const option = focus?.variants.flatMap((variant) => Object.keys(variant.options))[0]
  if (option && plan.kind !== 'proposal') pills.push(`Which ${heading(option).toLowerCase()}s are in stock?`)
  if (plan.kind === 'results' && facts.search?.hasCheaper) pills.push('Show cheaper ones')
  if (focus && plan.kind !== 'price-history') pills.push('Has the price changed?')
  return pills.slice(0, pillLimit)
}
