import type { Way } from '../opendrive/follow-lane.ts'
import { followLane, onward } from '../opendrive/follow-lane.ts'
import { laneAt, laneDirection, sectionIndexAt } from '../opendrive/road.ts'
import { openGround } from '../opendrive/open-ground.ts'
import type { RoadNetwork } from '../opendrive/road-network.ts'
import type { Entity, Position } from '../openscenario/scenario.ts'
import type { PoseFinder } from './pose-finder.ts'
import { Reaches } from './reaches.ts'
import { resolvePosition } from './resolve-position.ts'
import { Surroundings } from './surroundings.ts'
import { Trailers } from './trailers.ts'

const stillMps = 1e-6
const stepsToHalt = 3

/** Every entity's state in typed arrays, by index of the entity. Metres, seconds, radians. */
export class World implements PoseFinder {
  readonly network: RoadNetwork
  readonly entities: Entity[]
  readonly road: Int32Array
  readonly lane: Int32Array
  readonly s: Float64Array
  /** Left of the lane's centre, seen along rising s. */
  readonly offset: Float64Array
  /** Heading relative to rising s. */
  readonly turn: Float64Array
  readonly x: Float64Array
  readonly y: Float64Array
  readonly heading: Float64Array
  /** As a position has put them; 0 upright. */
  readonly pitch: Float64Array
  readonly roll: Float64Array
  readonly speed: Float64Array
  /** Speed that a controller has set for the next step; it is what an observer sees of this one. NaN without. */
  readonly controlledSpeed: Float64Array
  readonly travelled: Float64Array
  /** 1 where an action has moved the entity along in this step. */
  readonly hasMoved: Uint8Array
  readonly reaches: Reaches
  /** Of the last step, along its way; NaN before there was one. */
  readonly acceleration: Float64Array
  /** Of the last step, to the left, from how it turned; NaN before there was one. */
  readonly sideAcceleration: Float64Array
  /** How long it has stood still; how long since it was first seen at a dead end and off every lane, NaN where it is not. */
  readonly stillS: Float64Array
  readonly deadEndS: Float64Array
  /** Steps since a lane has ended in which it got no further; 0 where it has not. */
  readonly deadEndSteps: Uint8Array
  readonly offRoadS: Float64Array
  /** 0 for an entity that was taken out of the scenario. */
  readonly isPresent: Uint8Array
  /** What belongs to no entity. */
  readonly surroundings: Surroundings
  readonly trailers: Trailers
  /** There are no roads: everything goes where it points. */
  readonly #isOpen: boolean
  readonly #pose = new Float64Array(4)
  readonly #track = new Float64Array(2)

  constructor(network: RoadNetwork, entities: Entity[], surroundings = new Surroundings()) {
    const size = entities.length
    const numbers = () => new Float64Array(size)
    this.network = network
    this.entities = entities
    this.road = new Int32Array(size)
    this.lane = new Int32Array(size)
    this.s = numbers()
    this.offset = numbers()
    this.turn = numbers()
    this.x = numbers()
    this.y = numbers()
    this.heading = numbers()
    this.pitch = numbers()
    this.roll = numbers()
    this.speed = numbers()
    this.controlledSpeed = numbers().fill(NaN)
    this.travelled = numbers()
    this.hasMoved = new Uint8Array(size)
    this.reaches = new Reaches(entities)
    this.acceleration = numbers().fill(NaN)
    this.sideAcceleration = numbers().fill(NaN)
    this.stillS = numbers()
    this.deadEndS = numbers().fill(NaN)
    this.deadEndSteps = new Uint8Array(size)
    this.offRoadS = numbers().fill(NaN)
    this.isPresent = new Uint8Array(size).fill(1)
    this.surroundings = surroundings
    this.#isOpen = network === openGround
    this.trailers = new Trailers(this, entities)
  }

  /** +1 where the entity points along rising s, −1 against it. */
  direction(entity: number): 1 | -1 {
    const turn = this.turn[entity] as number
    return turn === 0 || Math.cos(turn) >= -1e-9 ? 1 : -1
  }

  lateral(entity: number): number {
    return (
      this.network.laneCentre(
        this.road[entity] as number,
        this.lane[entity] as number,
        this.s[entity] as number,
      ) + (this.offset[entity] as number)
    )
  }

  /** Puts an entity on a lane and updates where it is on the ground; `turn` stays. */
  setLane(entity: number, road: number, lane: number, s: number, offset: number): void {
    this.road[entity] = road
    this.lane[entity] = lane
    this.s[entity] = s
    this.offset[entity] = offset
    this.network.trackPose(road, s, this.lateral(entity), this.#pose)
    this.x[entity] = this.#pose[0] as number
    this.y[entity] = this.#pose[1] as number
    this.heading[entity] =
      (this.#pose[2] as number) + (this.turn[entity] as number) + this.#laneSlant(road, lane, s)
  }

  /** Angle of a lane's centre against the reference line, where widths change. */
  #laneSlant(road: number, lane: number, s: number): number {
    const slope = this.network.laneSlope(road, lane, s)
    return slope === 0
      ? 0
      : Math.atan2(slope, 1 - (this.#pose[3] as number) * this.network.laneCentre(road, lane, s))
  }

  setTurn(entity: number, turn: number): void {
    this.heading[entity] = (this.heading[entity] as number) + turn - (this.turn[entity] as number)
    this.turn[entity] = turn
  }

  /** Puts an entity at a place of the ground, onto the nearest road. */
  setGroundAnywhere(entity: number, x: number, y: number, heading: number): void {
    if (!this.#isOpen) this.road[entity] = this.network.nearest(x, y).road
    this.setGround(entity, x, y, heading)
  }

  /** Puts an entity at a place of the ground, onto the road that it is on. */
  setGround(entity: number, x: number, y: number, heading: number): void {
    if (this.#isOpen) {
      this.s[entity] = this.x[entity] = x
      this.offset[entity] = this.y[entity] = y
      this.turn[entity] = this.heading[entity] = heading
      return
    }
    this.network.project(this.road[entity] as number, x, y, this.#track)
    const s = this.#track[0] as number
    const found = this.network.locate(this.road[entity] as number, s, this.#track[1] as number)
    this.network.trackPose(found.road, s, 0, this.#pose)
    this.turn[entity] = heading - (this.#pose[2] as number)
    this.lane[entity] = found.lane
    this.s[entity] = s
    this.offset[entity] = found.offset
    this.x[entity] = x
    this.y[entity] = y
    this.heading[entity] = heading
  }

  /** The lane that an entity is over becomes its lane. */
  attachLane(entity: number): void {
    const road = this.road[entity] as number
    const s = this.s[entity] as number
    const t = this.lateral(entity)
    const lane = laneAt(this.network.road(road), s, t)
    this.lane[entity] = lane
    this.offset[entity] = t - this.network.laneCentre(road, lane, s)
  }

  /** Metres of s for a way of the entity, which on the inside of a bend is shorter than the reference line. */
  alongReference(entity: number, distance: number): number {
    const road = this.road[entity] as number
    const s = this.s[entity] as number
    const curvature = this.network.road(road).line.curvatureAt(s)
    if (curvature === 0) return distance
    // By t, not by how far that is on the ground of a banked road: esmini's recordings go by it.
    const left = this.lateral(entity)
    return distance / Math.max(0.1, 1 - curvature * left)
  }

  /** Moves an entity the way that it points, keeping lane, offset and turn. At a dead end it stops. */
  move(entity: number, distance: number): void {
    // Without roads there is nothing to go along: who follows no trajectory stands.
    if (this.#isOpen) {
      this.speed[entity] = 0
      return
    }
    const ds = this.alongReference(entity, distance) * this.direction(entity)
    this.moveAlong(entity, ds)
  }

  /** Moves an entity by `ds` of s, over the ends of sections and roads where there are any. */
  moveAlong(entity: number, ds: number): void {
    const road = this.road[entity] as number
    const lane = this.lane[entity] as number
    const from = this.s[entity] as number
    const on = this.network.road(road)
    const to = from + ds
    const route = this.routes.get(entity)
    if (
      !(route && this.network.exits.has(road)) &&
      to >= 0 &&
      to <= on.length &&
      (on.sections.length === 1 || sectionIndexAt(on, to) === sectionIndexAt(on, from))
    ) {
      const on = this.network.laneWithRoom(road, lane, to)
      this.setLane(entity, road, on, to, on === lane ? (this.offset[entity] as number) : 0)
      if (ds !== 0) this.deadEndSteps[entity] = 0
      return
    }
    const direction = ds < 0 ? -1 : 1
    const end = followLane(this.network, { road, lane, s: from, direction }, Math.abs(ds), route)
    if (route) this.routes.set(entity, onward(route, road, end.road))
    const isReversed = end.direction !== direction
    if (isReversed) this.turn[entity] = (this.turn[entity] as number) + Math.PI
    const offset = this.offset[entity] as number
    this.setLane(entity, end.road, end.lane, end.s, isReversed ? -offset : offset)
    if (end.remaining > 0) this.#halt(entity)
    else this.deadEndSteps[entity] = 0
  }

  /** A lane has ended: the entity stands there, and from the third step on its speed is 0 too. */
  #halt(entity: number): void {
    const steps = (this.deadEndSteps[entity] as number) + 1
    this.deadEndSteps[entity] = Math.min(steps, stepsToHalt)
    if (steps >= stepsToHalt) this.speed[entity] = 0
  }

  /** Moves an entity by metres of the lane itself, which in bends are not those of the reference line. */
  #moveAlongLane(entity: number, way: number): void {
    const pieces = Math.max(1, Math.ceil(Math.abs(way)))
    for (let piece = 0; piece < pieces; piece++)
      this.moveAlong(entity, this.alongReference(entity, way / pieces))
  }

  /** Rises where triggers are looked at, and again where actions move what is there. */
  halfSteps = 0
  /** The way that an entity was given. */
  readonly routes = new Map<number, Way>()
  /** Points (`pathColumns`) of the trajectory that an entity follows or has followed, how far it has come, and when it last did. */
  readonly trajectories = new Map<number, { path: Float64Array; wayM: number; halfSteps: number }>()
  /** Modes of an entity's lights that the scenario has set, by the name of the light. */
  readonly lights = new Map<number, Map<string, string>>()
  /** What sees an entity, where the scenario has said so. */
  readonly visibility = new Map<number, { isVisible: boolean; inTraffic: boolean; inSensors: boolean }>()

  setLight(entity: number, light: string, mode: string): void {
    const lights = this.lights.get(entity) ?? new Map<string, string>()
    this.lights.set(entity, lights.set(light, mode))
  }

  setVisibility(
    entity: number,
    { isVisible, inTraffic, inSensors }: { isVisible: boolean; inTraffic: boolean; inSensors: boolean },
  ): void {
    this.visibility.set(entity, { isVisible, inTraffic, inSensors })
  }

  isMoving(entity: number): boolean {
    return Math.abs(this.speed[entity] as number) > stillMps
  }

  readonly #resolved = new Map<Position, Position>()

  /** A position on a route or a trajectory as a place, found when it is first asked for; another as it is. */
  placeFor(position: Position): Exclude<Position, { kind: 'route' | 'trajectory' | 'earth' }> {
    if (position.kind !== 'route' && position.kind !== 'trajectory' && position.kind !== 'earth')
      return position
    const known = this.#resolved.get(position) ?? resolvePosition(this, position)
    this.#resolved.set(position, known)
    return this.placeFor(known)
  }

  poseOf(entity: number): [x: number, y: number, heading: number] {
    return [this.x[entity] as number, this.y[entity] as number, this.heading[entity] as number]
  }

  /** x, y and heading that a position would give an entity, which stays where it is. */
  poseFor(entity: number, position: Position): [x: number, y: number, heading: number] {
    const { road, lane, s, offset, turn, x, y, heading, pitch, roll } = this
    const columns = [road, lane, s, offset, turn, x, y, heading, pitch, roll]
    const was = columns.map((column) => column[entity] as number)
    this.place(entity, position)
    const pose = this.poseOf(entity)
    for (const [index, column] of columns.entries()) column[entity] = was[index] as number
    return pose
  }

  /** Puts an entity at a position. */
  place(entity: number, at: Position): void {
    const position = this.placeFor(at)
    const { pitch = 0, roll = 0 } = position
    const other = 'dx' in position && position.isHeadingRelative ? position.entity : -1
    // It may be put beside where it stands itself.
    const [wasPitch, wasRoll] = other < 0 ? [0, 0] : [this.pitch[other] as number, this.roll[other] as number]
    this.deadEndSteps[entity] = 0
    this.#put(entity, position)
    this.pitch[entity] = wasPitch + pitch
    this.roll[entity] = wasRoll + roll
  }

  /** Where on the ground a place lies that is said along the axes of another entity, or of the world from there. */
  beside({
    kind,
    entity,
    dx,
    dy,
    dz = 0,
  }: Extract<Position, { kind: 'relativeObject' | 'relativeWorld' }>): [x: number, y: number] {
    const isOwn = kind === 'relativeObject'
    const [heading, pitch, roll] = isOwn
      ? [this.heading[entity] as number, this.pitch[entity] as number, this.roll[entity] as number]
      : [0, 0, 0]
    // Turned by roll, then pitch, then heading (ISO 8855).
    const left = dy * Math.cos(roll) - dz * Math.sin(roll)
    const up = dy * Math.sin(roll) + dz * Math.cos(roll)
    const ahead = dx * Math.cos(pitch) + up * Math.sin(pitch)
    return [
      (this.x[entity] as number) + ahead * Math.cos(heading) - left * Math.sin(heading),
      (this.y[entity] as number) + ahead * Math.sin(heading) + left * Math.cos(heading),
    ]
  }

  #put(entity: number, position: ReturnType<World['placeFor']>): void {
    switch (position.kind) {
      case 'world':
        this.setGroundAnywhere(entity, position.x, position.y, position.heading)
        return
      case 'lane':
        this.setLane(entity, this.network.indexOf(position.road), position.lane, position.s, position.offset)
        break
      case 'road': {
        const found = this.network.locate(this.network.indexOf(position.road), position.s, position.t)
        this.setLane(entity, found.road, found.lane, found.s, found.offset)
        break
      }
      case 'relativeLane': {
        const from = position.entity
        this.turn[entity] = this.turn[from] as number
        const lane = shiftedLane(this.lane[from] as number, position.dLane * this.direction(from))
        this.setLane(entity, this.road[from] as number, lane, this.s[from] as number, position.offset)
        if (position.isAlongLane) this.#moveAlongLane(entity, position.ds * this.direction(from))
        else this.moveAlong(entity, position.ds * this.direction(from))
        break
      }
      case 'relativeRoad': {
        const from = position.entity
        const road = this.road[from] as number
        const t = this.lateral(from) + position.dt
        const found = this.network.locate(road, this.s[from] as number, t)
        this.turn[entity] = 0
        this.setLane(entity, road, found.lane, found.s, found.offset)
        this.moveAlong(entity, position.ds)
        break
      }
      case 'relativeObject':
      case 'relativeWorld': {
        const from = position.entity
        const own = this.heading[from] as number
        const [x, y] = this.beside(position)
        this.setGroundAnywhere(entity, x, y, position.heading + (position.isHeadingRelative ? own : 0))
        return
      }
    }
    const road = this.network.road(this.road[entity] as number)
    const isBeside = position.kind === 'relativeLane' || position.kind === 'relativeRoad'
    // Beside another entity it looks the way that the other does along the road, whatever the direction of its lane.
    // In coordinates of the road it looks along its s, in a lane the way that this is driven.
    const isAlong = isBeside
      ? this.direction(position.entity) === 1
      : position.kind === 'road' || laneDirection(road, this.lane[entity] as number) === 1
    const along = isAlong ? 0 : Math.PI
    const ahead = (this.heading[entity] as number) - (this.turn[entity] as number)
    this.setTurn(entity, position.isHeadingRelative ? along + position.heading : position.heading - ahead)
  }
}

/** The lane `by` lanes to the left, where there is no lane 0. */
export function shiftedLane(lane: number, by: number): number {
  const shifted = lane + by
  return shifted === 0 || Math.sign(shifted) !== Math.sign(lane) ? shifted + Math.sign(by) : shifted
}
