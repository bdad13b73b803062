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
  {
    name: 'llm-fleet',
    summary:
      'Recorded runs of vLLM (requests.jsonl, meta.json, profile tables) beside their simulation from the profile: errors of time to first token, time a token, latency.',
    goals: {
      ttftErrPct: { atMost: 4 },
      tpotErrPct: { atMost: 1 },
      latencyErrPct: { atMost: 1 },
      stepsPerSecond: { atLeast: 1_000_000 },
    },
    run: async (input) => (await import('./llm-fleet/run-llm-fleet.ts')).runLlmFleetEval(input),
  },
  {
    name: 'limit',
    summary:
      'The limit of a service predicted from short trains and little load, beside the one that a search finds; services of known capacity, or --target on this machine.',
    goals: { errPct: { atMost: 10 } },
    options: [
      { flags: '--target <url>', summary: 'a service on this machine instead of the planted ones' },
      { flags: '--p99-ms <number>', summary: 'its objective for 99 of 100 requests, default 100' },
    ],
    run: async (input) => (await import('./limit/run-limit.ts')).runLimitEval(input),
  },
  {
    name: 'import',
    summary:
      'Files of other tools (HAR, OpenAPI, Postman, JMeter, Artillery, k6, access logs) that become scenarios, folder by folder.',
    run: async (input) => (await import('./import/run-import.ts')).runImportEval(input),
  },
  {
    name: 'weaknesses',
    summary:
      'The demo shop with twelve kinds of weaknesses planted, and its mended twin: experiments with faults at dependencies, processes, clocks and by load.',
    goals: { found: { atLeast: 12 }, falseAlarms: { atMost: 0 } },
    options: [
      { flags: '--day <file>', summary: 'a game day that names a service of your own which runs already' },
      { flags: '--planted <file>', summary: 'what is planted in it, as JSON: [{ kind, at }]' },
    ],
    run: async (input) => (await import('./weaknesses/run-weaknesses.ts')).runWeaknessesEval(input),
  },
  {
    name: 'lens',
    summary:
      'Custom lenses of the AWS Well-Architected Tool (JSON) that can be read, folder by folder, with all their rules.',
    run: async (input) => (await import('./lens/run-lens.ts')).runLensEval(input),
  },
]
