import type { Measure } from '@heavylift/core'

export const benches: Measure[] = [
  {
    name: 'simulate',
    summary:
      'Seconds of processor time for a million made jobs on 100,000 GPUs, first come first served and with EASY backfill, and for a million pods placed by FGD as they come and go; peer: accasim on a log that it can bear.',
    goals: {
      fcfsSeconds: { atMost: 3 },
      easySeconds: { atMost: 15 },
      fgdSeconds: { atMost: 60 },
      rssMb: { atMost: 1500 },
    },
    options: [
      { flags: '--jobs <n>', summary: 'how many; 1000000 unless given' },
      { flags: '--python <file>', summary: 'a Python that has accasim (PyPI), the peer; none without it' },
    ],
    run: async (input) => (await import('./simulate.ts')).runSimulateBench(input),
  },
]
