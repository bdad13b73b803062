import { CellOrder } from '../../execute/cell-order.ts'

/** A cell on a robot's way; `errand` is done there. */
export interface Visit {
  cell: number
  errand: Errand | null
}

/** Which errand (from 1) of which task; `isLast` finishes it. */
export interface Errand {
  task: number
  errand: number
  isLast: boolean
}

export interface RouteBookSnapshot {
  /** For each robot the number of its first visit here, where it is confirmed to stand; the visits from there on. */
  routes: { first: number; visits: Visit[] }[]
  /** For each cell the robots that will be on it, in their order. */
  queues: [cell: number, robots: number[]][]
}

/**
 * What the control needs of a plan: each robot's cells in their order, and at each cell the order of the robots (the action dependency graph of Hönig et al. 2019, in
 * which a robot may enter a cell when all that are before it there have left). A visit is released only when its robot is first in line, so no delay, loss or restart
 * can bring two robots onto one cell. Robots and visits are numbered from 0; a visit's number never changes.
 */
export class RouteBook {
  readonly #routes: { first: number; visits: Visit[] }[]
  #order = new CellOrder()
  /** Number of the last visit that each robot may drive to. */
  readonly #released: Int32Array
  readonly #blocked = new Set<number>()
  /** Nobody is let onto these either: a person is there. */
  #shut: ReadonlySet<number> = new Set()

  /** @param cells where each robot stands, no two on one */
  constructor(cells: ArrayLike<number>) {
    this.#routes = Array.from(cells, (cell) => ({ first: 0, visits: [{ cell, errand: null }] }))
    this.#released = new Int32Array(cells.length)
    this.#routes.forEach(({ visits }, robot) => this.#order.append(visits[0]!.cell, robot))
  }

  static restore({ routes, queues }: RouteBookSnapshot): RouteBook {
    const book = new RouteBook(routes.map(({ visits }) => visits[0]!.cell))
    book.#order = new CellOrder(queues.map(([cell, robots]) => [cell, [...robots]]))
    routes.forEach(({ first, visits }, robot) => {
      book.#routes[robot] = { first, visits: [...visits] }
      // What was released is not kept: it follows again from the same order.
      book.#released[robot] = first
    })
    return book
  }

  get robots(): number {
    return this.#routes.length
  }

  /** Number of the visit where the robot is confirmed to stand. */
  standsAt(robot: number): number {
    return this.#routes[robot]!.first
  }

  /** Number of the last visit of its way. */
  endOf(robot: number): number {
    const { first, visits } = this.#routes[robot]!
    return first + visits.length - 1
  }

  releasedTo(robot: number): number {
    return this.#released[robot]!
  }

  /** @param number of a visit from where the robot stands to the end of its way; undefined outside */
  visit(robot: number, number: number): Visit | undefined {
    const { first, visits } = this.#routes[robot]!
    return visits[number - first]
  }

  /** Visits that are planned and not driven yet. */
  backlog(robot: number): number {
    return this.#routes[robot]!.visits.length - 1
  }

  /** Appends a visit: of another cell, or of the same one where an errand comes up for who stands there already. */
  append(robot: number, cell: number, errand: Errand | null = null): void {
    this.#routes[robot]!.visits.push({ cell, errand })
    this.#order.append(cell, robot)
  }

  /**
   * The robot is confirmed at a visit: what lies before is left.
   * @returns robots that may now be first in line somewhere
   * @throws RangeError where the visit is behind it or was never released
   */
  arrive(robot: number, number: number): number[] {
    const route = this.#routes[robot]!
    if (number < route.first || number > this.#released[robot]!)
      throw new RangeError(
        `Robot ${robot} cannot be at visit ${number} of ${route.first}–${this.#released[robot]!}.`,
      )
    const next: number[] = []
    for (const { cell } of route.visits.splice(0, number - route.first)) {
      const first = this.#order.leave(cell, robot)
      if (first !== undefined) next.push(first)
    }
    route.first = number
    return next
  }

  /**
   * Releases as much of a robot's way as it is first in line for, up to `horizon` visits ahead of where it stands.
   * @returns the number of the last released visit
   */
  release(robot: number, horizon: number): number {
    const { first, visits } = this.#routes[robot]!
    const end = Math.min(first + horizon, first + visits.length - 1)
    let number = this.#released[robot]!
    while (number < end) {
      const { cell } = visits[number + 1 - first]!
      if (this.isBlocked(cell) || !this.#isFirst(robot, number + 1)) break
      number++
    }
    this.#released[robot] = number
    return number
  }

  /** Takes as released what a robot says that it was given: it outlives who gave it. */
  wasReleasedTo(robot: number, number: number): void {
    if (number > this.#released[robot]! && number <= this.endOf(robot)) this.#released[robot] = number
  }

  /** Nobody is let onto the cell any more; who was let already comes. */
  block(cell: number): void {
    this.#blocked.add(cell)
  }

  unblock(cell: number): void {
    this.#blocked.delete(cell)
  }

  isBlocked(cell: number): boolean {
    return this.#blocked.has(cell) || this.#shut.has(cell)
  }

  /** Nobody is let onto these cells, in the place of those before; who was let already has to be stopped. */
  shut(cells: ReadonlySet<number>): void {
    this.#shut = cells
  }

  /** Whether the robot is on one of the cells, or was let onto one. */
  isLetOnto(robot: number, cells: ReadonlySet<number>): boolean {
    for (let at = this.standsAt(robot); at <= this.#released[robot]!; at++)
      if (cells.has(this.visit(robot, at)!.cell)) return true
    return false
  }

  snapshot(): RouteBookSnapshot {
    return {
      routes: this.#routes.map(({ first, visits }) => ({ first, visits: [...visits] })),
      queues: this.#order.entries(),
    }
  }

  /** Whether nobody else is before the robot in the line of that visit's cell. */
  #isFirst(robot: number, number: number): boolean {
    const { first, visits } = this.#routes[robot]!
    const { cell } = visits[number - first]!
    // Its own visits of that cell up to this one may be before it, and nobody else's.
    let own = 0
    for (let at = first; at <= number; at++) if (visits[at - first]!.cell === cell) own++
    for (let place = 0; place < own; place++) if (this.#order.at(cell, place) !== robot) return false
    return true
  }
}
