import { expect, test } from 'vitest'
import { BrakingLevels } from '../../../src/driver/planning/braking-levels.ts'
import { LateralPath } from '../../../src/driver/planning/lateral-path.ts'
import { Occupancy } from '../../../src/driver/planning/occupancy.ts'
import { PathConflicts } from '../../../src/driver/planning/path-conflicts.ts'
import type { PlanInput } from '../../../src/driver/planning/planner.ts'
import { Proposal, comfortJerkMps3 } from '../../../src/driver/planning/proposal.ts'
import { simulateProposal } from '../../../src/driver/planning/simulate-proposal.ts'
import { restingState } from '../../../src/driver/vehicle.ts'
import { clearDay } from '../../../src/world/scene/environment.ts'
import { shape } from '../../support/plan-input.ts'

/** Most fall of the acceleration in 0.1 s with a wall `wallM` ahead, and the braking shortly before the standstill. */
function stopTo(wallM: number, policy: { crossing: 'yield' | 'react'; stopMps2: number }, fromMps = 10) {
  const path = new LateralPath()
  path.count = 200
  path.capMps.fill(10)
  const ego = { ...restingState, speedMps: fromMps }
  const levels = new BrakingLevels()
  levels.fill(fromMps, 0, 1)
  const proposal = new Proposal()
  simulateProposal(
    proposal,
    { name: 'tried', share: 1, jerkMps3: comfortJerkMps3, ...policy },
    path,
    new PathConflicts(),
    new Occupancy(),
    { ego, shape, environment: clearDay } as unknown as PlanInput,
    levels,
    shape.centreX + shape.lengthM / 2 + wallM,
  )
  const { accelerationMps2, speedMps } = proposal
  const falls = accelerationMps2.map((now, step) => (accelerationMps2[step - 1] ?? 0) - now)
  const last = accelerationMps2.findIndex((_, step) => step > 0 && speedMps[step] === 0)
  return { steepest: Math.max(...falls), atEnd: -(accelerationMps2[last - 2] ?? NaN) }
}

test('a planned stop begins softly, whatever is ahead; who has to stop before a near line brakes as hard as that needs [DRIVE-PLAN-10]', () => {
  expect(stopTo(9, { crossing: 'yield', stopMps2: 4 }).steepest).toBeCloseTo(comfortJerkMps3 / 10, 6)
  expect(stopTo(9, { crossing: 'react', stopMps2: 0 }).steepest).toBeGreaterThan(1)
  expect(stopTo(30, { crossing: 'react', stopMps2: 0 }).steepest).toBeLessThanOrEqual(
    comfortJerkMps3 / 10 + 1e-9,
  )
})

test('a comfortable stop ends without a jolt [DRIVE-PLAN-10]', () => {
  // What is left to let go of in the last step, in the mean over 0.4 s, is no jerk of 4 m/s³.
  expect(stopTo(5, { crossing: 'yield', stopMps2: 2 }, 3).atEnd).toBeLessThan(1.2)
})
