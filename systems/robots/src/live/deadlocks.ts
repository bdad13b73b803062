import type { LiveTasks } from './live-tasks.ts'

/** Steps without getting on after which robots are looked at. */
const suspectSteps = 12
/** Steps that the others have to get on when who gives way is there. */
const asideSteps = 8
/** Steps after which another of a ring that has not got on gives way too. */
const againSteps = 15
/** What it counts to have given way before, in steps of the way aside. */
const repeatSteps = 10
/** Steps in which a ring has to get on to count as broken. */
const brokenWithin = 60

export interface Watched {
  step: number
  states: Int32Array
  tasks: LiveTasks
  waited: Int32Array
  isHeld: Uint8Array
  occupant: Int32Array
  /** Cell that a robot wants next on its cheapest way. */
  nextCellOf: (robot: number) => number | undefined
  /** The nearest cell where a robot is not in the way of the others of a ring, and how far it is; null where it cannot get out of theirs. */
  asideOf: (robot: number, ring: readonly number[]) => { cell: number; steps: number } | null
}

interface Ring {
  robots: number[]
  states: number[]
  /** How often each has given way already. */
  sent: Map<number, number>
  /** Step at which another gives way, and at which it counts as not broken. */
  again: number
  until: number
}

/** Finds robots that wait for each other in a ring, and sends one of them aside for a while. */
export class Deadlocks {
  found = 0
  broken = 0
  readonly #aside = new Map<number, number>()
  #watched: Ring[] = []
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
    this.#watched = this.#watched.filter((ring) => {
      const hasMoved = ring.robots.some((robot, at) => states[robot]! >> 2 !== ring.states[at]! >> 2)
      if (hasMoved) this.broken++
      else if (step >= ring.again) {
        ring.again = step + againSteps
        this.#giveWay(ring, { step, tasks, asideOf })
      }
      return !hasMoved && step < ring.until
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
      const found = {
        robots: ring,
        states: ring.map((robot) => states[robot]!),
        sent: new Map<number, number>(),
        again: step + againSteps,
        until: step + brokenWithin,
      }
      this.#watched.push(found)
      this.#giveWay(found, { step, tasks, asideOf })
    }
  }

  /** Rings that have been found and have neither got on nor had their time yet. */
  get open(): number {
    return this.#watched.length
  }

  /** Sends aside who has the least way to where it is in nobody's way; who carries nothing where that is equal. */
  #giveWay(
    { robots, sent }: Ring,
    { step, tasks, asideOf }: Pick<Watched, 'step' | 'tasks' | 'asideOf'>,
  ): void {
    const [best] = robots
      .flatMap((robot) => {
        const aside = tasks.isTrip(robot) ? null : asideOf(robot, robots)
        if (aside === null) return []
        const price = aside.steps + repeatSteps * (sent.get(robot) ?? 0)
        return [{ robot, ...aside, price, errand: tasks.ofRobot[robot]?.next ?? 0 }]
      })
      .toSorted((a, b) => a.price - b.price || a.errand - b.errand)
    if (best === undefined) return
    sent.set(best.robot, (sent.get(best.robot) ?? 0) + 1)
    tasks.send(best.robot, best.cell)
    this.#aside.set(best.robot, step + best.steps + asideSteps)
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
