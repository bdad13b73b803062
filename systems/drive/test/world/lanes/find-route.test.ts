import { describe, expect, test } from 'vitest'
import { findRoute } from '../../../src/world/lanes/find-route.ts'
import { junctionConflicts } from '../../../src/world/lanes/junction-conflicts.ts'
import { buildLaneGraph } from '../../../src/world/lanes/lane-graph.ts'
import { routePath } from '../../../src/world/lanes/route-path.ts'
import { intersection } from '../../../src/world/town/intersection.ts'
import { town } from '../../../src/world/town/town.ts'

const graph = buildLaneGraph(intersection({ lanes: 2, control: 'uncontrolled' }))
const roads = (lanes: number[]) => lanes.map((lane) => graph.network.road(graph.road[lane] as number).id)
const laneOfRoad = (id: string) => graph.find(graph.network.indexOf(id), 0, -1)

describe('a route', () => {
  test('changes lane where its turn needs another one, and is a smooth line to the place wanted [DRIVE-LANES-01]', () => {
    const route = findRoute(graph, { road: '1', lane: -2, s: 20 }, { road: '4', lane: 2, s: 60 })
    expect(roads(route.lanes)).toEqual(['1', '1', '1140', '4', '4'])
    const path = routePath(graph, route)
    expect(path.x[0]).toBeCloseTo(-195.75, 6)
    expect(path.y[0]).toBeCloseTo(-5.25, 6)
    expect(path.lane[0]).toBe(-2)
    const end = path.count - 1
    expect(path.x[end]).toBeCloseTo(5.25, 1)
    expect(path.lane[end]).toBe(2)
    expect(route.lengthM).toBeCloseTo(path.lengthM, -1)
    for (let index = 1; index < path.count; index++) {
      const gap = Math.hypot(
        (path.x[index] as number) - (path.x[index - 1] as number),
        (path.y[index] as number) - (path.y[index - 1] as number),
      )
      expect(gap).toBeLessThan(0.62)
      const turn = Math.abs((path.heading[index] as number) - (path.heading[index - 1] as number))
      expect(turn).toBeLessThan(0.1)
    }
  })

  test('leads from anywhere to anywhere in a town, and back round to a place behind [DRIVE-LANES-01]', () => {
    const made = buildLaneGraph(town({ columns: 3, rows: 3 }))
    const streets = made.network.roads.filter(({ junction }) => junction === null)
    for (const { id } of streets) {
      const route = findRoute(made, { road: '1', lane: -1, s: 40 }, { road: id, lane: 1, s: 20 })
      expect(routePath(made, route).count).toBeGreaterThan(10)
    }
    const round = findRoute(made, { road: '1', lane: -1, s: 40 }, { road: '1', lane: -1, s: 20 })
    expect(round.lengthM).toBeGreaterThan(300)
  })

  test('to a place beside its start, or behind it there, is a line too [DRIVE-LANES-01]', () => {
    for (const s of [20, 10]) {
      const beside = findRoute(graph, { road: '1', lane: -2, s: 20 }, { road: '1', lane: -1, s })
      const path = routePath(graph, beside)
      expect(path.count).toBeGreaterThanOrEqual(2)
      expect([...path.x].every(Number.isFinite)).toBe(true)
    }
  })

  test('is refused where no way leads [DRIVE-LANES-01]', () => {
    expect(() => findRoute(graph, { road: '1', lane: 1, s: 20 }, { road: '4', lane: 2, s: 60 })).toThrow(
      /No way leads/,
    )
    expect(() => findRoute(graph, { road: '1', lane: -5, s: 20 }, { road: '4', lane: 2, s: 60 })).toThrow(
      /no lane -5/,
    )
  })
})

describe('the ways through a junction', () => {
  const conflicts = junctionConflicts(graph)
  const between = (a: string, b: string) =>
    conflicts[laneOfRoad(a)]?.find(({ other }) => other === laneOfRoad(b))

  test('cross, merge, diverge or keep apart [DRIVE-LANES-02]', () => {
    expect(between('1130', '1240')?.kind).toBe('crossing')
    expect(between('1120', '1340')).toBeUndefined()
    expect(between('1140', '1130')?.kind).toBe('diverging')
    expect(between('1131', '1130')).toBeUndefined()
    expect(between('1130', '1310')).toBeUndefined()
    const merging = conflicts.flat().filter(({ kind }) => kind === 'merging')
    expect(merging.length).toBeGreaterThan(0)
    const crossing = between('1130', '1240')
    expect(crossing?.fromM).toBeGreaterThan(5)
    expect(crossing?.toM).toBeLessThan(graph.lengthM[laneOfRoad('1130')] as number)
  })

  test('yield to the right, and turning left to those who come towards them [DRIVE-LANES-02]', () => {
    // From the west straight on: who comes from the south is on the right.
    expect(between('1130', '1240')?.isYielding).toBe(true)
    expect(between('1240', '1130')?.isYielding).toBe(false)
    expect(between('1140', '1310')?.isYielding).toBe(true)
    expect(between('1310', '1140')?.isYielding).toBe(false)
  })

  test('yield by signs where there are signs [DRIVE-LANES-02]', () => {
    const signed = buildLaneGraph(intersection({ control: 'priority' }))
    const lane = (id: string) => signed.find(signed.network.indexOf(id), 0, -1)
    const yields = (a: string, b: string) =>
      junctionConflicts(signed)[lane(a)]?.find(({ other }) => other === lane(b))?.isYielding
    expect(yields('1130', '1240')).toBe(false)
    expect(yields('1240', '1130')).toBe(true)
    expect(yields('1140', '1310')).toBe(true)
  })
})
