import { expect, test } from 'vitest'
import { planRetention } from '../../src/service/retention.ts'

const hourMs = 3_600_000
const nowMs = 1_000 * hourMs
type State = Parameters<typeof planRetention>[0][number]['state']
const job = (id: string, state: State, hoursAgo: number | null) => ({
  id,
  state,
  createdAtMs: nowMs - 900 * hourMs,
  endedAtMs: hoursAgo === null ? null : nowMs - hoursAgo * hourMs,
})

test('jobs go by age, ended and stopped ones, and never one that is under way [JOBS-SERVICE-07]', () => {
  const jobs = [
    job('old', 'done', 49),
    job('young', 'done', 47),
    job('stopped long ago', 'stopped', 60),
    job('never started', 'stopped', null),
    job('at work', 'running', null),
    job('waits', 'waiting', null),
  ]
  expect(planRetention(jobs, { keepDays: 2, keepJobs: 100 }, nowMs)).toEqual([
    'old',
    'stopped long ago',
    'never started',
  ])
})

test('of ended jobs the oldest beyond the number go, but none within an hour of its end [JOBS-SERVICE-07]', () => {
  const jobs = [
    job('just now', 'done', 0.5),
    job('b', 'failed', 3),
    job('c', 'cancelled', 4),
    job('d', 'done', 5),
    job('unfinished', 'stopped', 6),
  ]
  expect(planRetention(jobs, { keepDays: 30, keepJobs: 2 }, nowMs)).toEqual(['c', 'd'])
  expect(planRetention(jobs, { keepDays: 30, keepJobs: 1 }, nowMs)).toEqual(['b', 'c', 'd'])
})
