import { expect, test } from 'vitest'
import { runRegistryEval } from '../../src/evals/registry/registry-eval.ts'

test('agents of the sample are found by job, tool, data, owner and team, and duplicates among the nearest [AGENTS-FIND-01] [AGENTS-FIND-02]', async () => {
  const { metrics, worst } = await runRegistryEval({
    dataDir: null,
    options: { agents: '400' },
    report: () => undefined,
    signal: new AbortController().signal,
  })
  for (const group of ['Job', 'JobMisspelt', 'JobOfTeam', 'Tool', 'Data', 'Owner', 'Team'])
    expect(metrics[`mrr10${group}`], group).toBeGreaterThan(0.8)
  expect(metrics['duplicateRecallOwnWords']).toBeGreaterThan(0.75)
  expect(worst?.['mrr10']?.source).toMatch(/other/)
})
