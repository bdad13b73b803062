/** Steps in their order as two sums, which tell what comes before what. */
export interface Steps {
  a: number
  b: number
  /** What the sums of steps before these are multiplied with. */
  overA: number
  overB: number
}

// Two primes below 2^26, so that products are exact.
const [primeA, primeB] = [67_108_859, 67_108_837]
const [baseA, baseB] = [31_415_927, 27_182_819]

export const nothingDone: Steps = { a: 0, b: 0, overA: 1, overB: 1 }

/** One step. */
export const steps = (of: number): Steps => ({
  a: of % primeA,
  b: of % primeB,
  overA: baseA,
  overB: baseB,
})

/** What is done by one and then by the other; it does not matter where a longer sequence is cut. */
export const concat = (first: Steps, then: Steps): Steps => ({
  a: (first.a * then.overA + then.a) % primeA,
  b: (first.b * then.overB + then.b) % primeB,
  overA: (first.overA * then.overA) % primeA,
  overB: (first.overB * then.overB) % primeB,
})

export const ended = ({ a, b }: Steps): [number, number] => [a, b]
