export interface BreakEvenPrices {
  /** For an hour on demand. */
  hourly: number
  /** To reserve one instance for a term. */
  fee: number
  /** A reserved hour costs this part of the hourly price. */
  discount: number
  termHours: number
}

/**
 * Buys without knowing the future: an instance is reserved once what was paid on demand for its level within the last term comes to the
 * break-even, fee / (1 − discount). Costs at most 2 − discount times the optimum with hindsight (Wang, Li and Liang, "To reserve or not to
 * reserve", arXiv 1305.5608). `demand` is instances by hour; what comes out is reserved in each hour, and the cost.
 */
export function buyOnline(
  demand: readonly number[],
  prices: BreakEvenPrices,
): { reservations: { hour: number }[]; cost: number } {
  const breakEven = prices.fee / (1 - prices.discount)
  const reservations: { hour: number }[] = []
  let cost = 0
  for (let level = 0; level < Math.max(0, ...demand); level++) {
    /** Hours of this level that were paid on demand and not yet answered by a reservation. */
    let paid: number[] = []
    let reservedUntil = 0
    for (let hour = 0; hour < demand.length; hour++) {
      if (demand[hour]! <= level) continue
      if (hour < reservedUntil) {
        cost += prices.discount * prices.hourly
        continue
      }
      paid = paid.filter((one) => one > hour - prices.termHours)
      if ((paid.length + 1) * prices.hourly > breakEven) {
        reservations.push({ hour })
        reservedUntil = hour + prices.termHours
        cost += prices.fee + prices.discount * prices.hourly
        paid = []
      } else {
        paid.push(hour)
        cost += prices.hourly
      }
    }
  }
  return { reservations, cost }
}

/** The least cost with hindsight, level by level: from each hour on, go on by the hour or reserve a term. */
export function leastCost(demand: readonly number[], prices: BreakEvenPrices): number {
  let sum = 0
  for (let level = 0; level < Math.max(0, ...demand); level++) {
    const after = new Float64Array(demand.length + 1)
    for (let hour = demand.length - 1; hour >= 0; hour--) {
      if (demand[hour]! <= level) {
        after[hour] = after[hour + 1]!
        continue
      }
      const end = Math.min(demand.length, hour + prices.termHours)
      let used = 0
      for (let h = hour; h < end; h++) used += demand[h]! > level ? 1 : 0
      after[hour] = Math.min(
        prices.hourly + after[hour + 1]!,
        prices.fee + used * prices.discount * prices.hourly + after[end]!,
      )
    }
    sum += after[0]!
  }
  return sum
}
