import type { Measure } from '@heavylift/core'

export const benches: Measure[] = [
  {
    name: 'step',
    summary:
      'A step of 10,000 robots on a made floor: the first plan alone, and a whole budget of 100 ms; milliseconds and memory.',
    goals: { firstP50Ms: { atMost: 15 }, wholeP99Ms: { atMost: 102 }, rssMb: { atMost: 1000 } },
    run: async (input) => (await import('./step.ts')).runStepBench(input),
  },
]
