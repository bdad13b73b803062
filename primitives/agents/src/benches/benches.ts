import type { Measure } from '@heavylift/core'

export const benches: Measure[] = [
  {
    name: 'runs',
    summary:
      'Runs of five steps with effects, 40 in flight, from the trigger to the trace in the database; runs a second, beside five recorded steps of the store’s durable runs.',
    goals: { runsPerSecond: { atLeast: 250 } },
    run: async (input) => (await import('./runs.ts')).runRunsBench(input),
  },
  {
    name: 'kill',
    summary:
      'SIGKILL of server processes at random moments, three of them on one database, under runs whose every effect an outside server books: steps, maps, a loop’s turns and calls, tools with a key, with a check and with neither. Counts.',
    goals: {
      lost: { atMost: 0 },
      doubled: { atMost: 0 },
      changedEnds: { atMost: 0 },
      kills: { atLeast: 1_000 },
    },
    options: [
      {
        flags: '--kills <number>',
        summary: 'How often; default 1,000, which takes a quarter of an hour or so.',
      },
    ],
    run: async (input) => (await import('./kill/kill.ts')).runKillBench(input),
  },
]
