import { firmByHour, planMix, playPurchase } from './plan-mix.ts'
import type { MixPlan, MixRequest } from './plan-mix.ts'

/** Beyond what halves of the scenarios say of each other. */
const caution = 1.25
/** Of plans from halves, which only say how much less to plan for. */
const roughGap = 0.01

/**
 * Plans so that the risk holds on hours that are not among the scenarios: a plan from one half is played on the other, both ways, and
 * what waits there over what was planned for says how much less to plan for with all of them.
 */
export async function planForUnseen(request: MixRequest): Promise<{ plan: MixPlan; margin: number }> {
  const { scenarios, offers, waitingShare } = request
  let factor = 1
  const near: MixPlan['firm'][] = []
  if (scenarios.length >= 4 && waitingShare > 0) {
    const even = scenarios.filter((_, i) => i % 2 === 0)
    const odd = scenarios.filter((_, i) => i % 2 === 1)
    for (const { seen, other } of [
      { seen: even, other: odd },
      { seen: odd, other: even },
    ]) {
      const plan = await planMix({ ...request, scenarios: seen, near, gap: roughGap })
      near.push(plan.firm)
      const firm = firmByHour(plan.firm, seen[0]!.length)
      factor = Math.max(
        factor,
        playPurchase(other, firm, offers).waitingShare / Math.max(1e-12, plan.waitingShare),
      )
    }
  }
  const margin = factor === 1 ? 1 : 1 / Math.min(10, factor * caution)
  return { plan: await planMix({ ...request, waitingShare: waitingShare * margin, near }), margin }
}
