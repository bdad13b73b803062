import { describe, expect, test } from 'vitest'
import { runClearanceCase } from '../../../src/clearance/cases/clearance-task.ts'
import { operatingCell } from '../../../src/clearance/cases/operating-cell.ts'
import { versionNamed } from '../../../src/driver/versions/versions.ts'
import { AgentTable } from '../../../src/world/scene/agent-table.ts'
import { clearDay } from '../../../src/world/scene/environment.ts'
import type { ScenarioCase } from '../../../src/clearance/suites/scenario-case.ts'

const reference = versionNamed('competent-human')

function cutIn(parameters: Record<string, number> = {}): ScenarioCase {
  return {
    id: 'cut-in/test',
    scenarioClass: 'cut-in',
    source: { kind: 'builtIn', name: 'cut-in' },
    parameters,
    seed: 2,
    weight: 1,
  }
}

describe('a case of a clearance', () => {
  test('is run again with the reference driver where it failed, and is a blocker where that one passes [DRIVE-CLEAR-01]', async () => {
    const row = await runClearanceCase({ one: cutIn(), version: versionNamed('scenario'), reference })
    expect(row.outcome).toBe('failed')
    expect(row.metrics.collidedWith).toBe('cutting-in')
    expect(row.metrics.impactTimeS).toBeGreaterThan(row.metrics.collisionTimeS! - 0.0500001)
    expect(row.metrics.impactTimeS).toBeLessThanOrEqual(row.metrics.collisionTimeS!)
    expect(row.reference).toMatchObject({ version: 'competent-human', outcome: 'passed', avoidsIt: true })
    expect(row.reference!.minTtcS).toBeGreaterThan(0)
    expect(row.cell).toEqual({ light: 'day', weather: 'dry', speed: 'to 80 km/h', met: ['car'] })
  })

  test('needs no reference where it passed, and is the same every time [DRIVE-CLEAR-01]', async () => {
    const input = { one: cutIn({ ttcS: 4 }), version: versionNamed('idm'), reference }
    const row = await runClearanceCase(input)
    expect(row.outcome).toBe('passed')
    expect(row.reference).toBeNull()
    expect(await runClearanceCase(input)).toEqual(row)
  })

  test('is no blocker where nobody could have avoided it [DRIVE-CLEAR-01]', async () => {
    const hopeless = {
      egoSpeedMps: 20.8,
      illuminanceLux: 8.8,
      noticeS: 2.77,
      walkMps: 1.06,
      awayM: 1.13,
      friction: 0.86,
    }
    const { reference: judged, outcome } = await runClearanceCase({
      one: { ...cutIn(hopeless), source: { kind: 'builtIn', name: 'night-pedestrian' } },
      version: versionNamed('scenario'),
      reference,
    })
    expect(outcome).toBe('failed')
    expect(judged).toMatchObject({ outcome: 'failed', avoidsIt: false })
  })
})

test('the reference driver brakes for who comes into its way, and goes on when they have left it [DRIVE-REF-01]', async () => {
  const jaywalker: ScenarioCase = { ...cutIn(), source: { kind: 'builtIn', name: 'jaywalker' } }
  const row = await runClearanceCase({ one: jaywalker, version: reference, reference: null })
  expect(row.failures).toEqual([])
  expect(row.metrics.minDistanceM).toBeGreaterThan(0)
})

test.each([
  'stop-sign',
  'zebra-crossing',
  'right-turn-cyclist',
  'unprotected-left',
  'amber-light',
  'four-way',
])('the reference driver keeps the rules of the road in %s [DRIVE-REF-03]', async (name) => {
  const one: ScenarioCase = { ...cutIn(), source: { kind: 'builtIn', name } }
  const row = await runClearanceCase({ one, version: reference, reference: null })
  expect(row.failures).toEqual([])
})

test('a run lies in one cell of the operational domain [DRIVE-CLEAR-02]', () => {
  const agents = new AgentTable(3)
  for (const kind of ['car', 'bicycle', 'pedestrian'] as const)
    agents.add({ name: kind, kind, lengthM: 2, widthM: 1 })
  const dark = { ...clearDay, illuminanceLux: 0.2, precipitation: 'rain' as const }
  expect(operatingCell(dark, 10, agents, 0)).toEqual({
    light: 'dark',
    weather: 'rain',
    speed: 'to 50 km/h',
    met: ['bicycle', 'pedestrian'],
  })
  expect(operatingCell({ ...clearDay, visualRangeM: 150, illuminanceLux: 15 }, 30, agents, 1)).toMatchObject({
    light: 'lit night',
    weather: 'fog',
    speed: 'above 80 km/h',
  })
})
