import { followLane, lanesAfter } from '../../../src/world/opendrive/follow-lane.ts'
import type { LaneSection } from '../../../src/world/opendrive/road.ts'
import { laneDirection } from '../../../src/world/opendrive/road.ts'
import type { RoadNetwork } from '../../../src/world/opendrive/road-network.ts'
import { wrapAngle } from '@heavylift/core/math'

/** How far the lanes that follow one another are apart at worst, in metres and radians, and how many such pairs there are. */
export function laneEnds(network: RoadNetwork): { pairs: number; apartM: number; turnRad: number } {
  const here = new Float64Array(4)
  const there = new Float64Array(4)
  const worst = { pairs: 0, apartM: 0, turnRad: 0 }
  for (const [index, road] of network.roads.entries()) {
    for (const { id } of lanesOf(road.sections[0] as LaneSection)) {
      const direction = laneDirection(road, id)
      const s = direction === 1 ? road.length : 0
      for (const next of lanesAfter(network, { road: index, lane: id, s, direction })) {
        network.lanePose(index, id, s, 0, here)
        network.lanePose(next.road, next.lane, next.s, 0, there)
        worst.pairs++
        const apart = Math.hypot(
          (there[0] as number) - (here[0] as number),
          (there[1] as number) - (here[1] as number),
        )
        worst.apartM = Math.max(worst.apartM, apart)
        const turn = Math.abs(wrapAngle((there[2] as number) - (here[2] as number)))
        worst.turnRad = Math.max(worst.turnRad, turn)
      }
    }
  }
  return worst
}

/** The worst turn between places a step apart anywhere along lanes for driving: what a jump in heading would show up in. */
export function sharpestStep(network: RoadNetwork, stepM: number): number {
  const pose = new Float64Array(4)
  let sharpest = 0
  for (const [index, road] of network.roads.entries())
    for (const { id, type } of lanesOf(road.sections[0] as LaneSection)) {
      if (type !== 'driving') continue
      let before = NaN
      for (let s = 0; s <= road.length; s += stepM) {
        const place = followLane(network, { road: index, lane: id, s: 0, direction: 1 }, s)
        if (place.road !== index) break
        network.lanePose(index, id, s, 0, pose)
        const turn = Math.abs(wrapAngle((pose[2] as number) - before))
        if (turn > sharpest) sharpest = turn
        before = pose[2] as number
      }
    }
  return sharpest
}

function lanesOf(section: LaneSection) {
  return [...section.left, ...section.right]
}
