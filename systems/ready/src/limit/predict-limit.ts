import { createRandom, quantile } from '@heavylift/core/math'
import type { Random } from '@heavylift/core/math'

export interface QueueModel {
  /** What is done a second when there is always work. */
  capacityPerSecond: number
  /** Times of requests that wait for nobody, in milliseconds, at evenly spread ranks. */
  serviceMs: readonly number[]
}

export interface Objective {
  /** Of all requests, 0 … 1. */
  quantile: number
  atMostMs: number
}

const draws = 9
/** Of one draw: enough for the quantile, and little enough to take no time. */
const mostRequests = 20_000

/**
 * The highest rate of Poisson arrivals at which a queue of this capacity keeps the objective in runs of so many seconds: simulated, first come first
 * served, by as many workers as Little's law gives (capacity × mean service time), with services as they were seen without a queue.
 */
export function predictLimit(model: QueueModel, objective: Objective, seconds: number): number {
  let low = 0
  let high = model.capacityPerSecond
  for (let turn = 0; turn < 12; turn++) {
    const rate = (low + high) / 2
    const found = Array.from({ length: draws }, (_, draw) =>
      simulatedQuantile(model, objective.quantile, rate, seconds, createRandom(`queue ${draw}`)),
    ).toSorted((a, b) => a - b)
    if (quantile(found, 0.5) <= objective.atMostMs) low = rate
    else high = rate
  }
  return low
}

function simulatedQuantile(
  { capacityPerSecond, serviceMs }: QueueModel,
  share: number,
  rate: number,
  seconds: number,
  random: Random,
): number {
  const mean = serviceMs.reduce((sum, ms) => sum + ms, 0) / serviceMs.length
  const workers = Math.max(1, Math.round((capacityPerSecond * mean) / 1000))
  const stretch = (1000 * workers) / (capacityPerSecond * mean)
  const free = new Float64Array(workers)
  const answers: number[] = []
  for (let atMs = 0; ;) {
    atMs -= (1000 / rate) * Math.log(1 - random.next())
    if (atMs >= 1000 * seconds || answers.length >= mostRequests) break
    let first = 0
    for (let k = 1; k < workers; k++) if ((free[k] as number) < (free[first] as number)) first = k
    const begins = Math.max(atMs, free[first] as number)
    const drawn = serviceMs[random.int(0, serviceMs.length - 1)] as number
    free[first] = begins + drawn * stretch
    answers.push(begins + drawn - atMs)
  }
  return answers.length === 0 ? 0 : quantile(Float64Array.from(answers).sort(), share)
}
