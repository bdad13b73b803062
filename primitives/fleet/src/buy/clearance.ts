import { InvalidInputError } from '@heavylift/core'
import type { Offer } from './offer.ts'
import { tiersOf } from './overflow.ts'

/** So many GPUs at once, for so long, done before a given hour. */
export interface ClearanceAsk {
  gpus: number
  hours: number
  /** It must have ended by then, counted from now. */
  byHour: number
  /** Highest chance that a queue loses GPUs to it; 0.05 unless given. */
  mayDisplace?: number
}

/** What a run takes in one window, the cheapest first. */
export interface ClearanceWindow {
  fromHour: number
  cost: number
  /** GPUs by where they come from: `idle` are our own that nobody wants then, `displaced` are taken from queues; means over the scenarios. */
  from: Record<string, number>
  /** Part of the scenarios in which queues lose GPUs to it. */
  displaceChance: number
  /** GPU-hours that they lose, on average. */
  displacedGpuHours: number
  isAllowed: boolean
}

/**
 * When a run of a whole cluster and more fits, from what, and what others lose: in each window our own idle GPUs first, then blocks that
 * start in time, then what is had by the hour, the cheapest first; what is short then is taken from the queues. Demand has a row a scenario, hours
 * in columns; `firm` is what we have.
 * @throws InvalidInputError `clearance-too-late` when no window ends in time
 */
export function planClearance(
  ask: ClearanceAsk,
  scenarios: readonly Float64Array[],
  firm: Float64Array,
  offers: readonly Offer[],
): ClearanceWindow[] {
  const last = Math.min(ask.byHour, firm.length) - ask.hours
  if (last < 0)
    throw new InvalidInputError({
      code: 'clearance-too-late',
      message: `${ask.hours} hours do not fit before hour ${Math.min(ask.byHour, firm.length)}. Ask for fewer hours or a later end.`,
    })
  const tiers = tiersOf(offers)
  const windows = Array.from({ length: last + 1 }, (_, fromHour): ClearanceWindow => {
    const untilHour = fromHour + ask.hours
    const blocks = offers
      .flatMap((offer) => (offer.kind === 'block' && covers(offer, fromHour, untilHour) ? [offer] : []))
      .sort((a, b) => a.price * a.hours - b.price * b.hours)
    const from: Record<string, number> = {}
    const add = (name: string, gpus: number) => {
      if (gpus > 0) from[name] = (from[name] ?? 0) + gpus / scenarios.length
    }
    let cost = 0
    let displaced = 0
    let displacedIn = 0
    // Blocks are bought before it is known which scenario comes, for what is short in most of them.
    const idle = scenarios.map((scenario) => leastIdle(scenario, firm, fromHour, untilHour))
    const sure = idle.toSorted((a, b) => a - b)[Math.floor((ask.mayDisplace ?? 0.05) * idle.length)]!
    let missing = Math.max(0, ask.gpus - sure - tiers.reduce((sum, { limitGpus }) => sum + limitGpus, 0))
    let bought = 0
    for (const { name, unitGpus, mostUnits, soldOut, price, hours } of blocks) {
      const expected = unitGpus * (1 - soldOut)
      const units = Math.min(mostUnits, Math.ceil(missing / expected))
      if (units === 0) continue
      missing = Math.max(0, missing - units * expected)
      bought += units * expected
      cost += units * expected * price * hours
      from[name] = units * expected
    }
    for (const free of idle) {
      let left = Math.max(0, ask.gpus - bought)
      const own = Math.min(left, free)
      add('idle', own)
      left -= own
      for (const { name, limitGpus, price } of tiers) {
        const taken = Math.min(left, limitGpus)
        add(name, taken)
        cost += (taken * price * ask.hours) / scenarios.length
        left -= taken
      }
      add('displaced', left)
      displaced += left
      if (left > 0) displacedIn++
    }
    const displaceChance = displacedIn / scenarios.length
    return {
      fromHour,
      cost,
      from,
      displaceChance,
      displacedGpuHours: (displaced / scenarios.length) * ask.hours,
      isAllowed: displaceChance <= (ask.mayDisplace ?? 0.05),
    }
  })
  // What keeps to the risk first, then the cheapest; where nothing does, what takes least from others.
  return windows.sort(
    (a, b) =>
      Number(b.isAllowed) - Number(a.isAllowed) ||
      (a.isAllowed ? a.cost - b.cost : a.displacedGpuHours - b.displacedGpuHours || a.cost - b.cost) ||
      a.fromHour - b.fromHour,
  )
}

function leastIdle(scenario: Float64Array, firm: Float64Array, fromHour: number, untilHour: number): number {
  let least = Infinity
  for (let hour = fromHour; hour < untilHour; hour++)
    least = Math.min(least, Math.max(0, firm[hour]! - scenario[hour]!))
  return Math.floor(least)
}

/** Whether a block that can still be bought spans the whole window. */
function covers(offer: Offer & { kind: 'block' }, fromHour: number, untilHour: number): boolean {
  const { leadHours, startEveryHours, hours } = offer
  if (fromHour < leadHours) return false
  const start = leadHours + Math.floor((fromHour - leadHours) / startEveryHours) * startEveryHours
  return start + hours >= untilHour
}
