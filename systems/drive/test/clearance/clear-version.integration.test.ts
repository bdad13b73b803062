import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openJobs, jobsConfigSchema } from '@heavylift/jobs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { usualLimits } from '../../src/clearance/report/clearance-plan.ts'
import { clearVersion } from '../../src/clearance/clear-version.ts'
import { versionNamed } from '../../src/driver/versions/versions.ts'
import { expandSuite } from '../../src/clearance/suites/suite.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'clearance-'))
})
afterAll(() => rm(folder, { recursive: true }))

const clock = { nowMs: () => 1_700_000_000_000, monotonicMs: () => 0 }

async function clear(workers: number, chunkSize: number, signal = new AbortController().signal) {
  const suite = await expandSuite('built-in', { n: 6 })
  const place = join(folder, `${workers}-${chunkSize}`)
  const jobs = openJobs({
    folder: join(place, 'jobs'),
    origin: 'test',
    config: { ...jobsConfigSchema.parse({}), workers },
  })
  const stages: string[] = []
  try {
    const cleared = await clearVersion(
      {
        version: versionNamed('scenario'),
        against: versionNamed('idm'),
        reference: versionNamed('competent-human'),
        suite,
        limits: usualLimits,
        exposureOf: () => 1,
      },
      {
        jobs,
        executor: 'local',
        folder: join(place, 'clearances'),
        clock,
        report: ({ stage }) => stages.push(stage),
        signal,
        chunkSize,
      },
    )
    return { ...cleared, stages }
  } finally {
    await jobs.close()
  }
}

describe('clearing a version', () => {
  test('writes the same report on any number of workers, with pictures of blockers [DRIVE-CLEAR-08]', async () => {
    const one = await clear(1, 6)
    const two = await clear(2, 2)
    expect(two.report).toEqual(one.report)
    const html = await readFile(join(one.folder, 'report.html'), 'utf8')
    expect(await readFile(join(two.folder, 'report.html'), 'utf8')).toBe(html)
    expect(one.report.verdict).toBe('not cleared')
    expect(one.report.comparison?.broken).toBeGreaterThan(0)
    expect(one.report.blockers[0]?.ours?.outcome).toBe('failed')
    expect(one.report.blockers[0]?.theirs?.outcome).toBe('passed')
    const rows = (await readFile(join(one.folder, 'rows.jsonl'), 'utf8')).trimEnd().split('\n')
    expect(rows).toHaveLength(one.report.n)
    expect(one.stages).toContain('runs of scenario')
  }, 60_000)

  test('stops when it is told to, and goes on with the same command [DRIVE-CLEAR-08]', async () => {
    const stop = new AbortController()
    stop.abort()
    const stopped = clear(1, 3, stop.signal)
    await expect(stopped).rejects.toMatchObject({ code: 'clearance-stopped' })
    expect((await clear(1, 3)).report.n).toBeGreaterThan(0)
  }, 60_000)
})
