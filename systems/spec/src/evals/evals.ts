import type { Measure } from '@heavylift/core'
import { specEvals } from './spec-evals.ts'

export const evals: Measure[] = [
  ...specEvals,
  {
    name: 'extract',
    summary:
      'What is read out of repositories against what is published of them (openapi.yml, openapi.json or truth.json beside the code): operations, parameters, statuses, constraints, and whether every claim resolves; and which of the errors that their own tests expect are told or asked (expectedErrorRecall).',
    goals: {
      operationRecall: { atLeast: 0.995 },
      operationPrecision: { atLeast: 0.995 },
      parameterRecall: { atLeast: 0.98 },
      parameterPrecision: { atLeast: 0.99 },
      statusRecall: { atLeast: 0.98 },
      statusPrecision: { atLeast: 0.99 },
      errorStatusRecall: { atLeast: 0.92 },
      errorStatusPrecision: { atLeast: 0.98 },
      expectedErrorRecall: { atLeast: 0.92 },
      constraintRecall: { atLeast: 0.85 },
      constraintPrecision: { atLeast: 0.97 },
    },
    run: async (input) => (await import('./extract/run-extract.ts')).runExtract(input),
  },
]
