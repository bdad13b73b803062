/** Counts of the program by which the Joint Research Centre of the European Commission compared the models. */
export const publishedCounts: Record<string, number> = {
  lowFsm: 901,
  lowCcHuman: 3728,
  lowRss: 880,
  lowReg157: 2252,
  highFsm: 1649,
  highCcHuman: 3552,
  highRss: 1491,
  highReg157: 2869,
}

/** One per cent of the cut-ins of a sweep. */
const tolerances = { low: 159, high: 140 }

/** As many collisions as published, give or take the tolerance of the sweep. */
export const countGoals = Object.fromEntries(
  Object.entries(publishedCounts).map(([name, count]) => {
    const tolerance = name.startsWith('low') ? tolerances.low : tolerances.high
    return [name, { atLeast: count - tolerance, atMost: count + tolerance }]
  }),
)
