import type { Measure } from '@heavylift/core'

export const evals: Measure[] = [
  {
    name: 'forecast',
    summary:
      'Series (CSV, or pairs …-train.csv and …-test.csv as in M4) forecast with intervals, and the peaks of days; peers: statsforecast, Prophet.',
    goals: {
      mase: { atMost: 0.85 },
      coverage95: { atLeast: 0.93, atMost: 0.97 },
      planHeldPct: { atLeast: 95 },
      planRatio: { atMost: 1.3 },
    },
    options: [
      {
        flags: '--python <file>',
        summary: 'a Python that has statsforecast and prophet (PyPI), the peers; none without it',
      },
    ],
    run: async (input) => (await import('./forecast/run-forecast.ts')).runForecastEval(input),
  },
]
