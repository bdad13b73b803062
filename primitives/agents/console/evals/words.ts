import type { StateName } from '@heavylift/ui'
import type { EvaluationState } from '../../src/run/run-row.ts'

export const evaluationStates: Record<EvaluationState, { mark: StateName; word: string }> = {
  playing: { mark: 'busy', word: 'Playing' },
  passed: { mark: 'good', word: 'All pass' },
  failed: { mark: 'bad', word: 'Some fail' },
  cancelled: { mark: 'idle', word: 'Cancelled' },
}

/** What an evaluation tries beside the version. */
export function changeWords({
  tool,
  model,
}: {
  tool?: { from: string; tool: string } | undefined
  model?: { route: string; with: string } | undefined
}): string {
  if (model !== undefined) return `the route ${model.with} for ${model.route}`
  return tool === undefined ? 'the version as it is' : `${tool.tool} of ${tool.from} as it is now`
}
