import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { jobsConfigSchema, openJobs } from '@heavylift/jobs'
import type { JobsService } from '@heavylift/jobs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askWhatIf, listWhatIfs, readRecording, readWhatIf } from '../../src/what-if/ask.ts'
import { questionSchema } from '../../src/what-if/question.ts'

let folder: string
let jobs: JobsService

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'what-if-'))
  jobs = openJobs({
    folder: join(folder, 'jobs'),
    origin: 'test',
    config: { ...jobsConfigSchema.parse({}), workers: 2 },
  })
})

afterAll(async () => {
  await jobs.close()
  await rm(folder, { recursive: true, force: true })
})

test('a question is run as a job, answered, and played back [ROBOTS-WHATIF-02]', async () => {
  const question = questionSchema.parse({
    ask: 'robots',
    rows: 30,
    columns: 40,
    counts: [10, 60],
    seeds: 2,
    steps: 60,
  })
  const run = await askWhatIf(jobs, question)
  expect((await run.finished()).state).toBe('done')
  expect((await listWhatIfs(jobs)).map(({ id, runs, runsDone }) => [id, runs, runsDone])).toEqual([
    [run.id, 4, 4],
  ])
  const { answered } = await readWhatIf(jobs, run.id)
  expect(answered!.question).toEqual(question)
  const [few, many] = answered!.answer.points
  expect(many!.perHour).toBeGreaterThan(2 * few!.perHour)
  expect((await readRecording(jobs, run.id, 1)).steps.length).toBe(60)
  // The same question again is the same job.
  expect((await askWhatIf(jobs, question)).id).toBe(run.id)
  await expect(readWhatIf(jobs, 'no-such')).rejects.toMatchObject({ code: 'what-if-unknown', status: 404 })
  await expect(readRecording(jobs, run.id, 7)).rejects.toMatchObject({ code: 'recording-unknown' })
})
