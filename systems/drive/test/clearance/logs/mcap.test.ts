import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { SceneUpdate } from '@foxglove/schemas/jsonschema.js'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { versionNamed } from '../../../src/driver/versions/versions.ts'
import { eventScenario, roadsOf } from '../../../src/clearance/logs/event-scenario.ts'
import { stateAt } from '../../../src/clearance/logs/drive-log.ts'
import { mineEvents } from '../../../src/clearance/logs/mine-events.ts'
import { readLog, readRecording } from '../../../src/clearance/logs/read-log.ts'
import { agentsUpdate } from '../../../src/clearance/logs/scene-updates.ts'
import { writeMcap } from '../../../src/clearance/logs/write-mcap.ts'
import { writeOpenDrive } from '../../../src/world/opendrive/write-opendrive.ts'
import { ScenarioFiles } from '../../../src/world/openscenario/load-scenario.ts'
import { writeOpenScenario } from '../../../src/world/openscenario/write-openscenario.ts'
import { MemoryRecorder } from '../../../src/clearance/recordings/memory-recorder.ts'
import { runStage } from '../../../src/clearance/run/run-stage.ts'
import { recordCase } from '../../../src/clearance/suites/run-case.ts'
import type { ScenarioCase } from '../../../src/clearance/suites/scenario-case.ts'
import { stageOf } from '../../../src/clearance/suites/stage-of.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'mcap-'))
})
afterAll(() => rm(folder, { recursive: true }))

function caseOf(source: ScenarioCase['source'], parameters: Record<string, number> = {}): ScenarioCase {
  return { id: 'one', scenarioClass: 'one', source, parameters, seed: 2, weight: 1 }
}

async function recorded(name: string, driver: string, parameters: Record<string, number> = {}) {
  const stage = await stageOf(caseOf({ kind: 'builtIn', name }, parameters), new ScenarioFiles())
  const recorder = new MemoryRecorder(stage.name, driver, stage.stepS)
  const options = {
    caseId: 'one',
    scenarioClass: 'one',
    seed: 2,
    driver: versionNamed(driver).spec,
    recorder,
  }
  runStage(stage, options)
  const path = join(folder, `${name}.mcap`)
  await writeFile(path, await writeMcap(recorder.recording, writeOpenDrive(stage.network, { name })))
  return { path, recording: recorder.recording }
}

/** Keys of an object that its JSON schema does not know, and those that it misses, by path. */
function differences(content: unknown, schema: Schema, path = ''): string[] {
  if (schema.items)
    return (content as unknown[])
      .slice(0, 1)
      .flatMap((item) => differences(item, schema.items as Schema, `${path}[]`))
  if (!schema.properties) return []
  const given = content as Record<string, unknown>
  const keys = new Set([...Object.keys(given), ...Object.keys(schema.properties)])
  return [...keys].flatMap((key) => {
    const known = schema.properties?.[key]
    return known && key in given ? differences(given[key], known, `${path}.${key}`) : [`${path}.${key}`]
  })
}
interface Schema {
  properties?: Record<string, Schema>
  items?: Schema
}

describe('MCAP', () => {
  test('a recording with all that its driver explained comes back exactly [DRIVE-LOG-01]', async () => {
    const { path, recording } = await recorded('bus-stop', 'pdm')
    expect(recording.frames.some(({ explanation }) => (explanation?.plans.length ?? 0) > 0)).toBe(true)
    const back = await readRecording(path)
    expect(back.recording).toEqual(JSON.parse(JSON.stringify(recording)))
    expect(back.roads).toMatch(/<OpenDRIVE>/)
  })

  test('agents are what Foxglove’s schema of a SceneUpdate asks for [DRIVE-LOG-01]', async () => {
    const { recording } = await recorded('cut-in', 'idm', { egoSpeedMps: 15 })
    const [frame] = recording.frames
    const message = agentsUpdate(recording, frame as (typeof recording.frames)[0])
    expect(differences(message, SceneUpdate as unknown as Schema)).toEqual([])
  })

  test('a cut-in in a log becomes a scenario that replays it to 5 cm, and that a driver takes over [DRIVE-LOG-03]', async () => {
    const { path } = await recorded('cut-in', 'idm', { ttcS: 2 })
    const log = await readLog(path)
    const event = mineEvents(log).find(({ kind }) => kind === 'cut-in')
    if (!event) throw new Error('The cut-in was not found.')
    await writeFile(join(folder, 'roads.xodr'), writeOpenDrive(roadsOf(log)))
    const file = join(folder, 'event.xosc')
    await writeFile(file, writeOpenScenario(eventScenario(log, event, 'roads.xodr')))
    const replay = await recordCase(caseOf({ kind: 'file', path: file }), versionNamed('scenario'))
    const fromS = Math.max(0, event.timeS - 5)
    for (const at of [20, 60, 100]) {
      const frame = replay.recording.frames[at] as (typeof replay.recording.frames)[0]
      const inLog = log.times.findIndex((timeS) => Math.abs(timeS - fromS - frame.timeS) < 1e-6)
      for (const [row, name] of replay.recording.agents.map((agent) => agent.name).entries()) {
        const agent = log.agents.findIndex((one) => one.name === name)
        const state = stateAt(log, inLog, agent)
        const seen = frame.agents.slice(row * 7 + 1, row * 7 + 3)
        expect(seen[0]).toBeCloseTo(log.states[state] as number, 1)
        expect(Math.abs((seen[1] as number) - (log.states[state + 1] as number))).toBeLessThan(0.05)
      }
    }
    const driven = await recordCase(caseOf({ kind: 'file', path: file }), versionNamed('idm'))
    expect(driven.result.digest).not.toBe(replay.result.digest)
    expect(driven.result.metrics.progressM).toBeGreaterThan(50)
  })

  test('a drive that turned left at a junction is driven left again [DRIVE-LOG-03]', async () => {
    const { path } = await recorded('unprotected-left', 'idm', { oncoming: 1, arrivesS: 5 })
    const log = await readLog(path)
    const last = stateAt(log, log.times.length - 1, log.ego)
    const event = {
      kind: 'near-miss' as const,
      timeS: (log.times.at(-1) as number) - 6,
      agent: null,
      detail: '',
    }
    await writeFile(join(folder, 'cross.xodr'), writeOpenDrive(roadsOf(log)))
    const file = join(folder, 'left.xosc')
    await writeFile(file, writeOpenScenario(eventScenario(log, event, 'cross.xodr')))
    const { recording } = await recordCase(caseOf({ kind: 'file', path: file }), versionNamed('idm'))
    const [, x = 0, y = 0] = (recording.frames.at(-1)?.agents ?? []).slice(recording.ego * 7)
    expect(Math.abs(x - (log.states[last] as number))).toBeLessThan(3)
    expect(y).toBeGreaterThan(5)
  })
})
