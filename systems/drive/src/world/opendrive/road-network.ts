import { clamp } from '@heavylift/core/math'
import { NotFoundError } from '@heavylift/core'
import { isBanked, leftOnGround, placeOnSurface } from './banked-pose.ts'
import type { GeoReference } from './geo-reference.ts'
import type { MidwayExit } from './midway-exits.ts'
import { midwayExits } from './midway-exits.ts'
import type { Junction, LaneSection, Road, SignalController } from './road.ts'
import { laneAt, laneCentre, laneDirection, laneOf, laneSlope, sectionIndexAt } from './road.ts'

/** Where a point is on the roads. `t` is left of the reference line, `offset` left of the lane's centre seen along s. */
export interface RoadPosition {
  /** Index into `RoadNetwork.roads`. */
  road: number
  s: number
  t: number
  lane: number
  offset: number
}

/** A lane that is narrower is none. */
const leastWidthM = 1e-6

/** Spacing of the samples from which the nearest point is searched. */
const sampleM = 5

/** Lane centres of a section that has straight borders: t of lane i at index `middle` + i. */
interface LaneCentres {
  isConstant: boolean
  middle: number
  t: Float64Array
}

function laneCentres(road: Road, section: LaneSection): LaneCentres {
  const { left, right } = section
  const isConstant = road.laneOffset.isConstant && [...left, ...right].every(({ width }) => width.isConstant)
  const t = Array.from({ length: left.length + right.length + 1 }, (_, index) =>
    laneCentre(road, index - right.length, section.s),
  )
  return { isConstant, middle: right.length, t: Float64Array.from(t) }
}

/**
 * Roads and junctions with the queries that a simulator needs. Poses are written into a caller's array (x, y, heading, curvature), so
 * that a step allocates nothing. Headings are radians, not wrapped.
 */
export class RoadNetwork {
  readonly roads: Road[]
  readonly junctions: Map<string, Junction>
  readonly signalControllers: SignalController[]
  /** Null where the file does not say where on earth it lies. */
  readonly geoReference: GeoReference | null
  /** By the index of the road that they leave, in its midst. */
  readonly exits: ReadonlyMap<number, readonly MidwayExit[]>
  readonly #indexById: Map<string, number>
  readonly #samples: Float64Array[]
  /** By road and section. */
  readonly #centres: LaneCentres[][]
  readonly #isBanked: boolean[]
  readonly #scratch = new Float64Array(4)

  constructor(
    roads: Road[],
    junctions: Junction[],
    signalControllers: SignalController[] = [],
    geoReference: GeoReference | null = null,
  ) {
    this.roads = roads
    this.geoReference = geoReference
    this.signalControllers = signalControllers
    this.junctions = new Map(junctions.map((junction) => [junction.id, junction]))
    this.exits = midwayExits(roads, junctions)
    this.#indexById = new Map(roads.map((road, index) => [road.id, index]))
    this.#isBanked = roads.map(isBanked)
    this.#samples = roads.map((road) => this.#sample(road))
    this.#centres = roads.map((road) => road.sections.map((section) => laneCentres(road, section)))
  }

  road(index: number): Road {
    const road = this.roads[index]
    if (!road)
      throw new NotFoundError({ code: 'road-not-found', message: `There is no road at index ${index}.` })
    return road
  }

  has(id: string): boolean {
    return this.#indexById.has(id)
  }

  /** Throws `road-not-found`. */
  indexOf(id: string): number {
    const index = this.#indexById.get(id)
    if (index === undefined)
      throw new NotFoundError({ code: 'road-not-found', message: `There is no road "${id}".` })
    return index
  }

  /** (road, s, t) → x, y, heading along rising s, curvature of the reference line. */
  trackPose(road: number, s: number, t: number, out: Float64Array): void {
    const on = this.road(road)
    if (!this.#isBanked[road]) {
      on.line.evaluateBeside(s, t, out)
      return
    }
    on.line.evaluate(s, out)
    placeOnSurface(on, s, t, out)
  }

  /** Height above zero of the road's surface at (s, t), in metres. */
  heightAt(road: number, s: number, t: number): number {
    const on = this.road(road)
    on.line.evaluate(s, this.#scratch)
    return placeOnSurface(on, s, t, this.#scratch)
  }

  /** How far beside the line a point that is `t` beside it on the surface lies on the ground; t itself on flat roads. */
  leftOnGround(road: number, s: number, t: number): number {
    return this.#isBanked[road] ? leftOnGround(this.road(road), s, t) : t
  }

  /** +1 where traffic of the lane drives along rising s, −1 where against it. */
  drivingDirection(road: number, lane: number): 1 | -1 {
    return laneDirection(this.road(road), lane)
  }

  /** Lateral position t of a lane's centre at `s`, as `laneCentre` has it, looked up where it is the same all along the section. */
  laneCentre(road: number, lane: number, s: number): number {
    const on = this.road(road)
    const sections = this.#centres[road] as LaneCentres[]
    const centres = sections[sections.length === 1 ? 0 : sectionIndexAt(on, s)] as LaneCentres
    const index = lane + centres.middle
    if (centres.isConstant && index >= 0 && index < centres.t.length) return centres.t[index] as number
    return laneCentre(on, lane, s)
  }

  /** The lane itself, or, where it has no width (any more) at `s`, the nearest one inwards that has. */
  laneWithRoom(road: number, lane: number, s: number): number {
    const on = this.road(road)
    const index = on.sections.length === 1 ? 0 : sectionIndexAt(on, s)
    const centres = (this.#centres[road] as LaneCentres[])[index] as LaneCentres
    if (centres.isConstant) return lane
    const section = on.sections[index] as LaneSection
    for (let id = lane; id !== 0; id -= Math.sign(lane)) {
      const found = laneOf(section, id)
      if (found && found.width.at(s - section.s) > leastWidthM) return id
    }
    return lane
  }

  /** Slope dt/ds of a lane's centre at `s`. */
  laneSlope(road: number, lane: number, s: number): number {
    const on = this.road(road)
    const sections = this.#centres[road] as LaneCentres[]
    const centres = sections[sections.length === 1 ? 0 : sectionIndexAt(on, s)] as LaneCentres
    return centres.isConstant ? 0 : laneSlope(on, lane, s)
  }

  /** (road, lane, s, offset) → x, y, heading of the lane's traffic, curvature of the reference line. */
  lanePose(road: number, lane: number, s: number, offset: number, out: Float64Array): void {
    const on = this.road(road)
    const t = this.laneCentre(road, lane, s) + offset
    this.trackPose(road, s, t, out)
    const left = this.leftOnGround(road, s, t)
    const slope = laneSlope(on, lane, s)
    const along = Math.atan2(t === 0 ? slope : (slope * left) / t, 1 - left * (out[3] as number))
    out[2] = (out[2] as number) + along + (laneDirection(on, lane) === 1 ? 0 : Math.PI)
  }

  /** Writes s and t of (x, y) on one road into `out`. */
  project(road: number, x: number, y: number, out: Float64Array): void {
    const line = this.road(road).line
    const samples = this.#samples[road] as Float64Array
    const pose = this.#scratch
    let nearest = 0
    let nearestSquare = Infinity
    for (let i = 0; i < samples.length; i += 3) {
      const square = (x - (samples[i + 1] as number)) ** 2 + (y - (samples[i + 2] as number)) ** 2
      if (square < nearestSquare) {
        nearestSquare = square
        nearest = i
      }
    }
    let s = samples[nearest] as number
    for (let round = 0; round < 12; round++) {
      line.evaluate(s, pose)
      const dx = x - (pose[0] as number)
      const dy = y - (pose[1] as number)
      const cos = Math.cos(pose[2] as number)
      const sin = Math.sin(pose[2] as number)
      const ahead = dx * cos + dy * sin
      const left = dy * cos - dx * sin
      // Newton's step on the distance; beyond the centre of curvature it would turn round, so it is bound there.
      const step = ahead / Math.max(0.1, 1 - (pose[3] as number) * left)
      const next = clamp(s + step, 0, line.length)
      const hasSettled = Math.abs(next - s) < 1e-9
      s = next
      if (hasSettled) break
    }
    line.evaluate(s, pose)
    const left =
      (y - (pose[1] as number)) * Math.cos(pose[2] as number) -
      (x - (pose[0] as number)) * Math.sin(pose[2] as number)
    out[0] = s
    out[1] = left
    if (this.#isBanked[road]) this.#projectBanked(road, x, y, out)
  }

  /** Corrects s and t in `out`, which are those on a flat road, until their place on the surface lies at (x, y). */
  #projectBanked(road: number, x: number, y: number, out: Float64Array): void {
    const on = this.road(road)
    const pose = this.#scratch
    for (let round = 0; round < 12; round++) {
      const [s = 0, t = 0] = out
      this.trackPose(road, s, t, pose)
      const [px = 0, py = 0, heading = 0, curvature = 0] = pose
      const ahead = (x - px) * Math.cos(heading) + (y - py) * Math.sin(heading)
      const left = (y - py) * Math.cos(heading) - (x - px) * Math.sin(heading)
      out[0] = clamp(s + ahead / Math.max(0.1, 1 - curvature * t), 0, on.length)
      out[1] = t + left / Math.max(0.1, Math.cos(on.superelevation.at(s)))
      if (Math.abs(ahead) + Math.abs(left) < 1e-9) return
    }
  }

  /** The nearest reference line's position of (x, y). */
  nearest(x: number, y: number): RoadPosition {
    const out = new Float64Array(2)
    const pose = new Float64Array(4)
    let best: RoadPosition | null = null
    let bestDistance = Infinity
    for (let road = 0; road < this.roads.length; road++) {
      this.project(road, x, y, out)
      const s = out[0] as number
      const t = out[1] as number
      this.trackPose(road, s, 0, pose)
      const distance = Math.hypot(x - (pose[0] as number), y - (pose[1] as number))
      if (distance < bestDistance) {
        bestDistance = distance
        best = this.locate(road, s, t)
      }
    }
    return best as RoadPosition
  }

  /** (road, s, t) with the lane that it is on. */
  locate(road: number, s: number, t: number): RoadPosition {
    const on = this.road(road)
    const lane = laneAt(on, s, t)
    return { road, s, t, lane, offset: t - this.laneCentre(road, lane, s) }
  }

  #sample(road: Road): Float64Array {
    const count = Math.ceil(road.length / sampleM) + 1
    const samples = new Float64Array(count * 3)
    for (let i = 0; i < count; i++) {
      const s = Math.min(i * sampleM, road.length)
      road.line.evaluate(s, this.#scratch)
      samples[3 * i] = s
      samples[3 * i + 1] = this.#scratch[0] as number
      samples[3 * i + 2] = this.#scratch[1] as number
    }
    return samples
  }
}
