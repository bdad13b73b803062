import { comfort } from '../../src/driver/planning/comfort.ts'
import type { Recording } from '../../src/clearance/recordings/recording.ts'
import { wrapAngle } from '@heavylift/core/math'
import type { Curve } from './frames.ts'
import { framesOf } from './frames.ts'

/** How the vehicle under test moved, and how much of the time that was comfortable. */
export interface VehicleFigures {
  longitudinal: Curve
  lateral: Curve
  jerk: Curve
  yawRate: Curve
  /** Share of the time inside all comfort limits, 0..1. */
  comfortableShare: number
  hardestBrakingMps2: number
}

export function vehicleFigures(recording: Recording): VehicleFigures {
  const curve = (name: string): Curve => ({ name, timeS: [], values: [] })
  const [longitudinal, lateral, jerk, yawRate] = [
    curve('ahead'),
    curve('sideways'),
    curve('jerk'),
    curve('yaw rate'),
  ]
  let before: { timeS: number; heading: number; accelerationMps2: number } | null = null
  let comfortable = 0
  for (const { frame, ego } of framesOf(recording)) {
    const dtS = before ? frame.timeS - before.timeS : 0
    const yaw = before && dtS > 0 ? wrapAngle(ego.heading - before.heading) / dtS : 0
    const change = before && dtS > 0 ? (ego.accelerationMps2 - before.accelerationMps2) / dtS : 0
    const sideways = yaw * ego.speedMps
    for (const [kept, value] of [
      [longitudinal, ego.accelerationMps2],
      [lateral, sideways],
      [jerk, change],
      [yawRate, yaw],
    ] as const) {
      kept.timeS.push(frame.timeS)
      kept.values.push(value)
    }
    if (
      ego.accelerationMps2 >= comfort.brakingMps2 &&
      ego.accelerationMps2 <= comfort.accelerationMps2 &&
      Math.abs(sideways) <= comfort.lateralMps2 &&
      Math.abs(change) <= comfort.jerkMps3 &&
      Math.abs(yaw) <= comfort.yawRateRadps
    )
      comfortable++
    before = { timeS: frame.timeS, heading: ego.heading, accelerationMps2: ego.accelerationMps2 }
  }
  return {
    longitudinal,
    lateral,
    jerk,
    yawRate,
    comfortableShare: comfortable / Math.max(1, longitudinal.values.length),
    hardestBrakingMps2: Math.max(0, ...longitudinal.values.map((value) => -value)),
  }
}
