import type { Scene } from '../../../world/scene/scene.ts'
import type { Sensor } from './sensor.ts'
import { Visibility } from './visibility.ts'

/**
 * Points of one lidar scan in the world (x, y, z, row of the agent; four numbers a point), by beams cast at the bodies' boxes; beams that meet no
 * body give none. For pictures and logs; the tracker's detections come from `SensorRig`, by the number of points that this would give.
 */
export function castPoints(scene: Scene, sensor: Sensor, beamRows = 16): Float64Array {
  const { agents, ego } = scene
  const heading = agents.heading[ego] as number
  const cos = Math.cos(heading)
  const sin = Math.sin(heading)
  const x = (agents.x[ego] as number) + sensor.aheadM * cos - sensor.leftM * sin
  const y = (agents.y[ego] as number) + sensor.aheadM * sin + sensor.leftM * cos
  const forward = heading + sensor.headingRad
  const visibility = new Visibility(agents.capacity)
  visibility.look(agents, ego, x, y, sensor.upM, forward, sensor.fieldOfViewRad, sensor.rangeM)
  const points: number[] = []
  const columns = Math.round(sensor.fieldOfViewRad / sensor.azimuthStepRad)
  for (let column = 0; column < columns; column++) {
    const angle = forward - sensor.fieldOfViewRad / 2 + (column + 0.5) * sensor.azimuthStepRad
    const ux = Math.cos(angle)
    const uy = Math.sin(angle)
    let blocked = -Infinity
    for (let at = 0; at < visibility.count; at++) {
      const row = visibility.rows[at] as number
      const distance = boxDistance(scene, row, x, y, ux, uy)
      if (distance > sensor.rangeM) continue
      const top = ((agents.heightM[row] as number) - sensor.upM) / distance
      for (let beam = 0; beam < beamRows; beam++) {
        const slope = ((beam + 1) / beamRows - 1) * 0.4 + 0.04
        if (slope > top || slope <= blocked || slope < -sensor.upM / distance) continue
        points.push(x + ux * distance, y + uy * distance, sensor.upM + slope * distance, row)
      }
      blocked = Math.max(blocked, top)
    }
  }
  return Float64Array.from(points)
}

/** Along a ray to where it enters a body's rectangle; infinite where it does not. */
function boxDistance({ agents }: Scene, row: number, x: number, y: number, ux: number, uy: number): number {
  const cos = Math.cos(agents.heading[row] as number)
  const sin = Math.sin(agents.heading[row] as number)
  const dx = x - (agents.x[row] as number)
  const dy = y - (agents.y[row] as number)
  let enter = 0
  let leave = Infinity
  for (let axis = 0; axis < 2; axis++) {
    const from = axis === 0 ? dx * cos + dy * sin : dy * cos - dx * sin
    const along = axis === 0 ? ux * cos + uy * sin : uy * cos - ux * sin
    const half = ((axis === 0 ? agents.lengthM[row] : agents.widthM[row]) as number) / 2
    if (Math.abs(along) < 1e-12) {
      if (Math.abs(from) > half) return Infinity
      continue
    }
    const one = (-half - from) / along
    const other = (half - from) / along
    enter = Math.max(enter, Math.min(one, other))
    leave = Math.min(leave, Math.max(one, other))
  }
  return enter > 0 && enter <= leave ? enter : Infinity
}
