import { clamp } from '@heavylift/core/math'
import { InvalidInputError } from '@heavylift/core'
import type { ActionContent, ControllerSettings, Entity } from '../openscenario/scenario.ts'
import { lateralDistance, longitudinalDistance } from './distance.ts'
import { lanesAhead, wayOn } from './way-ahead.ts'
import type { World } from './world.ts'

const standstillGapM = 3
const usualTimeGapS = 1.5
const usualReachM = 5
const accelerationFactor = 0.7

/**
 * The simple lane-keeping controller that recordings of reference simulators have under the ego: it keeps the lane by doing nothing
 * sideways, keeps its set speed, and a time gap (1.5 s if it has no other) plus 3 m behind what is ahead in its lane, over the ends of roads too.
 */
export class Controllers {
  readonly #world: World
  readonly #isActive: Uint8Array
  readonly #isAssigned: Uint8Array
  readonly #setSpeed: Float64Array
  readonly #ownSpeed: Float64Array

  readonly #settings: ControllerSettings[]
  /** Shares of the pedals that the scenario holds; NaN where it holds none. */
  readonly #throttle: Float64Array
  readonly #brake: Float64Array

  constructor(world: World) {
    this.#world = world
    this.#isActive = new Uint8Array(world.entities.length)
    this.#isAssigned = Uint8Array.from(world.entities, ({ controller }) => (controller === null ? 0 : 1))
    this.#setSpeed = new Float64Array(world.entities.length)
    this.#ownSpeed = new Float64Array(world.entities.length)
    this.#settings = world.entities.map(({ controllerSettings = {} }) => controllerSettings)
    this.#throttle = new Float64Array(world.entities.length).fill(NaN)
    this.#brake = new Float64Array(world.entities.length).fill(NaN)
  }

  /** Of several controllers, the one of this name is the one that is switched on. */
  choose(entity: number, name: string): void {
    const other = this.#world.entities[entity]?.otherControllers?.find((one) => one.name === name)
    if (other) this.#settings[entity] = other.settings ?? {}
  }

  /** Does nothing for an entity that has no controller, or one of another simulator. */
  activate(entity: number): void {
    if (!this.#isAssigned[entity] || this.#settings[entity]?.isForeign) return
    this.#isActive[entity] = 1
    const speed = this.#world.speed[entity] as number
    const { isOverride, setSpeedMps } = this.#settings[entity] as ControllerSettings
    this.#ownSpeed[entity] = speed
    this.#setSpeed[entity] = isOverride && setSpeedMps !== undefined ? setSpeedMps : speed
  }

  /** Gives an entity the controller, not yet at work. */
  assign(entity: number, settings: ControllerSettings = {}): void {
    this.#isAssigned[entity] = 1
    this.#settings[entity] = settings
  }

  deactivate(entity: number): void {
    this.#isActive[entity] = 0
  }

  /** Holds pedals or lets them go. Throws `entity-limits-missing` for an entity without a performance, which has nothing that they are a share of. */
  override(entity: number, { throttle, brake }: ActionContent & { kind: 'overrideController' }): void {
    const { name, maxAccelerationMps2, maxDecelerationMps2 } = this.#world.entities[entity] as Entity
    if (!Number.isFinite(maxAccelerationMps2 + maxDecelerationMps2))
      throw new InvalidInputError({
        code: 'entity-limits-missing',
        message: `The pedals of ${name} cannot be held: give it a <Performance> that says how it speeds up and slows down.`,
      })
    if (throttle !== undefined) this.#throttle[entity] = throttle ?? NaN
    if (brake !== undefined) this.#brake[entity] = brake ?? NaN
  }

  #holdsPedal(entity: number): boolean {
    return !Number.isNaN(this.#throttle[entity] as number) || !Number.isNaN(this.#brake[entity] as number)
  }

  /** Speeds up and slows down by what the pedals are held at, forwards only. */
  #drive(entity: number, dtS: number): void {
    const world = this.#world
    const limits = world.entities[entity] as Entity
    const held =
      (this.#throttle[entity] || 0) * limits.maxAccelerationMps2 -
      (this.#brake[entity] || 0) * limits.maxDecelerationMps2
    const speed = (world.speed[entity] as number) + held * dtS
    const bound = clamp(speed, 0, limits.maxSpeedMps)
    this.#ownSpeed[entity] = bound
    world.controlledSpeed[entity] = bound
  }

  step(dtS: number): void {
    for (let entity = 0; entity < this.#isActive.length; entity++)
      if (this.#holdsPedal(entity)) this.#drive(entity, dtS)
      else if (this.#isActive[entity]) this.#control(entity, dtS)
  }

  #control(entity: number, dtS: number): void {
    const world = this.#world
    const limits = world.entities[entity] as Entity
    const given = world.speed[entity] as number
    let speed = this.#ownSpeed[entity] as number
    // Another action changed the speed: that is the new set speed.
    if (Math.abs(given - speed) > 1e-3) this.#setSpeed[entity] = given
    const set = this.#setSpeed[entity] as number
    const lead = this.#lead(entity, speed)
    if (lead < 0) {
      const wanted = (set - speed) * accelerationFactor * limits.maxAccelerationMps2
      const bound = clamp(
        wanted,
        -limits.maxDecelerationMps2,
        accelerationFactor * limits.maxAccelerationMps2,
      )
      const next = speed + bound * dtS
      speed = Math.abs(next - set) > Math.abs(speed - set) ? set : next
    } else if (this.#leadGap < 1) {
      speed = 0
    } else {
      const leadSpeed = world.speed[lead] as number
      const { timeGapS = usualTimeGapS } = this.#settings[entity] as ControllerSettings
      const follow = standstillGapM + timeGapS * Math.abs(Math.max(speed, leadSpeed))
      const weight = Math.min(1, (this.#leadGap - follow) / follow)
      const wanted = 2.5 * weight - weight * (speed - set) - (1 - weight) * (speed - Math.min(set, leadSpeed))
      const bound = clamp(wanted, -limits.maxDecelerationMps2, limits.maxAccelerationMps2)
      // Catching up never takes it above its set speed.
      speed = Math.min(Math.max(0, speed + bound * dtS), Math.max(speed, set))
    }
    this.#ownSpeed[entity] = speed
    world.controlledSpeed[entity] = speed
  }

  #leadGap = 0

  /** The nearest entity ahead in the lane, or one cutting in close by; −1 without. Sets `leadGap`. */
  #lead(entity: number, speed: number): number {
    const world = this.#world
    const limits = world.entities[entity] as Entity
    const lookahead = Math.max(50, 2 * standstillGapM + (speed * speed) / limits.maxDecelerationMps2)
    const { lateralReachM = usualReachM } = this.#settings[entity] as ControllerSettings
    let found = -1
    let smallest = Infinity
    for (let other = 0; other < world.entities.length; other++) {
      if (other === entity || world.road[other] !== world.road[entity]) continue
      const body = (world.entities[other] as Entity).body
      const ahead = ((world.s[other] as number) - (world.s[entity] as number)) * world.direction(entity)
      const turn = (world.heading[other] as number) - (world.heading[entity] as number)
      const isSameWay = turn === 0 || Math.cos(turn) > 0
      const rear = body.length / 2 + (isSameWay ? -body.centreX : body.centreX)
      const gap = ahead - (limits.body.length / 2 + limits.body.centreX) - rear
      const sideways = Math.abs(world.lateral(other) - world.lateral(entity))
      if (
        ahead < lookahead &&
        world.lane[other] === world.lane[entity] &&
        gap > 0 &&
        gap < smallest &&
        sideways < lateralReachM
      ) {
        smallest = gap
        found = other
        continue
      }
      const close = longitudinalDistance(world, entity, other, true)
      const reach = 1 + body.length + 0.5 * Math.max(0, speed - (world.speed[other] as number))
      if (!(close > 0 && close < reach)) continue
      const beside = lateralDistance(world, entity, other, true)
      if (beside < 0.2 && beside > -0.5) {
        smallest = close
        found = other
      }
    }
    this.#leadGap = smallest
    return this.#leadBeyond(entity, lookahead, lateralReachM, found)
  }

  /** One that is nearer than `leadGap`, in a lane that follows, on another section or road; else `found`. */
  #leadBeyond(entity: number, lookahead: number, reachM: number, found: number): number {
    const world = this.#world
    const road = world.network.road(world.road[entity] as number)
    const s = world.s[entity] as number
    const direction = world.direction(entity)
    const toEnd = direction === 1 ? road.length - s : s
    if (road.sections.length === 1 && toEnd > lookahead) return found
    let lead = found
    const front = reachAhead(world.entities[entity] as Entity, true)
    const own = (world.offset[entity] as number) * direction
    for (const place of lanesAhead(world, entity, lookahead))
      for (let other = 0; other < world.entities.length; other++) {
        if (other === entity || world.road[other] !== place.road || world.lane[other] !== place.lane) continue
        const on = wayOn(world, place, other)
        const ahead = place.wayM + on
        if (on < 0 || ahead >= lookahead) continue
        const isSameWay = world.direction(other) === place.direction
        const gap = ahead - front - reachAhead(world.entities[other] as Entity, !isSameWay)
        const sideways = Math.abs((world.offset[other] as number) * place.direction - own)
        if (!(gap > 0 && gap < this.#leadGap && sideways < reachM)) continue
        this.#leadGap = gap
        lead = other
      }
    return lead
  }
}

/** How far a body reaches from its reference point, forwards or backwards. */
function reachAhead({ body }: Entity, isForwards: boolean): number {
  return body.length / 2 + (isForwards ? body.centreX : -body.centreX)
}
