import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestStore } from '@heavylift/store/testing'
import type { TestStore } from '@heavylift/store/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sampleDeployments } from '../../samples/studio/deployments.ts'
import { measureVelocity } from '../../src/velocity/velocity.ts'
import {
  readRecorded,
  recordAdoption,
  recordDeployments,
  taggedDeployments,
} from '../../src/velocity/recorded.ts'

let store: TestStore
beforeAll(async () => {
  store = await createTestStore({ migrations: {} })
})
afterAll(() => store.close())

test('deployments and adoptions come back from the ledger as they were recorded, each once [SPEC-VELOCITY-03]', async () => {
  const { ledger } = store.host.forSystem('spec')
  const nowMs = Date.parse('2026-06-01T00:00:00Z')
  const { deployments, adoptions } = sampleDeployments(nowMs)
  for (let time = 0; time < 2; time++)
    await recordDeployments(ledger, 'main', deployments, { isSample: true })
  for (const { repository, atMs } of adoptions)
    await recordAdoption(ledger, 'main', repository, atMs, { isSample: true })
  const recorded = await readRecorded(ledger, 'main')
  expect([...recorded.deployments.values()].flat()).toHaveLength(deployments.length)
  expect(recorded.samples.size).toBe(5)
  expect(recorded.adoptions).toEqual(new Map(adoptions.map(({ repository, atMs }) => [repository, atMs])))
  expect(await readRecorded(ledger, 'other')).toMatchObject({ deployments: new Map() })
  const own = recorded.deployments.get('clinic-visits') ?? []
  const { verdict, withheld } = measureVelocity(
    own,
    [],
    recorded.adoptions.get('clinic-visits') ?? 0,
    nowMs,
    'a',
  )
  expect(verdict).toBe('too little')
  expect(withheld).toEqual(['There are 5 whole weeks since; 8 are needed.'])
})

test('tags are deployments with the commits since the one before [SPEC-VELOCITY-03]', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'spec-tags-'))
  try {
    const git = (day: number, ...args: string[]) => {
      const at = `2026-01-0${day}T12:00:00Z`
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b', ...args], {
        cwd: folder,
        env: { ...process.env, GIT_COMMITTER_DATE: at, GIT_AUTHOR_DATE: at },
      })
    }
    git(1, 'init', '-q')
    const commit = (day: number) => {
      writeFileSync(join(folder, 'a'), String(day))
      git(day, 'add', 'a')
      git(day, 'commit', '-qm', `Day ${day}`)
    }
    commit(1)
    git(2, 'tag', '-am', 'one', 'v1')
    commit(3)
    commit(4)
    git(5, 'tag', '-am', 'two', 'v2')
    const found = await taggedDeployments('library', folder, new AbortController().signal)
    expect(found).toMatchObject([
      { repository: 'library', batchCommits: 1, leadHours: null, hasFailed: null },
      { batchCommits: 2, leadHours: 48, atMs: Date.parse('2026-01-05T12:00:00Z') },
    ])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
