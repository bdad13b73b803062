import type { Measure } from '@heavylift/core'

/** Evals of the registry. What they measure with is loaded when one runs. */
export const registryEvals: Measure[] = [
  {
    name: 'registry',
    summary:
      'Finding among 21,000 agents made of descriptions (a folder of the MCP registry’s *.json, and *.md lists with other words for the same repositories)',
    goals: { mrr10: { atLeast: 0.8 } },
    options: [
      { flags: '--agents <number>', summary: 'How many; default 21,000.' },
      {
        flags: '--meaning',
        summary:
          'With the small model for embeddings beside words (fetched at the first use; some 40 ms an agent on one core, kept for the next run).',
      },
    ],
    async run(input) {
      return (await import('./registry/registry-eval.ts')).runRegistryEval(input)
    },
  },
]
