import type { LatencyHistogram } from '../load/histogram.ts'

const from = 0.15
const to = 0.9
const points = 31

/**
 * How many a second come out while a train drains: all of a train are planned at one moment, so latencies are times of completion, and their slope
 * between the first and the last of them is the rate of the narrowest place (as packet trains tell the narrowest link, Jain and Dovrolis 2002).
 * Infinity where all came at once.
 */
export function drainRate(latency: LatencyHistogram, size: number): number {
  let st = 0
  let sn = 0
  let stt = 0
  let stn = 0
  for (let k = 0; k < points; k++) {
    const share = from + ((to - from) * k) / (points - 1)
    const t = latency.quantileMs(share) / 1000
    const n = share * size
    st += t
    sn += n
    stt += t * t
    stn += t * n
  }
  const spread = points * stt - st * st
  const together = points * stn - st * sn
  // Completions are the given, time is what varies: the slope of n over t that is least biased by steps.
  return spread <= 1e-12 ? Infinity : together / spread
}
