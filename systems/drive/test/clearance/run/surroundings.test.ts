import { describe, expect, test } from 'vitest'
import { MemoryRecorder } from '../../../src/clearance/recordings/memory-recorder.ts'
import { runStage } from '../../../src/clearance/run/run-stage.ts'
import { lightStateOf, signalTableOf } from '../../../src/world/scene/scenario-signals.ts'
import { signalStates } from '../../../src/world/scene/signal-table.ts'
import type { Driver } from '../../../src/driver/driver.ts'
import type { Scene } from '../../../src/world/scene/scene.ts'
import { global } from '../../support/every-element.ts'
import { network, road } from '../../support/road-file.ts'
import { at, event, file, initial, scenarioOf, vehicle } from '../../support/scenario-file.ts'
import { straightStage } from '../../support/straight-stage.ts'

const light = (id: string, more = '') =>
  `<signal id="${id}" name="light ${id}" s="120" t="-8" dynamic="yes" orientation="+" zOffset="3" country="OpenDRIVE" type="1000001" subtype="-1">${more}</signal>`
const line =
  '<signal id="9" s="100" t="0" dynamic="no" orientation="+" country="DE" type="294" subtype="-1"/>'

/** A light of two phases: red for 14 s, then green. */
const phases =
  '<TrafficSignals><TrafficSignalController name="c" delay="0"><Phase name="shut" duration="14"><TrafficSignalState trafficSignalId="7" state="on;off;off"/></Phase><Phase name="open" duration="100"><TrafficSignalState trafficSignalId="7" state="green"/></Phase></TrafficSignalController></TrafficSignals></RoadNetwork>'

class Watch extends MemoryRecorder {
  readonly visualRangeM: number[] = []
  override frame(scene: Scene, driver: Driver | null): void {
    super.frame(scene, driver)
    this.visualRangeM.push(scene.environment.visualRangeM)
  }
}

function stageWith(events: string, signals: string, trafficSignals = '</RoadNetwork>') {
  const scenario = scenarioOf(
    file({
      entities: vehicle('other') + vehicle('Ego'),
      init: initial('other', 400, 12, -2) + initial('Ego', 20, 12),
      actor: 'other',
      events,
      stop: at(60),
    }).replace('</RoadNetwork>', trafficSignals),
  )
  const roads = network(road({ length: 2000, more: `<signals>${signals}</signals>` }))
  return straightStage({ s: 400, mps: 12 }, '', {
    scenario,
    network: roads,
    signals: signalTableOf(scenario, roads),
    maxTimeS: 30,
  })
}

const options = { caseId: 'one', scenarioClass: 'made', seed: 1, driver: { kind: 'idm', parameters: {} } }

describe('a run whose storyboard switches lights', () => {
  test('shows them to the driver, who stops at the stop line until it is green [DRIVE-OSC-08]', () => {
    const recorder = new Watch('one', 'idm', 0.05)
    const result = runStage(stageWith('', light('7') + line, phases), { ...options, recorder })
    const { frames, signals, ego } = recorder.recording
    expect(signals.map(({ id, x }) => [id, x])).toEqual([['7', 100]])
    const ofEgo = (timeS: number) => {
      const { agents } = frames[Math.round(timeS / 0.05)] ?? { agents: [] }
      const from = Array.from({ length: agents.length / 7 }, (_, row) => 7 * row).find(
        (index) => agents[index] === ego,
      )
      return agents.slice((from ?? 0) + 1, (from ?? 0) + 5)
    }
    expect(frames[100]?.signals).toEqual([signalStates.red])
    expect(frames[300]?.signals).toEqual([signalStates.green])
    expect(ofEgo(13.5)[3]).toBeLessThan(0.5)
    expect(ofEgo(13.5)[0]).toBeLessThan(100)
    expect(ofEgo(13.5)[0]).toBeGreaterThan(85)
    expect(result.metrics.progressM).toBeGreaterThan(150)
  })

  test('puts a light where it counts: by its lanes, by its name, and on roads that refer to it [DRIVE-OSC-08]', () => {
    const action = (name: string) =>
      event(
        'e',
        global(
          `<InfrastructureAction><TrafficSignalAction><TrafficSignalStateAction name="${name}" state="red"/></TrafficSignalAction></InfrastructureAction>`,
        ),
        at(1),
      )
    const table = (name: string, signals: string) => stageWith(action(name), signals).signals
    expect(table('light 7', light('7', '<validity fromLane="-1" toLane="-1"/>'))?.heads).toEqual([
      { id: 'light 7', road: 0, s: 120, lanes: [-1], direction: 1 },
    ])
    expect(
      table('7', `${light('7')}<signalReference id="7" s="300" t="3" orientation="-"/>`)?.heads,
    ).toMatchObject([
      { s: 120, direction: 1 },
      { s: 300, direction: -1 },
    ])
    expect(table('unknown', light('7'))).toBeNull()
  })

  test('knows words and lamps, and refuses what is neither [DRIVE-OSC-08]', () => {
    expect(
      ['red', 'on;on;off', 'off;on;off', 'Yellow', 'off;off;on', 'off;flashing;off', 'off'].map(lightStateOf),
    ).toEqual([
      signalStates.red,
      signalStates.red,
      signalStates.amber,
      signalStates.amber,
      signalStates.green,
      signalStates.flashingAmber,
      signalStates.off,
    ])
    expect(() => lightStateOf('purple')).toThrow(/"purple" is no state of a traffic light/)
  })
})

describe('a run whose storyboard changes the weather', () => {
  test('changes the scene from that step on, and nothing of the stage [DRIVE-OSC-08]', () => {
    const fog = global(
      '<EnvironmentAction><Environment name="fog"><Weather><Fog visualRange="60"/></Weather></Environment></EnvironmentAction>',
    )
    const stage = stageWith(event('fog', fog, at(2)), '')
    const recorder = new Watch('one', 'idm', 0.05)
    runStage(stage, { ...options, recorder })
    expect(recorder.visualRangeM[40]).toBe(stage.environment.visualRangeM)
    expect(recorder.visualRangeM[42]).toBe(60)
    expect(stage.environment.visualRangeM).toBe(10_000)
  })
})
