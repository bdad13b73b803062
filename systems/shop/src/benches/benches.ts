import type { Measure } from '@heavylift/core'

export const benches: Measure[] = [
  {
    name: 'crash',
    summary:
      'Kills the importing process, and a server that answers, at 50 random moments each; counts what was lost.',
    goals: {
      lost: { atMost: 0 },
      halfVisible: { atMost: 0 },
      answersLost: { atMost: 0 },
      messagesTwice: { atMost: 0 },
    },
    run: async (input) => (await import('./crash/crash-bench.ts')).runCrashBench(input),
  },
  {
    name: 'import',
    summary:
      'Imports 50,000 products from CSV with one row a variant, then the same file again; seconds from the stored upload to live.',
    goals: { firstSeconds: { atMost: 60 } },
    run: async (input) => (await import('./import-bench.ts')).runImportBench(input),
  },
  {
    name: 'memory',
    summary: 'Growth of the server’s memory from conversation 2,000 to 10,000 (0.1 is 10 %).',
    goals: { residentGrowth: { atMost: 0.1 } },
    run: async (input) => (await import('./memory.ts')).runMemoryBench(input),
  },
  {
    name: 'search',
    summary: 'Search over 50,000 products beside MiniSearch and Orama',
    goals: { queryP50Ms: { atMost: 5 }, byMeaningQueryP50Ms: { atMost: 10 }, openSeconds: { atMost: 1 } },
    run: async (input) => (await import('./search.ts')).runSearchBench(input),
  },
]
