import { expect, test } from 'vitest'
import { BrakingLevels } from '../../../src/driver/planning/braking-levels.ts'
import { markGoingBack } from '../../../src/driver/planning/going-back.ts'
import { LateralPath } from '../../../src/driver/planning/lateral-path.ts'
import { Occupancy, wayPoints } from '../../../src/driver/planning/occupancy.ts'
import { PathConflicts } from '../../../src/driver/planning/path-conflicts.ts'
import { fillSpeedCap } from '../../../src/driver/planning/speed-cap.ts'
import { addAgent, sceneWith } from '../../support/road-scene.ts'
import { planInputOf, shape } from '../../support/plan-input.ts'

interface Other {
  x: number
  y: number
  speedMps: number
  /** Away from straight back along the road; positive comes into the vehicle's lane. */
  angleRad?: number
  yawRateRadps?: number
}

/** What a plan sees of one car that comes the other way, 12 m/s and 40 m along on the straight road. */
function seen({ x, y, speedMps, angleRad = 0, yawRateRadps = 0 }: Other) {
  const scene = sceneWith(12)
  scene.agents.x[0] = 40
  scene.agents.y[0] = -1.75
  const row = addAgent(scene, { name: 'oncoming', x, y, heading: Math.PI + angleRad, speedMps })
  scene.agents.yawRateRadps[row] = yawRateRadps
  const input = planInputOf(scene, 12)
  const own = { s: 0, lateral: 0, index: -1 }
  input.route.project(input.ego.x, input.ego.y, -1, own)
  const occupancy = new Occupancy()
  occupancy.fill(input, own)
  const path = new LateralPath()
  path.build(input, own, 0, 0, Infinity, 10)
  const conflicts = new PathConflicts()
  conflicts.fill(path, occupancy, shape, Infinity, Infinity)
  fillSpeedCap(path, conflicts, occupancy, input, undefined)
  return { occupancy, path, conflicts }
}

/** Least distance of its side to the middle of the vehicle's lane, until a time. */
function leastLeftM({ lMin }: Occupancy, untilS: number): number {
  return Math.min(...lMin.subarray(0, Math.min(wayPoints, Math.round(untilS / 0.2) + 1)))
}

test('who comes the other way keeps to their lane, whatever angle or turn is seen at a distance [DRIVE-PLAN-13]', () => {
  const lane = { x: 140, y: 1.75, speedMps: 25 }
  for (const noise of [{}, { yawRateRadps: 0.15 }, { yawRateRadps: -0.15 }, { angleRad: 0.03 }]) {
    const { occupancy, conflicts } = seen({ ...lane, ...noise })
    expect(leastLeftM(occupancy, 6)).toBeGreaterThan(1.2)
    expect(conflicts.count).toBe(0)
    // It nears at its pace.
    expect((occupancy.sMin[0] as number) - (occupancy.sMin[10] as number)).toBeCloseTo(50, 0)
  }
})

test('who changes over into the lane the other way is taken to arrive there [DRIVE-PLAN-13]', () => {
  const { occupancy, conflicts } = seen({ x: 140, y: 1.75, speedMps: 25, angleRad: 0.1 })
  expect(leastLeftM(occupancy, 2)).toBeLessThan(0.6)
  expect(conflicts.isCrossing[0]).toBe(1)
})

test('one slows down softly as soon as somebody comes in the own lane, and for nobody who keeps to theirs [DRIVE-PLAN-12]', () => {
  const asked = ({ path: { capMps, count } }: ReturnType<typeof seen>) => {
    let most = 0
    for (let metres = 1; metres < count; metres++)
      most = Math.max(most, (144 - (capMps[metres] as number) ** 2) / 2 / metres)
    return most
  }
  expect(asked(seen({ x: 150, y: 1.75, speedMps: 12 }))).toBeLessThan(0.1)
  const soft = asked(seen({ x: 150, y: -1.75, speedMps: 12 }))
  expect(soft).toBeGreaterThan(0.5)
  expect(soft).toBeLessThan(2.5)
})

/** Whether a car in the own lane, 125 m ahead and 20 m/s, that has so far to go yet past a lorry in its lane (14 m/s; none if null), is taken to go back in time. */
function goesBack(toGoM: number | null, egoMps = 12): boolean {
  const scene = sceneWith(egoMps)
  scene.agents.x[0] = 40
  scene.agents.y[0] = -1.75
  addAgent(scene, { name: 'overtaker', x: 165, y: -1.75, heading: Math.PI, speedMps: 20 })
  if (toGoM !== null)
    addAgent(scene, { name: 'lorry', x: 165 + 4.5 - toGoM + 6, y: 1.75, heading: Math.PI, speedMps: 14 })
  const input = planInputOf(scene, egoMps)
  const own = { s: 0, lateral: 0, index: -1 }
  input.route.project(input.ego.x, input.ego.y, -1, own)
  const occupancy = new Occupancy()
  occupancy.fill(input, own)
  const levels = new BrakingLevels()
  levels.fill(egoMps, 0, 1)
  markGoingBack(occupancy, levels, egoMps, own.s + shape.centreX + shape.lengthM / 2)
  return occupancy.goesBack[0] === 1
}

test('one need not brake hard yet for who overtakes the other way and will be back in time [DRIVE-PLAN-12]', () => {
  expect(goesBack(0)).toBe(true)
  expect(goesBack(6)).toBe(true)
  // Past it in more than two seconds, and two more to change lane: one meets before.
  expect(goesBack(14)).toBe(false)
  // Nobody whom they overtake: they may go on like that.
  expect(goesBack(null)).toBe(false)
  // Too fast to be able to stand later.
  expect(goesBack(0, 28)).toBe(false)
})
