import { describe, expect, test } from 'vitest'
import { rssLongitudinalM } from '../../../src/driver/reference/rss-distances.ts'
import { Guardian } from '../../../src/driver/safety/guardian.ts'
import { rssParameters } from '../../../src/driver/safety/rss-rule.ts'
import { planInputOf } from '../../support/plan-input.ts'
import { sceneOf } from '../../support/scene.ts'
import type { MadeAgent } from '../../support/scene.ts'

const laneY = -1.75
const ego = { x: 100, y: laneY, speedMps: 12 }

/** What the layer makes of "go on as you are" beside one other agent. */
function checked(other: MadeAgent, friction = 1, steer = 0) {
  const scene = sceneOf(ego, [other])
  scene.environment.friction = friction
  const guardian = new Guardian()
  const command = { accelerationMps2: 0.5, frontSteerRad: steer, rearSteerRad: 0 }
  guardian.check(planInputOf(scene), command)
  return { command, interventions: guardian.interventions }
}

describe('the safety layer', () => {
  test('brakes behind a slower car from the distance on that RSS calls unsafe [DRIVE-SAFETY-01]', () => {
    const safe = rssLongitudinalM(12, 6, rssParameters)
    const clear = checked({ x: 105 + safe + 0.1, y: laneY, speedMps: 6 })
    expect(clear).toEqual({
      command: { accelerationMps2: 0.5, frontSteerRad: 0, rearSteerRad: 0 },
      interventions: [],
    })
    const near = checked({ x: 105 + safe - 0.1, y: laneY, speedMps: 6 })
    expect(near.command.accelerationMps2).toBeLessThan(0)
    const nearer = checked({ x: 105 + safe / 2, y: laneY, speedMps: 6 })
    expect(nearer.command.accelerationMps2).toBe(-rssParameters.leastBrakingMps2)
    expect(near.interventions).toEqual([expect.stringMatching(/^rss-along: .* m to track 1 where/)])
  })

  test('leaves who drives safely beside alone [DRIVE-SAFETY-01]', () => {
    expect(checked({ x: 107, y: laneY - 3.2, speedMps: 10 }).interventions).toEqual([])
  })

  test('does not steer towards who is beside [DRIVE-SAFETY-01]', () => {
    const scene = sceneOf({ ...ego, heading: 0.03 }, [{ x: 100, y: laneY + 2.2, speedMps: 12 }])
    const guardian = new Guardian()
    const command = { accelerationMps2: 0, frontSteerRad: 0.1, rearSteerRad: 0 }
    guardian.check(planInputOf(scene), command)
    expect(command.frontSteerRad).toBe(0)
    expect(guardian.interventions[0]).toMatch(/^rss-beside/)
  })

  test('brakes with all the road holds when who crosses would be hit and later would be too late [DRIVE-SAFETY-02]', () => {
    // Walks at 1.5 m/s, 1 m short of the vehicle's side; the front is there in 0.75 s.
    const walker = {
      kind: 'pedestrian',
      lengthM: 0.5,
      widthM: 0.5,
      heading: Math.PI / 2,
      speedMps: 1.5,
    } as const
    const hit = checked({ ...walker, x: 111.5, y: laneY - 2 }, 0.6)
    expect(hit.command.accelerationMps2).toBeCloseTo(-0.6 * 9.81, 9)
    expect(hit.interventions).toEqual([expect.stringMatching(/^emergency-brake: 0\.\d s to track 1$/)])
    // Who will have crossed by then, and who is still far, is left alone.
    expect(checked({ ...walker, x: 111.5, y: laneY + 0.9 }).interventions).toEqual([])
    expect(checked({ ...walker, x: 140, y: laneY - 4 }).interventions).toEqual([])
  })

  test('leaves braking to the planner where braking a little later is enough, and brakes behind who brakes to a stand [DRIVE-SAFETY-02]', () => {
    // 3 m/s slower and 5 m ahead: there in 1.7 s, and 1 m/s² is enough.
    const slower = checked({ x: 110, y: laneY, speedMps: 9 })
    expect(slower.interventions.join()).not.toMatch(/emergency-brake/)
    const brakes = checked({ x: 110, y: laneY, speedMps: 9, accelerationMps2: -8 })
    expect(brakes.interventions.join()).toMatch(/emergency-brake/)
  })

  test('does not brake for what is passed in the next lane [DRIVE-SAFETY-02]', () => {
    expect(checked({ x: 112, y: laneY + 3.5, heading: Math.PI, speedMps: 14 }).interventions).toEqual([])
    expect(checked({ x: 108, y: laneY - 2.2 }).interventions).toEqual([])
  })
})
