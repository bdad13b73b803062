import type { Measure } from '@heavylift/core'

/** `heavylift bench models.…`. What they measure with is loaded when one runs. */
export const modelBenches: Measure[] = [
  {
    name: 'chaos',
    summary:
      'Every kind of fault, hung replicas before clients that leave, and 50 kills under load: clients that hang, silent cuts, lost requests, leaks',
    goals: {
      hungClients: { atMost: 0 },
      cleanEndsOfCutStreams: { atMost: 0 },
      lostRequests: { atMost: 0 },
      impatientLostShare: { atMost: 0.02 },
      breakerOpenMs: { atMost: 1_000 },
      leakedUpstreamSockets: { atMost: 0 },
      leakedInFlight: { atMost: 0 },
    },
    run: async (input) => (await import('./chaos/chaos.ts')).runChaos(input),
  },
  {
    name: 'engine',
    summary:
      'Local engine with smollm2: time to first token of a second turn and of 16 at once, tokens/s, valid JSON, fairness. --data: another models folder.',
    goals: {
      secondTurnRatio: { atMost: 0.15 },
      startRatio16: { atMost: 2 },
      jsonValid: { atLeast: 1 },
      jain16: { atLeast: 0.95 },
    },
    run: async (input) => (await import('@heavylift/engine/bench')).runEngineBench(input),
  },
  {
    name: 'overhead',
    summary: 'CPU, latency and memory that the gateway adds, metered and limited, beside Portkey and LiteLLM',
    goals: {
      cpuUsPerRequest: { atMost: 150 },
      cpuUsPerChunk: { atMost: 20 },
      cpuPerRequestOfFloor: { atMost: 2 },
      cpuPerChunkOfFloor: { atMost: 1.1 },
      ttftP99OfFloor: { atMost: 2 },
      addedP50OfPortkey: { atMost: 1 / 3 },
      addedP99OfPortkey: { atMost: 1 / 3 },
      ttftAddedP99Ms: { atMost: 1 },
      cleanStreams: { atLeast: 512 },
      rssGrowthPct: { atMost: 10 },
    },
    run: async (input) => (await import('./overhead/overhead.ts')).runOverhead(input),
  },
  {
    name: 'pick',
    summary: 'What choosing a replica costs, µs by policy at 8, 64, 512 and 2,000 replicas',
    goals: { mostUsAt2000: { atMost: 5 } },
    run: async (input) => (await import('./pick/pick.ts')).runPick(input),
  },
  {
    name: 'routing',
    summary:
      'p99 of the time to first token by routing policy, trace and load, 8 simulated replicas; --data: a folder with traces, CSV as Azure has them or JSONL as Mooncake has them',
    options: [
      {
        flags: '--sockets',
        summary: 'play the trace that shares most through the gateway as well: five minutes more',
      },
    ],
    goals: {
      'leastOutstandingOfRoundRobin 0.8': { atMost: 1 },
      'prefillAwareOfLeastOutstanding 0.8': { atMost: 1 },
      'prefillAwareOfBestPeer 0.6': { atMost: 1 },
      'prefillAwareOfBestPeer 0.7': { atMost: 1 },
      'prefillAwareOfBestPeer 0.8': { atMost: 1 },
      'prefillAwareOfBestPeer 0.9': { atMost: 1 },
      'prefillAwareOfBestPeer 1': { atMost: 1 },
      'prefillAwareOfBestPeer 1.2': { atMost: 1 },
      // Otherwise the machine was too busy for the figures over sockets to say anything of the policies.
      socketsStalledShare: { atMost: 0.01 },
    },
    run: async (input) => (await import('./routing/routing-bench.ts')).runRouting(input),
  },
  {
    name: 'shared-limits',
    summary:
      'By how much 1, 2 and 4 processes on one database pass a budget and a rate, what four do of what one does, and what sharing adds',
    goals: {
      worstOvershootBudgetPct: { atMost: 1 },
      worstOvershootRatePct: { atMost: 5 },
      // Of four processes on as many processors beside those of load and database; on fewer cpu4Of1 tells.
      rps4Of1: { atLeast: 3.2 },
      cpu4Of1: { atMost: 1.1 },
    },
    run: async (input) => (await import('./shared-limits/shared-limits.ts')).runSharedLimits(input),
  },
  {
    name: 'soak',
    summary:
      'Live heap and resident memory over 3,000,000 requests of many kinds, with limits, metered into files, and answers that the books lack',
    options: [
      {
        flags: '--requests <n>',
        summary:
          'how many; 3,000,000 when left out, which leave about 3 GB of books in the temporary folder until it ends',
      },
    ],
    goals: {
      heapGrowthPct: { atLeast: -5, atMost: 5 },
      rssGrowthPct: { atLeast: -5, atMost: 5 },
      lost: { atMost: 0 },
    },
    run: async (input) => (await import('./soak/soak.ts')).runSoak(input),
  },
  {
    name: 'start',
    summary:
      'heavylift gateway as a process: until it listens, until its first answer, and resident memory after 1,000 calls; cold: nothing compiled yet',
    goals: {
      firstCallMs: { atMost: 2_000 },
      coldFirstCallMs: { atMost: 2_000 },
      residentMb: { atMost: 120 },
    },
    options: [
      { flags: '--command <words>', summary: 'another command of heavylift, e.g. "serve --only models"' },
    ],
    run: async (input) => (await import('./start/start.ts')).runStart(input),
  },
]
