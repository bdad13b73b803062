import type { EffectiveSearch, Plan, Step } from './plan.ts'

/** More than this are not kept: nobody says so many, and each is looked for in every listing. */
const mostKept = 8

/** What somebody has to be kept from, said earlier and now; the newest are kept. */
export function rememberedAllergies(earlier: readonly string[], said: readonly string[]): string[] {
  const known = new Set(said.map((what) => what.toLowerCase()))
  return [...earlier.filter((what) => !known.has(what.toLowerCase())), ...said].slice(-mostKept)
}

/** The plan with its lists kept free of what was said, earlier in the conversation, to hurt somebody. */
export function leavingOut(plan: Plan, what: readonly string[]): Plan {
  if (what.length === 0 || plan.kind === 'allergy') return plan
  const without = (search: EffectiveSearch): EffectiveSearch => {
    const others = search.constraints.filter((one) => one.kind !== 'unnamed' || !what.includes(one.words))
    const hurting = what.map((words) => ({
      kind: 'unnamed' as const,
      words,
      text: words,
      hurts: true as const,
    }))
    return { ...search, constraints: [...others, ...hurting] }
  }
  const steps = plan.steps.map((step): Step => {
    if (step.kind === 'search')
      return {
        ...step,
        search: without(step.search),
        refined: step.refined === null ? null : without(step.refined),
      }
    return step.kind === 'deals' || step.kind === 'nearest' ? { ...step, search: without(step.search) } : step
  })
  return { ...plan, steps, search: plan.search === null ? null : without(plan.search) }
}
