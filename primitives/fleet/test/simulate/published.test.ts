import { expect, test } from 'vitest'
import { runSlowdownEval } from '../../src/evals/slowdown.ts'
import { boundedSlowdown } from '../../src/simulate/metrics.ts'

test('bounded slowdown is 1 at least and counts a short job as one of ten seconds', () => {
  expect([boundedSlowdown(0, 5), boundedSlowdown(95, 5), boundedSlowdown(100, 100)]).toEqual([1, 10, 2])
})

test('the table runs on a made log, and refuses a window that is not there [FLEET-EVAL-01]', async () => {
  const input = { dataDir: null, report: () => {}, signal: new AbortController().signal }
  const { metrics, n } = await runSlowdownEval(input)
  expect(n).toBe(3072)
  expect(metrics['bsldBackfill.FCFS']).toBeLessThan(metrics['bsld.FCFS']!)
  await expect(runSlowdownEval({ ...input, options: { windows: '0,9999' } })).rejects.toMatchObject({
    code: 'bad-window',
  })
})
