import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { versionNamed } from '../../../src/driver/versions/versions.ts'
import { searchScenario, suiteFileOf } from '../../../src/clearance/search/search-scenario.ts'
import { builtInScenario } from '../../../src/clearance/suites/built-in-scenarios.ts'
import { runCase } from '../../../src/clearance/suites/run-case.ts'
import { expandSuite } from '../../../src/clearance/suites/suite.ts'

test('failures that were found fail again from the suite that was written, and count toward no rate [DRIVE-SEARCH-02]', async () => {
  const idm = versionNamed('idm')
  const tried = await searchScenario(builtInScenario('night-pedestrian'), idm, {
    budget: 40,
    seed: 1,
    onlyCollisions: true,
  })
  const failed = tried.filter(({ sample }) => sample.isFailure)
  expect(failed.length).toBeGreaterThan(3)
  const folder = await mkdtemp(join(tmpdir(), 'search-'))
  try {
    const path = join(folder, 'failures.json')
    await writeFile(
      path,
      suiteFileOf(
        'found',
        failed.map(({ one }) => one),
        false,
      ),
    )
    const suite = await expandSuite(path)
    expect(suite.count).toBe(failed.length)
    for (let index = 0; index < 3; index++) {
      expect(suite.at(index).weight).toBe(0)
      const again = await runCase(suite.at(index), idm)
      expect(again.digest).toBe(failed[index]?.result.digest)
      expect(again.outcome).toBe('failed')
    }
    await writeFile(
      path,
      suiteFileOf(
        'all',
        tried.map(({ one }) => one),
        true,
      ),
    )
    const all = await expandSuite(path)
    expect(Array.from({ length: all.count }, (_, index) => all.at(index).weight)).toEqual(
      tried.map(({ sample }) => sample.weight),
    )
  } finally {
    await rm(folder, { recursive: true })
  }
})
