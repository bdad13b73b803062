import type { Measure } from '@heavylift/core'

export const kindEvals: Measure[] = [
  {
    name: 'kind',
    summary:
      'What kind of place addresses are, decided from text, records and documents: accuracy, macro-F1, calibration, error at 80 % coverage, hours, and orders followed.',
    goals: {
      macroF1: { atLeast: 0.85 },
      textOnlyMacroF1: { atLeast: 0.5 },
      ece: { atMost: 0.03 },
      errorAt80: { atMost: 0.02 },
      injectedFlips: { atMost: 0 },
    },
    run: async (input) => (await import('./kind/run-kind.ts')).runKind(input),
  },
  {
    name: 'defects',
    summary:
      'By how many percent simulated first deliveries fail less with the agent than without, by the ledger, with the assumptions.',
    goals: { defectReductionPct: { atLeast: 74.4 } },
    run: async (input) => (await import('./defects/run-defects.ts')).runDefects(input),
  },
]
