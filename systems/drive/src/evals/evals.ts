import type { Measure } from '@heavylift/core'
import { countGoals } from './reference-counts.ts'
import { searchBudget, searchedScenarios, searchSeeds } from './search-size.ts'

const searched = {
  flags: '--maps <folder>',
  summary: 'below it, roads and catalogs are looked for that are not where a scenario says',
}

export const evals: Measure[] = [
  {
    name: 'osc-conformance',
    summary:
      'OpenSCENARIO files (--data; without it, a cut-in of our own) run to their end, variations all; those with a recording (`<file>.csv[.gz]`) compared with it at 0.05 s: others to 1 cm, ego to 10 cm.',
    goals: { failures: { atMost: 0 } },
    options: [
      { flags: '--states <dir>', summary: 'recorded states, anywhere below; by default below --data' },
      searched,
    ],
    run: async (input) => (await import('./osc-conformance.ts')).runConformanceEval(input),
  },
  {
    name: 'formats',
    summary:
      'Files of roads and scenarios below --data (without it, a cut-in of our own): how many are read, why others are refused by count; of those named valid or positive how many are refused, of those named invalid or negative of how many something is found.',
    goals: { validRefused: { atMost: 0 }, brokenNamedRate: { atLeast: 0.95 } },
    options: [searched],
    run: async (input) => (await import('./formats.ts')).runFormatsEval(input),
  },
  {
    name: 'commonroad',
    summary:
      'CommonRoad scenes below --data (2018b and 2020a; recorded traffic that does not react): how many a version solves, reaching the goal in its time on the lanelets without a collision; with --python, how many of these the checker of CommonRoad calls valid.',
    options: [
      { flags: '--version <version>', summary: 'the version that drives; by default pdm' },
      {
        flags: '--python <file>',
        summary: 'a Python that has commonroad-drivability-checker (PyPI), which judges the solutions',
      },
    ],
    run: async (input) => (await import('./commonroad/commonroad.ts')).runCommonRoadEval(input),
  },
  {
    name: 'realism',
    summary:
      'Recorded CommonRoad scenes below --data: how likely what was recorded is by 32 rollouts of our traffic, as the Sim Agents challenge of 2025 measures it (0 to 1; 1 s of past, 8 s ahead); peers: constant velocity, our traffic with parameters fitted on the other sources, the recording itself. Scenes whose traffic a simulator made are left out.',
    run: async (input) => (await import('./realism/realism.ts')).runRealismEval(input),
  },
  {
    name: 'reference-drivers',
    summary:
      'Collisions of the reference models (FSM, competent human, RSS, Reg157) in the cut-in sweeps of UN R157: 15,930 at low speed, 14,040 at high; baseline: the published counts.',
    goals: countGoals,
    run: async (input) => (await import('./reference-drivers.ts')).runReferenceDriversEval(input),
  },
  {
    name: 'tracking',
    summary:
      'Tracks against the truth within 60 m, through made traffic by day, night and rain and with five times the false alarms, and through the built-in scenarios: GOSPA (c 4 m, p 2, α 2), HOTA (0 at 2 m), id switches, NEES of place and velocity (4 is right; low and high bound 95 %). Baseline: nearest neighbour, constant velocity.',
    goals: { hota: { atLeast: 0.8 }, gospa: { atMost: 2 } },
    run: async (input) => (await import('./tracking/tracking.ts')).runTrackingEval(input),
  },
  {
    name: 'closed-loop',
    summary:
      'The project’s own stack over the built-in scenarios, drawn twice over their ranges: a score as nuPlan’s closed loop (0–100), collisions, comfort, progress; `heldOut…` are the second draw; baseline: the IDM driver on the same cases.',
    goals: { score: { atLeast: 90 }, collisionsPer1000: { atMost: 10 }, planMs: { atMost: 10 } },
    run: async (input) => (await import('./closed-loop/closed-loop.ts')).runClosedLoopEval(input),
  },
  {
    name: 'planted',
    summary:
      'Twelve faults and five neutral changes planted in the project’s own stack, each driven over the built-in scenarios and compared with the stack as a clearance compares versions (exact McNemar, one-sided, 5 %): how many are found.',
    goals: { faultsFound: { atLeast: 12 }, neutralFound: { atMost: 0 } },
    options: [{ flags: '--cases <number>', summary: 'Cases for each change. Default 960.' }],
    run: async (input) => (await import('./planted/planted.ts')).runPlantedEval(input),
  },
  {
    name: 'prediction',
    summary:
      'Six ways a track, six seconds ahead, on made traffic of ten towns that were not learned from: minADE and minFDE in metres, misses beyond 2 m, brier-minFDE, NLL in nats. Baseline: constant velocity; peers: constant turn, the lane ways without the net.',
    goals: { minAde6: { atMost: 1 }, minFde6: { atMost: 2 } },
    run: async (input) => (await import('./prediction/prediction.ts')).runPredictionEval(input),
  },
  {
    name: 'search',
    summary: `Collisions of the idm baseline that ${searchBudget} runs find in each of ${searchedScenarios.length} scenarios, by adaptive search and (baseline) at random; farApart leaves out those near to another; mean of ${searchSeeds.length} seeds.`,
    run: async (input) => (await import('./search.ts')).runSearchEval(input),
  },
]
