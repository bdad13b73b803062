import type { Offer } from './offer.ts'

/** What is bought by the hour, the cheapest first, and what waiting costs beyond. */
export interface Tier {
  name: string
  price: number
  limitGpus: number
}

/** On-demand and spot in the order in which they are used. A reclaimed hour is paid and done again. */
export function tiersOf(offers: readonly Offer[]): Tier[] {
  const tiers: Tier[] = []
  for (const offer of offers) {
    if (offer.kind === 'on-demand')
      tiers.push({ name: offer.name, price: offer.price, limitGpus: offer.limitGpus })
    if (offer.kind === 'spot') {
      tiers.push({
        name: offer.name,
        price: offer.price / (1 - offer.reclaim),
        limitGpus: Math.floor(offer.limitGpus * (1 - offer.reclaim)),
      })
    }
  }
  return tiers.sort((a, b) => a.price - b.price)
}

/**
 * Demand of a stretch of hours over all scenarios, sorted, so that what it costs beyond a firm capacity is a search and a few sums. The
 * cost is convex in the capacity, which makes a tangent at any point a bound from below.
 */
export class Overflow {
  readonly #demand: Float64Array
  /** Of the largest so many. */
  readonly #sums: Float64Array
  readonly #scenarios: number
  readonly #tiers: readonly Tier[]
  readonly #waitPrice: number

  constructor(demand: Float64Array, scenarios: number, tiers: readonly Tier[], waitPrice: number) {
    this.#demand = demand.sort()
    this.#scenarios = scenarios
    this.#tiers = tiers
    this.#waitPrice = waitPrice
    this.#sums = new Float64Array(demand.length + 1)
    for (let i = demand.length - 1; i >= 0; i--) this.#sums[i] = this.#sums[i + 1]! + demand[i]!
  }

  /** Expected GPU-hours above a capacity, and how fast they fall with it. */
  #above(capacity: number): { gpuHours: number; slope: number } {
    let low = 0
    let high = this.#demand.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#demand[middle]! <= capacity) low = middle + 1
      else high = middle
    }
    const count = this.#demand.length - low
    return {
      gpuHours: (this.#sums[low]! - count * capacity) / this.#scenarios,
      slope: -count / this.#scenarios,
    }
  }

  /** Expected cost beyond a firm capacity, GPU-hours that wait, and the slopes of both. */
  at(capacity: number): { cost: number; costSlope: number; waiting: number; waitingSlope: number } {
    let level = capacity
    let before = this.#above(level)
    let cost = 0
    let costSlope = 0
    for (const tier of this.#tiers) {
      level += tier.limitGpus
      const after = this.#above(level)
      cost += tier.price * (before.gpuHours - after.gpuHours)
      costSlope += tier.price * (before.slope - after.slope)
      before = after
    }
    return {
      cost: cost + this.#waitPrice * before.gpuHours,
      costSlope: costSlope + this.#waitPrice * before.slope,
      waiting: before.gpuHours,
      waitingSlope: before.slope,
    }
  }

  get highest(): number {
    return this.#demand.at(-1) ?? 0
  }
}
