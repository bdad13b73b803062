import { median, sum } from '@heavylift/core/math'
import { toldCoverage, toldErrorPct } from './replay-run.ts'
import type { ToldRun } from './replay-run.ts'

/** Errors of the fuel burnt after the gauge was hidden, over runs, in per cent; and the share of words whose interval held. */
export interface FuelMetrics extends Record<string, number> {
  medianTotalErrorPct: number
  maxTotalErrorPct: number
  coverage80: number
}

/** A run counts as one, however long it is. NaN without any. */
export function fuelMetrics(runs: readonly ToldRun[]): FuelMetrics {
  if (runs.length === 0)
    return { medianTotalErrorPct: Number.NaN, maxTotalErrorPct: Number.NaN, coverage80: Number.NaN }
  const errors = runs.map((run) => Math.abs(toldErrorPct(run)))
  return {
    medianTotalErrorPct: median(errors),
    maxTotalErrorPct: Math.max(...errors),
    coverage80: sum(runs.map(toldCoverage)) / runs.length,
  }
}

/** The same runs by the rate of the known part all through: what a burn bar without a model would say. */
export function constantRate(run: ToldRun): ToldRun {
  return {
    ...run,
    told: run.told.map((word) => {
      const said = (run.knownRate * (word.atMs - run.hiddenAtMs)) / 1000
      return { ...word, said, low: said, high: said }
    }),
  }
}
