import { expect, test } from 'vitest'
import { versionNamed } from '../../../src/driver/versions/versions.ts'
import { builtInScenarios } from '../../../src/clearance/suites/built-in-scenarios.ts'
import { previewOf } from '../../../src/clearance/suites/preview.ts'

test('a scenario shows its tightest moment, with ways of those that moved and roads around it [DRIVE-VIEW-04]', async () => {
  const name = builtInScenarios[0]?.name ?? ''
  const preview = await previewOf(name, versionNamed('idm'))
  const ego = preview.agents[preview.ego]
  expect(ego?.way.length).toBeGreaterThan(4)
  expect(preview.agents.length).toBeGreaterThan(1)
  expect(preview.map.lanes.length).toBeGreaterThan(0)
  const [x = NaN] = preview.map.lanes[0]?.outline ?? []
  expect(Math.abs(x - (ego?.x ?? NaN))).toBeLessThan(3000)
})
