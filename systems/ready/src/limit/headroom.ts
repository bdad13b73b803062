/** How a day's peak is spread, in requests a second to the whole. */
export interface Demand {
  median: number
  /** What the day stays below with 95 %. */
  plan95: number
}

export interface Headroom {
  name: string
  callsPerRequest: number
  /** Calls a second at the peak. */
  demand: Demand
  limitPerSecond: number | null
  /** Limit by demand at the plan, and at the median; null without a limit. Below 1 it gives out. */
  atPlan: number | null
  atMedian: number | null
  isFirst: boolean
}

/** Headroom of each part on the day, and which gives out first: the one with the least limit by demand. Unmeasured parts are never first. */
export function headroomOf(
  parts: readonly { name: string; callsPerRequest: number; limitPerSecond: number | null }[],
  demand: Demand,
): Headroom[] {
  const found = parts.map(({ name, callsPerRequest, limitPerSecond }) => {
    const own = { median: demand.median * callsPerRequest, plan95: demand.plan95 * callsPerRequest }
    return {
      name,
      callsPerRequest,
      demand: own,
      limitPerSecond,
      atPlan: limitPerSecond === null || own.plan95 === 0 ? null : limitPerSecond / own.plan95,
      atMedian: limitPerSecond === null || own.median === 0 ? null : limitPerSecond / own.median,
    }
  })
  const least = Math.min(...found.map(({ atPlan }) => atPlan ?? Infinity))
  return found.map((one) => ({ ...one, isFirst: one.atPlan !== null && one.atPlan === least }))
}
