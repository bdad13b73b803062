import type { Random } from '@heavylift/core'
import type { LiveTasks } from './live-tasks.ts'
import type { Warehouse } from './made-warehouse.ts'

/**
 * Share of a battery that an action takes, that a step at a charger gives, below which a robot wants one, and at which it goes on. A robot drives for an hour and a half: on
 * the floor of the first screen chargers then take more than come.
 */
const [use, gain, low, full] = [0.00015, 0.02, 0.2, 0.9]

/** Charge of each robot, and who has which charger. Who finds none free goes on working until one is, and fails when the battery is empty. */
export class Batteries {
  /** 0 to 1. */
  readonly charge: Float32Array
  readonly #chargers: readonly number[]
  readonly #columns: number
  /** Robot that has each charger, or -1. */
  readonly #robotAt: Int32Array
  /** Charger of each robot, or -1. */
  readonly #chargerOf: Int32Array
  readonly #isCharging: Uint8Array
  /** Robots that want a charger and have none. */
  queue = 0

  constructor({ chargers, floor }: Warehouse, robots: number, random: Random) {
    this.#chargers = chargers
    this.#columns = floor.columns
    this.#robotAt = new Int32Array(chargers.length).fill(-1)
    this.#chargerOf = new Int32Array(robots).fill(-1)
    this.#isCharging = new Uint8Array(robots)
    this.charge = Float32Array.from({ length: robots }, () => 0.25 + 0.75 * random.next())
  }

  isCharging(robot: number): boolean {
    return this.#isCharging[robot] === 1
  }

  fill(robot: number, charge: number): void {
    this.charge[robot] = charge
  }

  /** Sends who is low to a charger, and lets go who is full. Returns those whose battery has just run out. */
  care(tasks: LiveTasks, states: Int32Array, failure: Uint8Array): number[] {
    const empty: number[] = []
    let free = this.#robotAt.filter((robot) => robot === -1).length
    this.queue = 0
    for (let robot = 0; robot < states.length; robot++) {
      const charger = this.#chargerOf[robot]!
      if (charger >= 0) {
        if (failure[robot]! > 0) continue
        if (states[robot]! >> 2 === this.#chargers[charger]) {
          this.#isCharging[robot] = 1
          this.charge[robot] = Math.min(1, this.charge[robot]! + gain)
        }
        if (this.charge[robot]! < full) continue
        this.#isCharging[robot] = 0
        this.#chargerOf[robot] = -1
        this.#robotAt[charger] = -1
        free++
        tasks.endTrip(robot)
      } else if (this.charge[robot]! < low && failure[robot] === 0) {
        const isFree = (tasks.ofRobot[robot]?.next ?? 0) === 0
        if (free === 0 || !isFree) this.queue += isFree ? 1 : 0
        else {
          const nearest = this.#nearestFree(states[robot]! >> 2)
          tasks.send(robot, this.#chargers[nearest]!)
          this.#chargerOf[robot] = nearest
          this.#robotAt[nearest] = robot
          free--
        }
      }
      if (this.charge[robot]! <= 0 && failure[robot] === 0) empty.push(robot)
    }
    return empty
  }

  /** Place of the free charger that is nearest to a cell; there is one. */
  #nearestFree(cell: number): number {
    const row = Math.floor(cell / this.#columns)
    const column = cell % this.#columns
    let [nearest, least] = [-1, Infinity]
    this.#chargers.forEach((charger, place) => {
      const far =
        Math.abs(Math.floor(charger / this.#columns) - row) + Math.abs((charger % this.#columns) - column)
      if (this.#robotAt[place] === -1 && far < least) [nearest, least] = [place, far]
    })
    return nearest
  }

  /** @param actions of the robots in a step */
  use(actions: Uint8Array): void {
    for (let robot = 0; robot < actions.length; robot++)
      if (actions[robot] !== 3) this.charge[robot] = Math.max(0, this.charge[robot]! - use)
  }
}
