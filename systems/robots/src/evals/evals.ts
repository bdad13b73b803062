import type { Measure } from '@heavylift/core'

export const evals: Measure[] = [
  {
    name: 'validate',
    summary:
      'The independent validator on solutions below --data (actualPaths, beside their problems): violations of the rules of 2024, and mutations with a known fault that it names by step and robots.',
    goals: { violations: { atMost: 0 } },
    options: [{ flags: '--mutations <count>', summary: 'mutations of all solutions together; 1000' }],
    run: async (input) => (await import('./validate.ts')).runValidateEval(input),
  },
]
