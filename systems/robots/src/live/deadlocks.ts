import type { LiveTasks } from './live-tasks.ts'

/** Steps without getting on after which robots are looked at. */
const suspectSteps = 12
/** Steps that who gives way has for it, and then the others to get on. */
const asideSteps = 12

export interface Watched {
  step: number
  states: Int32Array
  tasks: LiveTasks
  waited: Int32Array
  isHeld: Uint8Array
  occupant: Int32Array
  /** Cell that a robot wants next on its cheapest way. */
  nextCellOf: (robot: number) => number | undefined
  /** A cell where it is in nobody's way. */
  asideOf: (robot: number) => number
}

/** Finds robots that wait for each other in a ring, and sends one of them aside for a while. */
export class Deadlocks {
  found = 0
  broken = 0
  readonly #aside = new Map<number, number>()
  #watched: { robots: number[]; states: number[]; until: number }[] = []
  readonly #waitsFor: Int32Array

  constructor(robots: number) {
    this.#waitsFor = new Int32Array(robots)
  }

  watch({ step, states, tasks, waited, isHeld, occupant, nextCellOf, asideOf }: Watched): void {
    for (const [robot, until] of this.#aside)
      if (step >= until) {
        tasks.endTrip(robot)
        this.#aside.delete(robot)
      }
    this.#watched = this.#watched.filter(({ robots, states: before, until }) => {
      const hasMoved = robots.some((robot, at) => states[robot]! >> 2 !== before[at]! >> 2)
      if (hasMoved) this.broken++
      return !hasMoved && step < until
    })
    this.#waitsFor.fill(-1)
    const suspects: number[] = []
    for (let robot = 0; robot < states.length; robot++) {
      if (waited[robot]! < suspectSteps || isHeld[robot] === 1 || tasks.isTrip(robot)) continue
      const next = nextCellOf(robot)
      const other = next === undefined ? -1 : occupant[next]!
      if (other < 0 || waited[other]! < suspectSteps) continue
      this.#waitsFor[robot] = other
      suspects.push(robot)
    }
    const watched = new Set(this.#watched.flatMap(({ robots }) => robots))
    for (const ring of ringsOf(suspects, this.#waitsFor)) {
      if (ring.some((robot) => watched.has(robot))) continue
      this.found++
      this.#watched.push({ robots: ring, states: ring.map((robot) => states[robot]!), until: step + 60 })
      const [aside] = ring.toSorted((a, b) => (tasks.ofRobot[a]?.next ?? 0) - (tasks.ofRobot[b]?.next ?? 0))
      tasks.send(aside!, asideOf(aside!))
      this.#aside.set(aside!, step + asideSteps)
    }
  }
}

/** Rings of who waits for whom. */
function ringsOf(robots: readonly number[], waitsFor: Int32Array): number[][] {
  const seenBy = new Map<number, number>()
  const rings: number[][] = []
  for (const first of robots) {
    let robot = first
    while (robot >= 0 && !seenBy.has(robot)) {
      seenBy.set(robot, first)
      robot = waitsFor[robot]!
    }
    if (robot < 0 || seenBy.get(robot) !== first) continue
    const ring = [robot]
    for (let next = waitsFor[robot]!; next !== robot; next = waitsFor[next]!) ring.push(next)
    rings.push(ring)
  }
  return rings
}
