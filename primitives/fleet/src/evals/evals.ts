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
]
