import { expect, test } from 'vitest'
import { runReplay } from '../../src/evals/replay/replay.ts'

test('recorded calls over a store pass, and those with one thing wrong do not [AGENTS-REPLAY-01]', async () => {
  const { metrics } = await runReplay({
    dataDir: null,
    options: { kills: '0' },
    report: () => {},
    signal: new AbortController().signal,
  })
  expect(metrics['goldAllowedRate']).toBeGreaterThanOrEqual(0.98)
  expect(metrics['mutantRefusedRate']).toBeGreaterThanOrEqual(0.9)
})
