import type { LaneSection } from '../opendrive/road.ts'
import { laneDirection } from '../opendrive/road.ts'
import type { RoadNetwork } from '../opendrive/road-network.ts'
import { clamp, wrapAngle } from '@heavylift/core/math'

/** Spacing of samples along roads and inside junctions. */
const sampleM = 2
const junctionSampleM = 0.5

/**
 * Appends x, y, heading of a lane's centre, in the direction of its traffic, to `out`: evenly by s of the road, both ends included. Gives the length of
 * the centre. Headings are not wrapped.
 */
export function sampleLane(
  network: RoadNetwork,
  road: number,
  section: number,
  lane: number,
  out: number[],
): number {
  const on = network.road(road)
  const { s, end } = on.sections[section] as LaneSection
  const direction = laneDirection(on, lane)
  const pieces = Math.max(1, Math.ceil((end - s) / (on.junction === null ? sampleM : junctionSampleM)))
  const pose = new Float64Array(4)
  const first = out.length
  let lengthM = 0
  for (let i = 0; i <= pieces; i++) {
    const share = (direction === 1 ? i : pieces - i) / pieces
    // A hair inside the section, since its end belongs to the next one.
    const at = s + clamp(share * (end - s), 1e-9, end - s - 1e-9)
    network.lanePose(road, lane, at, 0, pose)
    const [x = 0, y = 0, raw = 0] = pose
    if (i === 0) {
      out.push(x, y, wrapAngle(raw))
      continue
    }
    const from = first + 3 * (i - 1)
    const before = out[from + 2] as number
    lengthM += Math.hypot(x - (out[from] as number), y - (out[from + 1] as number))
    out.push(x, y, before + wrapAngle(raw - before))
  }
  return lengthM
}
