import { lanesAfter } from '../opendrive/follow-lane.ts'
import type { LaneSection } from '../opendrive/road.ts'
import { laneCentre, laneDirection } from '../opendrive/road.ts'
import type { RoadNetwork } from '../opendrive/road-network.ts'
import type { SignalTable } from '../scene/signal-table.ts'

/** A sidewalk of one road. Positions on it are s of the road. */
export interface Walkway {
  road: number
  lane: number
  lengthM: number
  widthM: number
  /** Walkways at its lower and its upper end, with the position where they are entered. */
  links: [{ walkway: number; s: number }[], { walkway: number; s: number }[]]
}

export interface Crosswalk {
  road: number
  s: number
  /** From one edge of the carriageway to the other, as t of the road. */
  fromT: number
  toT: number
  widthM: number
  /** The sidewalks that it joins: at lower t and at higher t. */
  walkways: [number, number]
  /** Traffic lights that stop the traffic that crosses it from outside the junction. */
  heads: number[]
  /** The middle. */
  x: number
  y: number
}

export interface WalkwayGraph {
  network: RoadNetwork
  walkways: Walkway[]
  crosswalks: Crosswalk[]
}

/** How far a traffic light's stop line is from a crosswalk that it protects, at most. */
const headM = 12

/** Sidewalks (lanes of type `sidewalk`) with their links, and the crosswalks (objects) between two of them. Roads of one section. */
export function walkwaysOf(network: RoadNetwork, signals: SignalTable | null): WalkwayGraph {
  const walkways: Walkway[] = []
  const numbers = new Map<string, number>()
  for (const [index, road] of network.roads.entries()) {
    const section = road.sections[0] as LaneSection
    for (const lane of [...section.left, ...section.right]) {
      if (lane.type !== 'sidewalk') continue
      numbers.set(`${index} ${lane.id}`, walkways.length)
      const widthM = lane.width.at(road.length / 2)
      walkways.push({ road: index, lane: lane.id, lengthM: road.length, widthM, links: [[], []] })
    }
  }
  for (const [number, walkway] of walkways.entries()) {
    const road = network.road(walkway.road)
    const direction = laneDirection(road, walkway.lane)
    const s = direction === 1 ? road.length : 0
    for (const next of lanesAfter(network, { road: walkway.road, lane: walkway.lane, s, direction })) {
      const other = numbers.get(`${next.road} ${next.lane}`)
      if (other === undefined) continue
      walkway.links[direction === 1 ? 1 : 0].push({ walkway: other, s: next.s })
      ;(walkways[other] as Walkway).links[next.s === 0 ? 0 : 1].push({ walkway: number, s })
    }
  }
  const crosswalks: Crosswalk[] = []
  const pose = new Float64Array(4)
  for (const [index, road] of network.roads.entries())
    for (const object of road.objects) {
      if (object.type !== 'crosswalk') continue
      const sides = [-1, 1].map((sign) =>
        walkways.findIndex((one) => one.road === index && Math.sign(one.lane) === sign),
      )
      if (sides.includes(-1)) continue
      network.trackPose(index, object.s, object.t, pose)
      crosswalks.push({
        road: index,
        s: object.s,
        fromT: object.t - object.width / 2,
        toT: object.t + object.width / 2,
        widthM: object.length,
        walkways: sides as [number, number],
        heads: (signals?.heads ?? []).flatMap((head, number) =>
          head.road === index && Math.abs(head.s - object.s) < headM ? [number] : [],
        ),
        x: pose[0] as number,
        y: pose[1] as number,
      })
    }
  return { network, walkways, crosswalks }
}

/** Lateral position t of a walkway's middle at s. */
export function walkwayT({ network }: WalkwayGraph, { road, lane }: Walkway, s: number): number {
  const on = network.road(road)
  return laneCentre(on, lane, s)
}
