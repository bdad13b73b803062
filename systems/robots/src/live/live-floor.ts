import { createRandom } from '@heavylift/core'
import type { Random } from '@heavylift/core'
import { keepOrder } from '../execute/keep-order.ts'
import { Planner } from '../plan/planner.ts'
import { settingsFor } from '../plan/settings.ts'
import { moveAll } from '../simulate/step.ts'
import { Batteries } from './batteries.ts'
import { Deadlocks } from './deadlocks.ts'
import { LiveTasks } from './live-tasks.ts'
import type { Warehouse } from './made-warehouse.ts'
import { Zones } from './zones.ts'

/** Places in `robotStates`. */
const [idle, fetching, carrying, toCharger, charging, failed, held, stuck] = [0, 1, 2, 3, 4, 5, 6, 7]

export interface LiveFloorOptions {
  robots: number
  seed: string
  /** Units of work of a step. */
  units: number
  /** Chance of a robot to be late, a step, and for how many steps. */
  lateChance?: number
  lateSteps?: readonly [least: number, most: number]
  /** Steps that a robot stands where it fetches, and where it brings. Default 0. */
  handlingSteps?: number
  /** Ways with the traffic are learned beforehand; without it every way costs the same. */
  isGuided?: boolean
}

/** Steps without getting on after which a robot is stuck. */
const stuckSteps = 20

/** Cells of the way of a robot that another which gives way to it keeps off. */
const wayKeptFree = 30

/** A floor of robots that goes on step by step, with all that goes wrong on one. The same seed and commands give the same floor to the bit. */
export class LiveFloor {
  readonly warehouse: Warehouse
  readonly robots: number
  readonly states: Int32Array
  readonly tasks: LiveTasks
  readonly zones: Zones
  readonly batteries: Batteries
  readonly deadlocks: Deadlocks
  /** What each robot is about: place in `robotStates`. */
  readonly status: Uint8Array
  /** Why each robot failed: 0 it did not, 1 unplugged, 2 battery empty. */
  readonly failure: Uint8Array
  /** Steps since each robot last moved while it had somewhere to go. */
  readonly waited: Int32Array
  step = 0
  isStopped = false
  /** What the last plan took. */
  planMs = 0
  planUnits = 0
  /** Steps of the last one that were not done as planned. */
  late = 0
  /** Actions refused by the executor although planned: a fault of the planner, always 0. */
  invalidActions = 0
  readonly #random: Random
  readonly #planner: Planner
  readonly #options: Required<LiveFloorOptions>
  readonly #occupant: Int32Array
  readonly #lateUntil: Int32Array
  readonly #isHeld: Uint8Array
  readonly #isLate: Uint8Array
  readonly #shut: Uint8Array
  #isShutOld = false
  /** Robots on their way out of a closed zone. */
  readonly #leaving = new Set<number>()

  constructor(warehouse: Warehouse, options: LiveFloorOptions) {
    const { floor, kinds, faces, stations } = warehouse
    this.warehouse = warehouse
    this.#options = { lateChance: 0.001, lateSteps: [2, 8], isGuided: true, handlingSteps: 0, ...options }
    this.#random = createRandom(`floor ${options.seed}`)
    // Not in the way of stations and chargers, unless a floor has hardly anything else.
    const standing = Array.from(kinds.keys()).filter((cell) => floor.isFree[cell] === 1)
    const aside = standing.filter((cell) => kinds[cell] === 1 || kinds[cell] === 2)
    const places = aside.length > standing.length / 2 ? aside : standing
    this.robots = Math.min(options.robots, Math.floor(places.length * 0.9))
    this.states = Int32Array.from(
      this.#random.sample(places, this.robots),
      (cell) => cell * 4 + this.#random.int(0, 3),
    )
    const settings = settingsFor(places.length, this.robots)
    // Looking farther ahead wants more work, and room: where it is crowded nearly every way of more steps meets more than one other.
    const isCrowded = this.robots > places.length / 4
    const depth = isCrowded || options.units < 30 * this.robots ? 3 : 4
    this.#planner = new Planner(floor, this.states, {
      ...settings,
      depth: Math.min(settings.depth, depth),
      guidance: this.#options.isGuided
        ? { rounds: 24, against: 8, crowd: 2, seed: 'guidance', ends: { from: faces, to: stations } }
        : null,
    })
    this.tasks = new LiveTasks(warehouse, this.robots, this.#random, this.#options.handlingSteps)
    this.zones = new Zones(floor)
    this.batteries = new Batteries(warehouse, this.robots, this.#random)
    this.deadlocks = new Deadlocks(this.robots)
    this.status = new Uint8Array(this.robots)
    this.failure = new Uint8Array(this.robots)
    this.waited = new Int32Array(this.robots)
    this.#occupant = new Int32Array(floor.isFree.length).fill(-1)
    for (let robot = 0; robot < this.robots; robot++) this.#occupant[this.states[robot]! >> 2] = robot
    this.#lateUntil = new Int32Array(this.robots)
    this.#isHeld = new Uint8Array(this.robots)
    this.#isLate = new Uint8Array(this.robots)
    this.#shut = new Uint8Array(floor.isFree.length)
  }

  /** Pulls the plug of robots: they stand where they are until they are mended. */
  unplug(robots: readonly number[], why: 1 | 2 = 1): void {
    for (const robot of robots) if (this.failure[robot] === 0) this.failure[robot] = why
    this.#isShutOld = true
  }

  /** Picks robots that work, at random. */
  pick(count: number): number[] {
    const working = Array.from({ length: this.robots }, (_, robot) => robot).filter(
      (robot) => this.failure[robot] === 0,
    )
    return this.#random.sample(working, Math.min(count, working.length)).toSorted((a, b) => a - b)
  }

  mend(robots: readonly number[]): void {
    for (const robot of robots) {
      if (this.failure[robot] === 2) this.batteries.fill(robot, 0.5)
      this.failure[robot] = 0
    }
    this.#isShutOld = true
  }

  /** Zones have changed: the next step plans with them. */
  zonesChanged(): void {
    this.#isShutOld = true
  }

  /** Steps into cells cost so much more from the next step on, in steps. */
  price(prices: Float64Array): void {
    this.#planner.price(prices)
  }

  /** Plans and does a step; returns what each robot did (0 ahead, 1 right, 2 left, 3 wait), in an array of its own. */
  next(): Uint8Array {
    this.step++
    if (this.isStopped) {
      this.planMs = this.planUnits = 0
      this.#describe()
      return new Uint8Array(this.robots).fill(3)
    }
    this.#care()
    const startedMs = performance.now()
    const before = this.#planner.work
    if (this.#isShutOld) this.#shutCells()
    this.#planner.hold(this.#isHeld)
    const actions = Uint8Array.from(
      this.#planner.step(this.tasks, this.states, { units: this.#options.units }),
    )
    this.planMs = performance.now() - startedMs
    this.planUnits = this.#planner.work - before
    this.#delay(actions)
    const { floor } = this.warehouse
    this.late = keepOrder(floor, this.states, actions, this.#isLate, this.#occupant)
    this.invalidActions += moveAll(floor, this.states, actions, this.#occupant)
    this.tasks.arrive(this.states, this.step)
    this.tasks.reveal(this.step)
    this.#note(actions)
    this.#describe()
    return actions
  }

  /** Cells of the way that a robot has before it, to what it goes for next. */
  wayOf(robot: number): number[] {
    const task = this.tasks.ofRobot[robot]
    return task ? this.#planner.wayOf(this.states[robot]!, task.errands[task.next]!) : []
  }

  #care(): void {
    const { tasks, batteries, states } = this
    this.#leaveClosedZones()
    const empty = batteries.care(tasks, states, this.failure)
    if (empty.length > 0) this.unplug(empty, 2)
    for (let robot = 0; robot < this.robots; robot++)
      this.#isHeld[robot] =
        this.failure[robot]! > 0 ||
        batteries.isCharging(robot) ||
        tasks.isBusy(robot, this.step) ||
        this.zones.stops(states[robot]! >> 2)
          ? 1
          : 0
    this.deadlocks.watch({
      step: this.step,
      states,
      tasks,
      waited: this.waited,
      isHeld: this.#isHeld,
      occupant: this.#occupant,
      nextCellOf: (robot) => {
        const task = tasks.ofRobot[robot]
        return task ? this.#planner.wayOf(states[robot]!, task.errands[task.next]!, 2)[1] : undefined
      },
      asideOf: (robot, ring) => this.#cellAside(robot, ring),
    })
  }

  /** Who stands in a closed zone goes to the nearest cell outside, and then on with what it had. */
  #leaveClosedZones(): void {
    for (const robot of this.#leaving)
      if (!this.zones.closes(this.states[robot]! >> 2)) {
        this.tasks.endTrip(robot)
        this.#leaving.delete(robot)
      }
    if (this.zones.all.size === 0) return
    for (let robot = 0; robot < this.robots; robot++) {
      const cell = this.states[robot]! >> 2
      if (!this.zones.closes(cell) || this.#leaving.has(robot) || this.tasks.isTrip(robot)) continue
      this.tasks.send(robot, this.#cellOutside(cell))
      this.#leaving.add(robot)
    }
  }

  #cellOutside(from: number): number {
    const { ahead } = this.warehouse.floor
    const seen = new Set([from])
    for (const cell of seen) {
      if (!this.zones.closes(cell) && !this.zones.stops(cell)) return cell
      for (let direction = 0; direction < 4; direction++) {
        const to = ahead[cell * 4 + direction]!
        if (to >= 0) seen.add(to)
      }
    }
    return from
  }

  /** The nearest empty cell off the ways of the others of a ring, by a way on which none of them stands. */
  #cellAside(robot: number, ring: readonly number[]): { cell: number; steps: number } | null {
    const { ahead } = this.warehouse.floor
    const others = ring.filter((each) => each !== robot)
    const ways = new Set(others.flatMap((other) => this.wayOf(other).slice(0, wayKeptFree)))
    const standing = new Set(others.map((other) => this.states[other]! >> 2))
    const from = this.states[robot]! >> 2
    const far = new Map([[from, 0]])
    for (const [cell, steps] of far) {
      if (cell !== from && this.#occupant[cell]! < 0 && !ways.has(cell)) return { cell, steps }
      for (let direction = 0; direction < 4; direction++) {
        const to = ahead[cell * 4 + direction]!
        if (to < 0 || far.has(to) || standing.has(to) || this.#shut[to] === 1) continue
        far.set(to, steps + 1)
      }
    }
    return null
  }

  #shutCells(): void {
    this.#isShutOld = false
    this.zones.writeShut(this.#shut)
    for (let robot = 0; robot < this.robots; robot++)
      if (this.failure[robot]! > 0) this.#shut[this.states[robot]! >> 2] = 1
    this.#planner.shut(this.#shut)
  }

  /** Who does not act in this step: late by chance, slowed down, or not let into a zone. */
  #delay(actions: Uint8Array): void {
    const { lateChance, lateSteps } = this.#options
    for (let robot = 0; robot < this.robots; robot++) {
      if (this.#lateUntil[robot]! < this.step && this.#random.chance(lateChance))
        this.#lateUntil[robot] = this.step + this.#random.int(...lateSteps)
      this.#isLate[robot] = this.#lateUntil[robot]! >= this.step || this.#isHeld[robot] === 1 ? 1 : 0
    }
    this.zones.delay(this.step, this.states, actions, this.#isLate)
  }

  #note(actions: Uint8Array): void {
    this.batteries.use(actions)
    for (let robot = 0; robot < this.robots; robot++) {
      const wants = this.tasks.ofRobot[robot] !== null && this.#isHeld[robot] === 0
      this.waited[robot] = wants && actions[robot] === 3 ? this.waited[robot]! + 1 : 0
    }
  }

  #describe(): void {
    for (let robot = 0; robot < this.robots; robot++) {
      const task = this.tasks.ofRobot[robot]
      let status = task ? (task.id < 0 ? toCharger : task.next > 0 ? carrying : fetching) : idle
      if (this.batteries.isCharging(robot)) status = charging
      else if (this.failure[robot]! > 0) status = failed
      else if (this.isStopped || (this.#isHeld[robot] === 1 && !this.tasks.isBusy(robot, this.step)))
        status = held
      else if (this.waited[robot]! >= stuckSteps) status = stuck
      this.status[robot] = status
    }
  }
}
