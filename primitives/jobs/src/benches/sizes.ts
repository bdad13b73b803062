/** How much each bench does; its summary says so before it runs. */
export const sizes = {
  kill: { inputs: 4000, processKills: 20, threadDeaths: 10 },
  overhead: { inputs: 100_000, threads: 2 },
  slurmPreempt: { rounds: 5 },
} as const
