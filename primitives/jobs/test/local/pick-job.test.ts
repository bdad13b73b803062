import { expect, test } from 'vitest'
import { pickJob } from '../../src/local/pick-job.ts'

test('the next worker goes to the highest priority, there to the job with the fewest, there to the one served longest ago [JOBS-FAIR-01]', () => {
  const job = (priority: number, running: number, servedAt: number) => ({ priority, running, servedAt })
  expect(pickJob([])).toBe(-1)
  expect(pickJob([job(0, 0, 0), job(1, 9, 9)])).toBe(1)
  expect(pickJob([job(0, 2, 1), job(0, 1, 9)])).toBe(1)
  expect(pickJob([job(0, 1, 4), job(0, 1, 3), job(0, 1, 5)])).toBe(1)
  expect(pickJob([job(0, 1, 3), job(0, 1, 3)])).toBe(0)
})
