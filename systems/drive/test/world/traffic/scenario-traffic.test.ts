import { describe, expect, test } from 'vitest'
import { runStage } from '../../../src/clearance/run/run-stage.ts'
import type { Scene } from '../../../src/world/scene/scene.ts'
import { ScenarioTraffic } from '../../../src/world/traffic/scenario-traffic.ts'
import { trafficNetwork } from '../../../src/world/traffic/traffic-source.ts'
import { global } from '../../support/every-element.ts'
import { at, event, file, initial, scenarioOf, vehicle } from '../../support/scenario-file.ts'
import { straightStage } from '../../support/straight-stage.ts'

const traffic = (inside: string, name = 't') =>
  global(`<TrafficAction trafficName="${name}">${inside}</TrafficAction>`)
const place = '<Position><LanePosition roadId="1" laneId="-1" s="600"/></Position>'

/** Vehicles of traffic in each step of a run of 40 s, by time, with the way that they are from the ego. */
function watch(events: string, seed = 1): { timeS: number; s: number[]; speeds: number[] }[] {
  const scenario = scenarioOf(
    file({
      entities: vehicle('Ego'),
      init: initial('Ego', 300, 10),
      actor: 'Ego',
      events,
      stop: at(40),
    }),
  )
  const stage = { ...straightStage({ s: 0, mps: 0 }), scenario, ego: 0, maxTimeS: 40 }
  const found = ScenarioTraffic.of(scenario, () => trafficNetwork(stage.network), seed, 40)
  const seen: ReturnType<typeof watch> = []
  let scene: Scene | null = null
  runStage(
    { ...stage, criteria: [], traffic: found ? [found] : [] },
    {
      caseId: 'c',
      scenarioClass: 'made',
      seed,
      driver: { kind: 'scenario', parameters: {} },
      recorder: {
        begin: (given) => {
          scene = given
        },
        frame: ({ agents, timeS }) => {
          const rows = Array.from({ length: agents.count - 1 }, (_, row) => row + 1).filter(
            (row) => agents.isPresent[row] === 1,
          )
          seen.push({
            timeS,
            s: rows.map((row) => (agents.x[row] as number) - (agents.x[0] as number)),
            speeds: rows.map((row) => agents.speedMps[row] as number),
          })
        },
        end: () => undefined,
      },
    },
  )
  expect(scene).not.toBeNull()
  return seen
}

const from = (seen: ReturnType<typeof watch>, timeS: number) => seen.filter((one) => one.timeS >= timeS)

describe('traffic that a storyboard begins', () => {
  test('a swarm is around its entity from then on, nowhere else, and ends [DRIVE-OSC-16]', () => {
    const swarm =
      '<TrafficSwarmAction numberOfVehicles="8" innerRadius="30" semiMajorAxis="150" semiMinorAxis="30" offset="0"><CentralObject entityRef="Ego"/><TrafficDefinition name="d"><VehicleCategoryDistribution><VehicleCategoryDistributionEntry category="car" weight="1"/></VehicleCategoryDistribution><ControllerDistribution/></TrafficDefinition></TrafficSwarmAction>'
    const seen = watch(
      event('swarm', traffic(swarm), at(5)) + event('over', traffic('<TrafficStopAction/>'), at(30)),
    )
    expect(seen.filter(({ timeS }) => timeS < 4.9).every(({ s }) => s.length === 0)).toBe(true)
    const whileIt = from(seen, 8).filter(({ timeS }) => timeS < 30)
    expect(Math.max(...whileIt.map(({ s }) => s.length))).toBeGreaterThanOrEqual(6)
    for (const { s } of whileIt) {
      expect(s.length).toBeLessThanOrEqual(8)
      // A step may lie between where one is seen and where it is taken out.
      expect(Math.max(0, ...s.map(Math.abs))).toBeLessThan(153)
      expect(s.length).toBeGreaterThan(2)
    }
    // Nobody is let in or taken out any more: who drives faster gets further away.
    expect(Math.max(...from(seen, 39).flatMap(({ s }) => s.map(Math.abs)))).toBeGreaterThan(153)
  })

  test('a source lets in at its rate and speed, a sink takes out who comes near [DRIVE-OSC-16]', () => {
    const source = traffic(
      `<TrafficSourceAction radius="10" rate="0.25" speed="12">${place}</TrafficSourceAction>`,
    )
    const counts = watch(event('source', source, at(0.1))).map(({ s }) => s.length)
    expect(counts.at(-1)).toBeGreaterThanOrEqual(7)
    expect(counts.at(-1)).toBeLessThanOrEqual(10)
    const sunk = watch(
      event('source', source, at(0.1)) +
        event(
          'sink',
          traffic(
            '<TrafficSinkAction radius="30"><Position><LanePosition roadId="1" laneId="-1" s="700"/></Position></TrafficSinkAction>',
            'sink',
          ),
          at(0.1),
        ),
    )
    expect(sunk.at(-1)?.s.length).toBeLessThan(5)
  })

  test('an area has so many, once or always, and the same seed gives the same [DRIVE-OSC-16]', () => {
    const area = (isContinuous: boolean) =>
      traffic(
        `<TrafficAreaAction numberOfEntities="6" continuous="${isContinuous}"><TrafficDistribution><TrafficDistributionEntry weight="1"><EntityDistribution><EntityDistributionEntry weight="1"><ScenarioObjectTemplate><Vehicle name="v" vehicleCategory="truck"/></ScenarioObjectTemplate></EntityDistributionEntry></EntityDistribution></TrafficDistributionEntry></TrafficDistribution><TrafficArea><RoadRange length="200"><RoadCursor roadId="1" s="500"><Lane id="-1"/></RoadCursor></RoadRange></TrafficArea></TrafficAreaAction>`,
      )
    const always = watch(event('area', area(true), at(0.1)))
    const ego = (timeS: number) => 300 + 10 * timeS
    for (const { timeS, s } of from(always, 1)) {
      expect(s.length).toBeGreaterThan(1)
      for (const ahead of s) expect(Math.abs(ahead + ego(timeS) - 600)).toBeLessThan(112)
    }
    const once = watch(event('area', area(false), at(0.1)))
    expect(Math.max(...from(once, 35).flatMap(({ s }) => s))).toBeGreaterThan(712 - ego(40))
    expect(watch(event('area', area(true), at(0.1)))).toEqual(always)
    expect(watch(event('area', area(true), at(0.1)), 2)).not.toEqual(always)
  })

  test('is refused with its place where an area has no inside [DRIVE-OSC-16]', () => {
    expect(() =>
      watch(
        event(
          'bad',
          traffic(
            `<TrafficAreaAction numberOfEntities="2" continuous="true"><TrafficArea><Polygon>${place}</Polygon></TrafficArea></TrafficAreaAction>`,
          ),
          at(0.1),
        ),
      ),
    ).toThrow(/<Polygon> needs at least three <Position>/)
  })
})
