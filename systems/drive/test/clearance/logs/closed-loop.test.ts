import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { DriveLog } from '../../../src/clearance/logs/drive-log.ts'
import { isThere, stateAt } from '../../../src/clearance/logs/drive-log.ts'
import { eventScenario, roadsOf } from '../../../src/clearance/logs/event-scenario.ts'
import type { LogEvent } from '../../../src/clearance/logs/mine-events.ts'
import { mineEvents } from '../../../src/clearance/logs/mine-events.ts'
import { readLog } from '../../../src/clearance/logs/read-log.ts'
import { writeMcap } from '../../../src/clearance/logs/write-mcap.ts'
import type { Recording } from '../../../src/clearance/recordings/recording.ts'
import { builtInScenarios } from '../../../src/clearance/suites/built-in-scenarios.ts'
import { caseOf } from '../../../src/clearance/suites/case-of.ts'
import { recordCase } from '../../../src/clearance/suites/run-case.ts'
import { stageOf } from '../../../src/clearance/suites/stage-of.ts'
import { versionNamed } from '../../../src/driver/versions/versions.ts'
import { writeOpenDrive } from '../../../src/world/opendrive/write-opendrive.ts'
import { ScenarioFiles } from '../../../src/world/openscenario/load-scenario.ts'
import { writeOpenScenario } from '../../../src/world/openscenario/write-openscenario.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'loop-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** The farthest that somebody in the first three seconds of a run is from where the log has them `fromS` later; and how many places were compared. */
function apart(
  log: DriveLog,
  fromS: number,
  { agents, frames }: Recording,
): { farthest: number; compared: number } {
  let [farthest, compared] = [0, 0]
  for (const { timeS, agents: states } of frames) {
    const frame = log.times.findIndex((logged) => Math.abs(logged - fromS - timeS) < 1e-6)
    if (timeS > 3 || frame < 0) continue
    for (let at = 0; at + 6 < states.length; at += 7) {
      const name = agents[states[at] as number]?.name
      const agent = name === 'Ego' ? log.ego : log.agents.findIndex((logged) => logged.name === name)
      if (agent < 0 || !isThere(log, frame, agent)) continue
      const logged = stateAt(log, frame, agent)
      const dx = (states[at + 1] as number) - (log.states[logged] as number)
      farthest = Math.max(
        farthest,
        Math.hypot(dx, (states[at + 2] as number) - (log.states[logged + 1] as number)),
      )
      compared++
    }
  }
  return { farthest, compared }
}

describe('the loop from a run to a log to a scenario to a run', () => {
  test.each(builtInScenarios.map(({ name }) => name))(
    'closes for %s: what is mined runs, and its first seconds are those of the log [DRIVE-LOG-05]',
    async (name) => {
      const one = caseOf({ name, isFile: false, set: '', seed: 1 })
      const { network } = await stageOf(one, new ScenarioFiles())
      const { recording } = await recordCase(one, versionNamed('idm'))
      const path = join(folder, `${name}.mcap`)
      await writeFile(path, await writeMcap(recording, writeOpenDrive(network, { name })))
      const log = await readLog(path)
      // Where nothing of note happened, any moment has to do.
      const middle = log.times[log.times.length >> 1] as number
      const event: LogEvent = mineEvents(log)[0] ?? {
        kind: 'near-miss',
        timeS: middle,
        agent: null,
        detail: '',
      }
      const file = join(folder, `${name}.xosc`)
      await writeFile(join(folder, `${name}.xodr`), writeOpenDrive(roadsOf(log), { name }))
      await writeFile(
        file,
        writeOpenScenario(eventScenario(log, event, `${name}.xodr`), { description: name }),
      )
      const again = await recordCase(
        caseOf({ name: file, isFile: true, set: '', seed: 1 }),
        versionNamed('scenario'),
      )
      const fromS = Math.max(log.times[0] as number, event.timeS - 5)
      const { farthest, compared } = apart(log, fromS, again.recording)
      expect(compared).toBeGreaterThan(50)
      // Trajectories have a point every 0.1 s and are straight in between: who turns on the spot at 2 m/s cuts a corner of at most 0.07 m.
      expect(farthest).toBeLessThan(name === 'town-traffic' ? 0.05 : 0.02)
    },
    60_000,
  )
})
