import type { Measure } from '@heavylift/core'

export const benches: Measure[] = [
  {
    name: 'registry',
    summary:
      'Finding, blast radii and the kill switch among 21,000 agents in PostgreSQL, made of descriptions (a folder as of the eval, or our own); milliseconds.',
    goals: {
      searchP95Ms: { atMost: 50 },
      blastRadiusP95Ms: { atMost: 200 },
      stopMostMs: { atMost: 1_000 },
      stopDoubled: { atMost: 0 },
    },
    run: async (input) => (await import('./registry/registry.ts')).runRegistryBench(input),
  },
  {
    name: 'guard',
    summary: 'Judging one call, as a step wired it and as a model wrote it; microseconds.',
    goals: { microsecondsPerCall: { atMost: 100 } },
    run: async (input) => (await import('./guard/guard.ts')).runGuardBench(input),
  },
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
        summary: 'How often; default 1,000, which takes a quarter of an hour or so on a quiet machine.',
      },
      {
        flags: '--minutes <number>',
        summary: 'Kills no more after so long and counts what there was; for a busy machine.',
      },
      {
        flags: '--seed <number>',
        summary: 'Other moments; a thousand in several sittings are some hundreds with a seed each.',
      },
    ],
    run: async (input) => (await import('./kill/kill.ts')).runKillBench(input),
  },
  {
    name: 'soak',
    summary:
      'Runs on and on in one process, one in 200 with values of 10 MiB: how its resident memory changes from the second fifth of them to the last.',
    goals: { rssChangePct: { atLeast: -10, atMost: 10 }, failed: { atMost: 0 } },
    options: [{ flags: '--runs <number>', summary: 'How many; default 100,000.' }],
    run: async (input) => (await import('./soak.ts')).runSoakBench(input),
  },
]
