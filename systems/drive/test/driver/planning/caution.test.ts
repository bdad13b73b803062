import { expect, test } from 'vitest'
import { slowForJunction } from '../../../src/driver/planning/junction-caution.ts'
import { LateralPath } from '../../../src/driver/planning/lateral-path.ts'
import { Occupancy } from '../../../src/driver/planning/occupancy.ts'
import { PathConflicts } from '../../../src/driver/planning/path-conflicts.ts'
import { fillSpeedCap } from '../../../src/driver/planning/speed-cap.ts'
import type { PlanInput } from '../../../src/driver/planning/planner.ts'
import { addAgent, sceneWith } from '../../support/road-scene.ts'
import { planInputOf, shape } from '../../support/plan-input.ts'

const toFront = shape.centreX + shape.lengthM / 2

/** What a plan looks at in a scene: the path along the lane, who is where, how they meet. */
function looked(input: PlanInput) {
  const own = { s: input.ego.x, lateral: 0, index: -1 }
  input.route.project(input.ego.x, input.ego.y, -1, own)
  const occupancy = new Occupancy()
  occupancy.fill(input, own)
  const path = new LateralPath()
  path.build(input, own, 0, 0, Infinity, 10)
  const conflicts = new PathConflicts()
  conflicts.fill(path, occupancy, shape, Infinity, Infinity)
  return { path, occupancy, conflicts }
}

/** The braking that the highest speeds along a path ask for, at the most, from 12 m/s on. */
function asked({ capMps, count }: LateralPath): number {
  let most = 0
  for (let metres = 1; metres < count; metres++)
    most = Math.max(most, (144 - (capMps[metres] as number) ** 2) / 2 / metres)
  return most
}

test('one slows down in good time for who comes to a junction and may turn across [DRIVE-PLAN-12]', () => {
  const junction = { fromS: 100, toS: 124, hasLight: false, yields: false }
  const scene = sceneWith(12)
  // In the lane of the route, which is at y = −1.75; the other comes to the junction at 6 m/s, 76 m away.
  scene.agents.x[0] = 60
  scene.agents.y[0] = -1.75
  addAgent(scene, { name: 'oncoming', x: 136, y: 1.75, heading: Math.PI, speedMps: 6 })
  const input = planInputOf(scene, 12)
  const { path, occupancy, conflicts } = looked(input)
  fillSpeedCap(path, conflicts, occupancy, input, undefined)
  expect(asked(path)).toBeLessThan(0.1)
  slowForJunction(path, occupancy, input, path.startS + toFront, junction)
  expect(asked(path)).toBeGreaterThan(1)
  expect(asked(path)).toBeLessThan(2.5)
})

test('one is able to stop before somebody who is about to walk into the lane, though they would be across in time [DRIVE-PLAN-12]', () => {
  const capBefore = (walkMps: number, y: number) => {
    const scene = sceneWith(13)
    scene.agents.x[0] = 40
    scene.agents.y[0] = -1.75
    addAgent(scene, {
      name: 'walker',
      kind: 'pedestrian',
      x: 70,
      y,
      heading: -Math.PI / 2,
      speedMps: walkMps,
    })
    const input = planInputOf(scene)
    const { path, occupancy, conflicts } = looked(input)
    fillSpeedCap(path, conflicts, occupancy, input, undefined)
    // Five metres before the walker.
    return path.at(path.capMps, 65 - toFront)
  }
  expect(capBefore(1.8, 2.5)).toBeLessThan(Math.sqrt(2 * 3 * 5) + 1)
  // Who would not be there for long is no reason to; who stands nearer still is one for other rules.
  expect(capBefore(0.5, 4)).toBeGreaterThan(10)
})
