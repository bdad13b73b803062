/** A regular series: one value each `stepMinutes` from `startMs`. */
export interface Series {
  name: string
  startMs: number
  stepMinutes: number
  values: Float64Array
}

const dayMinutes = 1440
/** More steps a day than this say nothing of its shape and take long. */
const mostStepsADay = 288

/** Lengths of seasons in steps: a day and a week, or for days a week and a year. */
export function periodsOf(stepMinutes: number): number[] {
  const day = dayMinutes / stepMinutes
  if (day >= 2) return [Math.round(day), Math.round(7 * day)]
  return [Math.max(2, Math.round(7 * day)), Math.max(3, Math.round(365.25 * day))]
}

/** Means of whole groups of steps, so that a day has at most 288. Steps before the first whole group from the end are left out. */
export function coarsen(series: Series): Series {
  const perDay = dayMinutes / series.stepMinutes
  if (perDay <= mostStepsADay) return series
  const group = Math.ceil(perDay / mostStepsADay)
  const count = Math.floor(series.values.length / group)
  const offset = series.values.length - count * group
  const values = Float64Array.from({ length: count }, (_, at) => {
    let total = 0
    for (let i = 0; i < group; i++) total += series.values[offset + at * group + i] as number
    return total / group
  })
  return {
    name: series.name,
    startMs: series.startMs + offset * series.stepMinutes * 60_000,
    stepMinutes: series.stepMinutes * group,
    values,
  }
}

/** The highest value of each whole UTC day; a day with less than nine tenths of its steps is left out. */
export function dayPeaks(series: Series): { day: string; peak: number }[] {
  const days = new Map<string, { peak: number; count: number }>()
  for (const [at, value] of series.values.entries()) {
    if (!Number.isFinite(value)) continue
    const day = new Date(series.startMs + at * series.stepMinutes * 60_000).toISOString().slice(0, 10)
    const known = days.get(day)
    if (known === undefined) days.set(day, { peak: value, count: 1 })
    else {
      known.count++
      if (value > known.peak) known.peak = value
    }
  }
  const whole = (0.9 * dayMinutes) / series.stepMinutes
  return [...days].filter(([, { count }]) => count >= whole).map(([day, { peak }]) => ({ day, peak }))
}
