import { createRandom, InvalidInputError } from '@heavylift/core'
import type { TaskContext } from '../src/task/task.ts'

export interface SampleInput {
  /** Points that are thrown. */
  points: number
}

/**
 * The sample job's task: estimates π by seeded points in a square. One input in 400 refuses, so that there is a failure to look at. Throws an
 * `InvalidInputError` (`sample-refused`).
 */
export function estimatePi({ points }: SampleInput, { index }: TaskContext): { inside: number; pi: number } {
  if (index % 400 === 399) {
    throw new InvalidInputError({
      code: 'sample-refused',
      message: `Input ${index} refuses, so that the sample has a failure to look at.`,
    })
  }
  const random = createRandom(`point ${index}`)
  let inside = 0
  for (let i = 0; i < points; i++) {
    const x = random.next()
    const y = random.next()
    if (x * x + y * y <= 1) inside++
  }
  return { inside, pi: (4 * inside) / points }
}
