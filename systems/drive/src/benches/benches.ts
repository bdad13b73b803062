import type { Measure } from '@heavylift/core'
import { determinismRuns, driverCases, ringRounds, ringStepS, ringVehicles } from './sizes.ts'

export const benches: Measure[] = [
  {
    name: 'determinism',
    summary:
      'The same cases on one and two workers, in chunks of different sizes, in order and shuffled: runs, and how many of them differ in any state, figure or verdict.',
    goals: { differing: { atMost: 0 } },
    options: [
      { flags: '--cases <number>', summary: `How many cases. Default ${determinismRuns}.` },
      { flags: '--version <version>', summary: 'The version that drives. Default idm.' },
    ],
    run: async (input) => (await import('./determinism.ts')).runDeterminismBench(input),
  },
  {
    name: 'steps',
    summary: `Vehicle updates a second on one thread: ${ringVehicles} cars, trucks and motorcycles on three-lane rings of motorway, IDM and MOBIL at every step of ${ringStepS} s, beside SUMO with the same roads, vehicles, car-following model and step; and the time of a step of an OpenSCENARIO scenario with one entity and with four, in µs. Ours is the fastest of ${ringRounds} rounds, SUMO's its own figure for one run.`,
    goals: { vehicleUpdatesPerSecond: { atLeast: 1_000_000 }, stepUs: { atMost: 2 } },
    run: async (input) => (await import('./steps.ts')).runStepsBench(input),
  },
  {
    name: 'drivers',
    summary:
      'Steps a second on one thread of the simulator with a trivial driver that is a program: Python and Node, binary frames and lines of JSON, 64 cases in flight and one; stepsPerSecond is the slower of the two languages (binary, 64); …CpuUs is the simulator’s own processor time a step, which a busy machine changes little. Baseline: the same driver and observations without a program. Peers: frames of that size to such a program and back over bare pipes. differing: ways in which any state of any case differs.',
    goals: { stepsPerSecond: { atLeast: 20_000 }, differing: { atMost: 0 } },
    options: [{ flags: '--cases <number>', summary: `How many cases. Default ${driverCases}.` }],
    run: async (input) => (await import('./drivers/drivers.ts')).runDriversBench(input),
  },
  {
    name: 'variations',
    summary:
      'Every valid combination of the parameter distributions below --data (without it: a cut-in of our own), run to its end on all cores; seconds, and microseconds of processor time a step.',
    goals: { seconds: { atMost: 600 }, failures: { atMost: 0 }, stepUs: { atMost: 2 } },
    run: async (input) => (await import('./variations.ts')).runVariationsBench(input),
  },
]
