import type { Measure } from '@heavylift/core'

export const evals: Measure[] = [
  {
    name: 'slowdown',
    summary:
      'Mean bounded slowdown and utilisation of five policies, alone and with backfill, over ten windows of 1,024 jobs of the log Lublin-1 (lublin_256.swf below --data; without it, a made log), beside the published table; equal: cells that are the same to the last digit.',
    goals: { equal: { atLeast: 20 } },
    options: [{ flags: '--windows <rows>', summary: 'first rows of the windows, with commas between' }],
    run: async (input) => (await import('./slowdown.ts')).runSlowdownEval(input),
  },
  {
    name: 'allocation',
    summary:
      'Percent of GPU given out when arrivals have asked for all there is, seven placement policies, the mean of ten orders, for each openb pod list below --data (without it, made ones); cellsWithinHalf: cells of the published table within half a point; overFgd: points of our own over FGD.',
    goals: { cellsWithinHalf: { atLeast: 24 }, overFgd: { atLeast: 0.5 }, leastOverBestFit: { atLeast: 0 } },
    run: async (input) => (await import('./allocation.ts')).runAllocationEval(input),
  },
]
