import type { Offer } from './offer.ts'
import { tiersOf } from './overflow.ts'
import { firmByHour, planMix, playPurchase } from './plan-mix.ts'
import type { MixPlan } from './plan-mix.ts'

/** What is there and what is needed on one day, GPUs on average over its hours and the scenarios. */
export interface MixDay {
  day: number
  demand: number
  /** Of the scenarios: a tenth of them is below, a tenth above. */
  low: number
  high: number
  /** By offer, firm ones as bought, hourly ones as used, in the order of `layers`. */
  gpus: number[]
  waiting: number
}

export interface MixStudy {
  hours: number
  scenarios: number
  layers: string[]
  /** What all would cost by the hour. */
  byTheHour: number
  plans: (Pick<MixPlan, 'purchases' | 'cost' | 'gapPct' | 'waitingShare' | 'prices'> & {
    mayWait: number
    /** What it comes to on demand that was not among the scenarios. */
    played: { cost: number; waitingShare: number }
    days: MixDay[]
  })[]
}

/** The cheapest mix at each risk: the frontier, from the least waiting to the most, and each plan over its days and on demand that was not planned with. */
export async function studyMix(
  scenarios: readonly Float64Array[],
  offers: readonly Offer[],
  shares: readonly number[],
  unseen: readonly Float64Array[],
  report: (done: number) => void = () => {},
): Promise<MixStudy> {
  const hours = scenarios[0]!.length
  const tiers = tiersOf(offers)
  const firmOffers = offers
    .filter(({ kind }) => kind === 'reserved' || kind === 'block')
    .map(({ name }) => name)
  const near: MixPlan['firm'][] = []
  const plans: MixStudy['plans'] = []
  for (const mayWait of shares) {
    const plan = await planMix({ scenarios, offers, waitingShare: mayWait, near, gap: 0.01 })
    near.push(plan.firm)
    const { purchases, cost, gapPct, waitingShare, prices } = plan
    const days = daysOf(scenarios, plan, firmOffers, tiers)
    const overflow = playPurchase(unseen, firmByHour(plan.firm, hours), offers)
    const played = {
      cost: purchases.reduce((sum, one) => sum + one.cost, 0) + overflow.cost,
      waitingShare: overflow.waitingShare,
    }
    plans.push({ mayWait, purchases, cost, gapPct, waitingShare, prices, played, days })
    report(plans.length)
  }
  return {
    hours,
    scenarios: scenarios.length,
    layers: [...firmOffers, ...tiers.map(({ name }) => name)],
    byTheHour: playPurchase(scenarios, new Float64Array(hours), offers).cost,
    plans,
  }
}

function daysOf(
  scenarios: readonly Float64Array[],
  plan: MixPlan,
  firmOffers: readonly string[],
  tiers: readonly { limitGpus: number }[],
): MixDay[] {
  const hours = scenarios[0]!.length
  const firm = firmByHour(plan.firm, hours)
  return Array.from({ length: Math.ceil(hours / 24) }, (_, day) => {
    const from = day * 24
    const to = Math.min(hours, from + 24)
    const bought = firmOffers.map((name) =>
      plan.purchases
        .filter((one) => one.offer === name)
        .reduce((sum, one) => {
          const shared = Math.min(to, one.fromHour + one.hours) - Math.max(from, one.fromHour)
          return sum + (one.gpus * Math.max(0, shared)) / (to - from)
        }, 0),
    )
    const used = tiers.map(() => 0)
    let waiting = 0
    const means = scenarios.map((scenario) => {
      let sum = 0
      for (let hour = from; hour < to; hour++) {
        sum += scenario[hour]!
        let left = Math.max(0, scenario[hour]! - firm[hour]!)
        tiers.forEach(({ limitGpus }, i) => {
          const taken = Math.min(left, limitGpus)
          used[i]! += taken
          left -= taken
        })
        waiting += left
      }
      return sum / (to - from)
    })
    const of = scenarios.length * (to - from)
    const sorted = means.toSorted((a, b) => a - b)
    const at = (part: number) => sorted[Math.round(part * (sorted.length - 1))]!
    return {
      day,
      demand: means.reduce((sum, one) => sum + one, 0) / means.length,
      low: at(0.1),
      high: at(0.9),
      gpus: [...bought, ...used.map((one) => one / of)],
      waiting: waiting / of,
    }
  })
}
