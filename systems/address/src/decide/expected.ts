import { clamp } from '@heavylift/core/math'
import type { KindModel } from '../kind/model.ts'

/** Shares of decisions of a list that are likely right, 0 to 1. */
export interface ExpectedRight {
  likely: number
  /** Of ten lists that the weights had never seen, nine were between these. */
  low: number
  high: number
}

/** Fewer lists than this tell no interval. */
const leastLists = 10

/**
 * How many decisions of a list that nobody told of may be right: how sure they are in the mean, moved by as much as lists that were held out were off (a prediction interval
 * from the residuals of lists left out, as the jackknife+ has it, Barber et al. 2021). Null where answers or a person told what the list holds, or nothing was decided.
 */
export function expectedRight(
  { listGaps }: Pick<KindModel, 'listGaps'>,
  confidence: { sum: number; count: number },
): ExpectedRight | null {
  if (listGaps.length < leastLists || confidence.count === 0) return null
  const sure = confidence.sum / confidence.count
  const at = (share: number) => clamp(sure + listGaps[Math.round(share * (listGaps.length - 1))]!, 0, 1)
  return { likely: at(0.5), low: at(0.05), high: at(0.95) }
}
