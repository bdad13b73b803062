import { createRandom } from '@heavylift/core'
import { describe, expect, it } from 'vitest'
import { makeMap, mapText } from '../../samples/made-floors.ts'
import { readMap } from '../../src/floor/read-map.ts'
import { readPlan, writePlan } from '../../src/problem/plan-file.ts'
import { readScenario } from '../../src/problem/read-scenario.ts'

const floor = readMap(['type octile', 'height 2', 'width 3', 'map', '...', '.@.'].join('\n'), 'small.map')

describe('a movingai scenario', () => {
  it('is read with tabs or blanks, and held against its map [ROBOTS-READ-04]', () => {
    const text = 'version 1\n0\tsmall.map\t3\t2\t0\t0\t2\t1\t3.41421356\n1 small.map 3 2 2 0 0 1 3\n'
    expect(readScenario(text, 'small.scen', floor)).toEqual([
      { bucket: 0, map: 'small.map', start: 0, goal: 5, optimalLength: 3.41421356 },
      { bucket: 1, map: 'small.map', start: 2, goal: 3, optimalLength: 3 },
    ])
  })

  it.each([
    ['0\tm\t3\t2\t0\t0\t1\t1\t3', 'small.scen:1: the goal (1, 1) is a wall'],
    ['version 1\n0\tm\t4\t2\t0\t0\t1\t1\t3', 'small.scen:2: it is for a map of 4 × 2'],
    ['0\tm\t3\t2\t0\t0\t3\t1\t3', 'small.scen:1: the goal (3, 1) is not on the map'],
    ['0\tm\t3\t2', 'small.scen:1: a row has'],
  ])('is refused with its line: %s [ROBOTS-READ-04]', (text, message) => {
    expect(() => readScenario(text, 'small.scen', floor)).toThrow(message)
  })
})

describe('a map', () => {
  it('is read with any end of line, and made ones come back as they were [ROBOTS-READ-01]', () => {
    const made = makeMap('rooms', 20, 30, createRandom('rooms'))
    const read = readMap(mapText(made).replaceAll('\n', '\r\n'), 'made.map')
    expect(Array.from(read.isFree, (free) => (free === 1 ? '.' : '@')).join('')).toBe(
      made.join('').replaceAll('E', '.'),
    )
  })
})

describe('a recorded plan', () => {
  const plan = {
    floor,
    starts: Int32Array.from([0, 5 * 4 + 3]),
    paths: ['FRW', 'FCW'],
    steps: 3,
    finished: 1,
    tasks: [{ id: 0, revealedAt: 0, errands: Int32Array.from([1, 2]) }],
    events: [[1, 0, 0, 1] as [number, number, number, number]],
    schedules: [[[0, 0]] as [number, number][], [[0, -1]] as [number, number][]],
    plannerSeconds: [0.01, 0.01, 0.01],
  }

  it('is written as PlanViz reads it, and read back [ROBOTS-READ-05]', () => {
    const text = writePlan(plan)
    expect(readPlan(text, 'plan.json', floor)).toEqual({
      starts: plan.starts,
      paths: plan.paths,
      finished: 1,
      steps: 3,
    })
    expect(JSON.parse(text)).toMatchObject({
      actionModel: 'MAPF_T',
      start: [
        [0, 0, 'E'],
        [1, 2, 'N'],
      ],
      actualPaths: ['F,R,W', 'F,C,W'],
      events: [[1, 0, 0, 1]],
      tasks: [[0, 0, [0, 1, 0, 2]]],
      actualSchedule: ['0:0', '0:-1'],
    })
  })

  it.each([
    ['{"teamSize": 1,', 'plan.json:1: it is no JSON'],
    ['{"teamSize":2,"start":[[0,0,"E"]],"actualPaths":["F"]}', '2 robots and has 1 starts and 1 paths'],
    ['{"teamSize":1,"start":[[0,0,"E"]],"actualPaths":["F,Q"]}', 'the path of robot 0'],
    ['{"teamSize":1,"start":[[7,0,"E"]],"actualPaths":["F"]}', 'robot 0 starts off the map'],
  ])('is refused where it is broken: %s [ROBOTS-READ-05]', (text, message) => {
    expect(() => readPlan(text, 'plan.json', floor)).toThrow(message)
  })
})
