import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { silentLogger } from '@heavylift/core'
import { jobsConfigSchema, openJobs } from '@heavylift/jobs'
import type { JobsService } from '@heavylift/jobs'
import type { Decision } from '@heavylift/store'
import { createTestStore } from '@heavylift/store/testing'
import type { TestStore } from '@heavylift/store/testing'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { ClearanceDesk } from '../../src/clearance/clearance-desk.ts'
import type { ClearanceReport } from '../../src/clearance/report/clearance-report.ts'
import { versionNamed } from '../../src/driver/versions/versions.ts'
import { clearingMigration } from '../../src/migrations/0001-clearing.ts'
import { builtInScenarios } from '../../src/clearance/suites/built-in-scenarios.ts'

let folder = ''
let jobs: JobsService
let database: TestStore
const desks: ClearanceDesk[] = []
beforeAll(async () => {
  database = await createTestStore({ migrations: { drive: [clearingMigration] } })
  folder = await mkdtemp(join(tmpdir(), 'clearance-desk-'))
  jobs = openJobs({
    folder: join(folder, 'jobs'),
    origin: 'test',
    config: { ...jobsConfigSchema.parse({}), workers: 1 },
  })
})
afterEach(async () => {
  for (const one of desks.splice(0)) await one.close()
})
afterAll(async () => {
  await database.close()
  await jobs.close()
  await rm(folder, { recursive: true })
})

function desk(decisions: Map<string, Decision>): ClearanceDesk {
  const opened = new ClearanceDesk({
    store: database.host.forSystem('drive'),
    folder: join(folder, 'clearances'),
    jobs,
    ledger: {
      // The first of two decisions with one id stays, as in the ledger.
      async decide(decision) {
        if (!decisions.has(decision.id)) decisions.set(decision.id, decision)
      },
    },
    tenantId: 'main',
    clock: { nowMs: () => 1_700_000_000_000, monotonicMs: () => 0 },
    log: silentLogger,
    signal: new AbortController().signal,
  })
  desks.push(opened)
  return opened
}

const words = {
  version: versionNamed('scenario'),
  against: null,
  reference: null,
  suite: 'smoke',
  n: null,
  seed: 1,
  limit: '',
}

describe('the clearances of an installation', () => {
  test('are run one at a time, listed with their reports, and become decisions once [DRIVE-CLEAR-10]', async () => {
    const decisions = new Map<string, Decision>()
    const clearances = desk(decisions)
    expect(await clearances.list()).toEqual([])
    await clearances.start({ ...words, isSample: true })
    expect(await clearances.running()).toMatchObject({ version: 'scenario', suite: 'smoke', error: null })
    await expect(clearances.start(words)).rejects.toMatchObject({ code: 'clearance-running' })
    await clearances.settled()
    expect(await clearances.running()).toBeNull()
    const [summary, ...others] = await clearances.list()
    expect(others).toEqual([])
    expect(summary).toMatchObject({
      version: 'scenario',
      suite: 'smoke',
      verdict: 'not cleared',
      isSample: true,
    })
    const report = (await new Response(await clearances.report(summary?.id ?? '')).json()) as ClearanceReport
    expect([report.n, report.failures]).toEqual([summary?.n, summary?.failures])
    expect(report.n).toBeGreaterThanOrEqual(builtInScenarios.length)
    expect(await new Response(await clearances.page(summary?.id ?? '')).text()).toContain('not cleared')

    // Another process finds the same, and says nothing twice.
    expect(await desk(decisions).list()).toEqual([summary])
    expect([...decisions.values()]).toMatchObject([
      { system: 'drive', kind: 'clearance', output: { verdict: 'not cleared', n: report.n } },
    ])

    await clearances.remove(summary?.id ?? '')
    expect(await clearances.list()).toEqual([])
    await expect(clearances.report(summary?.id ?? '')).rejects.toMatchObject({ code: 'clearance-not-found' })
    await expect(clearances.report('../../etc')).rejects.toMatchObject({ code: 'clearance-not-found' })
  })

  test('one that was stopped is asked for again', async () => {
    const clearances = desk(new Map())
    await clearances.start({ ...words, suite: 'full', n: 3000 })
    await clearances.stop()
    expect(await clearances.running()).toBeNull()
    expect(await clearances.list()).toEqual([])
  })

  test('what a server gives up is gone on with by the next one, and is stopped from any [DRIVE-CLEAR-17]', async () => {
    const first = desk(new Map())
    await first.start({ ...words, suite: 'full', n: 600 })
    await expect
      .poll(async () => (await first.running())?.progress?.done ?? 0, { timeout: 20_000 })
      .toBeGreaterThan(0)
    await first.close()
    const second = desk(new Map())
    expect(await second.running()).toMatchObject({ version: 'scenario', suite: 'full', error: null })
    await second.settled()
    const [summary] = await second.list()
    expect(summary).toMatchObject({ version: 'scenario', suite: 'full' })
    await second.remove(summary?.id ?? '')

    await second.start({ ...words, suite: 'full', n: 3000, seed: 2 })
    const third = desk(new Map())
    await third.stop()
    expect(await second.running()).toBeNull()
    expect(await third.list()).toEqual([])
  })

  test('what is asked for wrongly is refused before anything runs', async () => {
    const clearances = desk(new Map())
    await expect(clearances.start({ ...words, suite: 'none' })).rejects.toMatchObject({
      code: 'suite-unknown',
    })
    await expect(clearances.start({ ...words, limit: '7' })).rejects.toMatchObject({ code: 'option-invalid' })
    expect(await clearances.running()).toBeNull()
  })
})
