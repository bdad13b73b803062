import type { Measure } from '@heavylift/core'

/** `heavylift eval models.…`. What they measure with is loaded when one runs. */
export const modelEvals: Measure[] = [
  {
    name: 'conformance',
    summary: 'The official openai and @anthropic-ai/sdk clients and compatcanary, in front of real weights',
    goals: { failed: { atMost: 0 } },
    async run(input) {
      const { requirePackages } = await import('./require-packages.ts')
      requirePackages('The eval models.conformance', ['openai', '@anthropic-ai/sdk', 'compatcanary'])
      return (await import('./conformance/conformance.ts')).runConformance(input)
    },
  },
]
