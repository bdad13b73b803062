import type { ActionContent } from '../openscenario/scenario.ts'
import { laneCentre } from '../opendrive/road.ts'
import { Transition } from './transition.ts'
import type { World } from './world.ts'
import { shiftedLane } from './world.ts'

const tiny = 1e-6

/** Heading of rising s or against it, whichever the entity keeps to. */
function straight(world: World, entity: number): number {
  return world.direction(entity) === 1 ? 0 : Math.PI
}

/** Moves into another lane. The step's way is the entity's speed, shared between sideways and along. */
export class LaneChangeAction {
  readonly domain = 2
  readonly #world: World
  readonly #entity: number
  readonly #content: ActionContent & { kind: 'laneChange' }
  readonly #transition: Transition
  #lane = 0

  constructor(world: World, entity: number, content: ActionContent & { kind: 'laneChange' }) {
    this.#world = world
    this.#entity = entity
    this.#content = content
    this.#transition = new Transition(content.dynamics.shape)
  }

  start(): boolean {
    const world = this.#world
    const entity = this.#entity
    const content = this.#content
    const other = content.relativeTo
    this.#lane =
      other === null
        ? content.lane
        : shiftedLane(world.lane[other] as number, content.lane * world.direction(other))
    world.setTurn(entity, straight(world, entity))
    const road = world.network.road(world.road[entity] as number)
    this.#transition.reset(
      world.lateral(entity) - laneCentre(road, this.#lane, world.s[entity] as number),
      content.targetOffset,
    )
    const { dimension, value } = content.dynamics
    this.#transition.range = dimension === 'rate' ? this.#transition.rangeByRate(Math.abs(value)) : value
    return false
  }

  step(_timeS: number, dtS: number): boolean {
    const world = this.#world
    const entity = this.#entity
    const transition = this.#transition
    if (!world.isMoving(entity)) return false
    world.hasMoved[entity] = 1
    const way = Math.abs(world.speed[entity] as number) * dtS
    const slope = transition.slope()
    let turn: number
    let along: number
    let offset: number
    if (this.#content.dynamics.dimension === 'distance') {
      turn = Math.atan(slope)
      along = way * Math.cos(turn)
      transition.advance(along)
      offset = transition.value()
    } else {
      const sideways = Math.min(dtS * Math.abs(slope), way)
      along = Math.sqrt(way * way - sideways * sideways)
      turn = Math.atan2(Math.sign(slope) * sideways, along)
      if (dtS * Math.abs(slope) < way + tiny) {
        transition.advance(dtS)
        offset = transition.value()
      } else {
        transition.advance((way * transition.range) / Math.abs(transition.target - transition.start))
        offset = transition.value('linear')
      }
    }
    if (transition.isJump) along = way
    world.setLane(entity, world.road[entity] as number, this.#lane, world.s[entity] as number, offset)
    const isForward = (world.speed[entity] as number) >= 0 ? 1 : -1
    const direction = world.direction(entity)
    world.moveAlong(entity, world.alongReference(entity, along) * direction * isForward)
    this.#lane = world.lane[entity] as number
    const isDone = transition.isDone
    world.setTurn(entity, straight(world, entity) + (isDone ? 0 : turn * direction))
    world.attachLane(entity)
    return isDone
  }
}

/** Moves sideways within the lane, as fast as the lateral acceleration allows. */
export class LaneOffsetAction {
  readonly domain = 2
  readonly #world: World
  readonly #entity: number
  readonly #content: ActionContent & { kind: 'laneOffset' }
  readonly #transition: Transition

  constructor(world: World, entity: number, content: ActionContent & { kind: 'laneOffset' }) {
    this.#world = world
    this.#entity = entity
    this.#content = content
    this.#transition = new Transition(content.shape)
  }

  start(): boolean {
    const world = this.#world
    const entity = this.#entity
    const content = this.#content
    const transition = this.#transition
    const offset = world.offset[entity] as number
    transition.reset(offset, this.#target(offset))
    transition.range = transition.rangeByAcceleration(content.maxLateralAcc)
    return false
  }

  /** The offset of this step is that of the time before it: the first step leaves the entity where it is. */
  step(_timeS: number, dtS: number): boolean {
    const world = this.#world
    const entity = this.#entity
    const transition = this.#transition
    const isDone = transition.isDone
    // Once there, a continuous action keeps to what has moved since.
    if (isDone && this.#content.isContinuous) transition.target = this.#target(world.offset[entity] as number)
    const offset = isDone ? transition.target : transition.value()
    world.setLane(
      entity,
      world.road[entity] as number,
      world.lane[entity] as number,
      world.s[entity] as number,
      offset,
    )
    const speed = Math.max(tiny, Math.abs(world.speed[entity] as number))
    const turn = isDone ? 0 : Math.atan(transition.slope() / speed)
    world.setTurn(entity, straight(world, entity) + turn * world.direction(entity))
    transition.advance(dtS)
    return isDone && !this.#content.isContinuous
  }

  /** The offset that it is to have, which is `offset` now. */
  #target(offset: number): number {
    const world = this.#world
    const entity = this.#entity
    const content = this.#content
    const other = content.relativeTo
    if (other === null) return content.offset
    const centre = world.lateral(entity) - offset
    return world.lateral(other) + content.offset * world.direction(other) - centre
  }
}
