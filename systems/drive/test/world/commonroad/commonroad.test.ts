import { describe, expect, it } from 'vitest'
import { driveProblem } from '../../../src/evals/commonroad/commonroad.ts'
import { readCommonRoad } from '../../../src/clearance/logs/read-commonroad.ts'
import { stateAt } from '../../../src/clearance/logs/drive-log.ts'
import { versionNamed } from '../../../src/driver/versions/versions.ts'
import { parseCommonRoad } from '../../../src/world/commonroad/parse-commonroad.ts'
import { meetsGoal } from '../../../src/world/commonroad/region.ts'
import type { PlanningProblem } from '../../../src/world/commonroad/commonroad.ts'
import { buildLaneGraph } from '../../../src/world/lanes/lane-graph.ts'
import { parseXml } from '../../../src/world/xml/parse-xml.ts'
import { scene } from '../../support/commonroad-scene.ts'

const read = (text: string) => parseCommonRoad(parseXml(text, 'scene.xml'))

describe('CommonRoad', () => {
  it.each(['2018b', '2020a'] as const)(
    'reads lanelets of %s as lanes of roads, with traffic and problems [DRIVE-COMMONROAD-01]',
    (version) => {
      const { network, places, obstacles, problems, stepS } = read(scene(version))
      expect(network.roads).toHaveLength(2)
      expect(Object.fromEntries(places)).toEqual({
        1: { road: '1', lane: -1 },
        2: { road: '1', lane: -2 },
        3: { road: '2', lane: -1 },
        4: { road: '2', lane: -2 },
      })
      const pose = new Float64Array(4)
      network.lanePose(0, -2, 33, 0, pose)
      expect(pose[0]).toBeCloseTo(33, 6)
      expect(pose[1]).toBeCloseTo(1.75, 6)
      expect(pose[2]).toBeCloseTo(0, 6)
      const graph = buildLaneGraph(network)
      expect(graph.speedLimitMps[0]).toBe(20)
      expect(graph.successors.items[graph.successors.start[1] as number]).toBe(3)
      expect([graph.left[1], graph.right[0]]).toEqual([0, 1])
      expect(stepS).toBe(0.1)
      expect(obstacles).toMatchObject([{ id: '50', kind: 'car', lengthM: 4.5, widthM: 1.8 }])
      expect(obstacles[0]?.states).toHaveLength(101)
      expect(problems).toMatchObject([
        {
          id: '7',
          start: { timeS: 0, x: 20, y: 1.75, speedMps: 10 },
          goals: [{ timeS: { from: 7, to: 9 }, regions: [{ kind: 'lanelets', ids: ['4'] }] }],
        },
      ])
    },
  )

  it('points a mass that has no heading where it goes [DRIVE-COMMONROAD-01]', () => {
    const text = scene('2020a').replace(
      '<orientation><exact>0</exact></orientation><time><exact>1</exact></time><velocity><exact>12</exact></velocity>',
      '<time><exact>1</exact></time><velocity><exact>3</exact></velocity><velocityY><exact>4</exact></velocityY>',
    )
    const moved = read(text).obstacles[0]?.states[1]
    expect(moved?.speedMps).toBeCloseTo(5, 9)
    expect(moved?.heading).toBeCloseTo(Math.atan2(4, 3), 9)
  })

  it('says by its place what is wrong with a scene [DRIVE-COMMONROAD-01]', () => {
    expect(() => read(scene('2020a').replace('<x>80</x>', '<x>a</x>'))).toThrow(
      /scene\.xml:1:\d+: <x> needs a number, got "a"/,
    )
    expect(() => read(scene('2020a').replace('2020a', '2017a'))).toThrow(
      /is of version 2017a; supported are 2018b and 2020a/,
    )
  })

  it('meets a goal where time, place, speed and heading are all within it [DRIVE-COMMONROAD-02]', () => {
    const rectangle =
      '<rectangle><length>10</length><width>3</width><orientation>0</orientation><center><x>100</x><y>1.75</y></center></rectangle>'
    const made = read(scene('2020a', rectangle))
    const [goal] = (made.problems[0] as PlanningProblem).goals
    const there = { timeS: 8, x: 104, y: 1, heading: 0, speedMps: 10 }
    const meets = (change: Partial<typeof there>) => meetsGoal(made, goal!, { ...there, ...change })
    expect(meets({})).toBe(true)
    expect([meets({ timeS: 6.8 }), meets({ x: 106 }), meets({ y: -0.5 }), meets({ speedMps: 16 })]).toEqual([
      false,
      false,
      false,
      false,
    ])
  })

  it('drives a problem to its goal in its time, behind recorded traffic and over to the other lane [DRIVE-COMMONROAD-02]', () => {
    for (const goal of ['<lanelet ref="4"/>', '<lanelet ref="3"/>']) {
      const made = read(scene('2020a', goal))
      const { failed, states } = driveProblem(made, made.problems[0] as PlanningProblem, versionNamed('pdm'))
      expect(failed).toBeNull()
      expect(states[0]).toMatchObject({ timeS: 0, x: expect.closeTo(20, 6), y: expect.closeTo(1.75, 6) })
      expect(states.at(-1)?.timeS).toBeGreaterThanOrEqual(7 - 1e-6)
    }
  })

  it('is a log too, with its lanelets as roads [DRIVE-COMMONROAD-01]', () => {
    const log = readCommonRoad('scene.xml', scene('2018b'), '50')
    expect(log.times).toHaveLength(101)
    expect(log.states[stateAt(log, 100, 0)]).toBeCloseTo(180, 6)
    expect(log.roads).toMatch(/<OpenDRIVE>/)
  })
})
