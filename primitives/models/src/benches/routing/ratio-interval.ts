import { createRandom, quantile, roundTo, sortNumbers } from '@heavylift/core/math'

const STRETCHES = 20
const DRAWS = 200

/** The ratio of two 99th percentiles. */
export function ratioOfTails(over: Float64Array, under: Float64Array): number {
  return quantile(sortNumbers(over), 0.99) / quantile(sortNumbers(under), 0.99)
}

/**
 * Its 95 % interval: requests that follow each other wait for the same reasons, so twenty stretches of the trace are drawn
 * again with replacement, the same for both policies (block bootstrap, Künsch 1989). `over` and `under` are of the same
 * requests in the order of their arrival.
 */
export function ratioInterval(over: Float64Array, under: Float64Array): [number, number] {
  const random = createRandom('stretches')
  const length = Math.ceil(over.length / STRETCHES)
  const count = Math.ceil(over.length / Math.max(1, length))
  const drawn: number[] = []
  for (let draw = 0; draw < DRAWS; draw++) {
    const starts = Array.from({ length: count }, () => Math.floor(random.next() * count) * length)
    drawn.push(ratioOfTails(stretches(over, starts, length), stretches(under, starts, length)))
  }
  const sorted = sortNumbers(drawn)
  return [roundTo(quantile(sorted, 0.025), 3), roundTo(quantile(sorted, 0.975), 3)]
}

function stretches(times: Float64Array, starts: readonly number[], length: number): Float64Array {
  const taken = new Float64Array(
    starts.reduce((sum, start) => sum + Math.min(length, times.length - start), 0),
  )
  let at = 0
  for (const start of starts) {
    const stretch = times.subarray(start, start + length)
    taken.set(stretch, at)
    at += stretch.length
  }
  return taken
}
