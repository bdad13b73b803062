import type { Road } from './road.ts'
import { laneAt, laneOf, laneCentre, sectionIndexAt } from './road.ts'
import type { LaneSection } from './road.ts'

/** Whether points beside the line lie elsewhere on the ground than on a flat road. */
export function isBanked(road: Road): boolean {
  return road.surface !== undefined || !(road.superelevation.isConstant && road.superelevation.at(0) === 0)
}

/** Height of the surface above the plane of superelevation at (s, t). Level lanes are kept out of the superelevation beyond their inner border. */
function heightAbovePlane(road: Road, s: number, t: number, bank: number): number {
  const height = road.surface?.heightAt(s, t) ?? 0
  if (bank === 0) return height
  const lane = laneAt(road, s, t)
  const section = road.sections[sectionIndexAt(road, s)] as LaneSection
  const on = laneOf(section, lane)
  if (!on?.isLevel) return height
  const inner = laneCentre(road, lane, s) - (Math.sign(lane) * on.width.at(s - section.s)) / 2
  return (road.surface?.heightAt(s, inner) ?? 0) - Math.tan(bank) * (t - inner)
}

/**
 * Turns the pose of the reference line at `s` in `out` (x, y, heading, curvature) into that of the point at `t` on the surface: the t axis is turned about the
 * line by the superelevation, and heights of the surface stand on it (OpenDRIVE 1.7, 9.5). Gives the height of the point.
 */
export function placeOnSurface(road: Road, s: number, t: number, out: Float64Array): number {
  const bank = road.superelevation.at(s)
  const pitch = Math.atan(road.elevation.slopeAt(s))
  const height = heightAbovePlane(road, s, t, bank)
  const sinBank = Math.sin(bank)
  const cosBank = Math.cos(bank)
  const cos = Math.cos(out[2] as number)
  const sin = Math.sin(out[2] as number)
  const left = t * cosBank - height * sinBank
  const up = t * sinBank + height * cosBank
  const ahead = -Math.sin(pitch) * up
  out[0] = (out[0] as number) + ahead * cos - left * sin
  out[1] = (out[1] as number) + ahead * sin + left * cos
  return road.elevation.at(s) + Math.cos(pitch) * up
}

/** How far on the ground a point that is `t` beside the line on the surface lies beside it. */
export function leftOnGround(road: Road, s: number, t: number): number {
  const bank = road.superelevation.at(s)
  return t * Math.cos(bank) - heightAbovePlane(road, s, t, bank) * Math.sin(bank)
}
