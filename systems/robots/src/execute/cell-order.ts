/**
 * The order in which robots pass each cell: what a plan says for good, whenever they come (the action dependency graph of Hönig and others 2019). The first of a
 * cell is there, or the only one that may drive onto it.
 */
export class CellOrder {
  readonly #robots: Map<number, number[]>

  /** @param robots of each cell, in their order; the lists are taken over */
  constructor(robots: Iterable<readonly [cell: number, robots: number[]]> = []) {
    this.#robots = new Map(robots)
  }

  append(cell: number, robot: number): void {
    const robots = this.#robots.get(cell)
    if (robots === undefined) this.#robots.set(cell, [robot])
    else robots.push(robot)
  }

  /** The robot at a place of a cell's order, from 0. */
  at(cell: number, place: number): number | undefined {
    return this.#robots.get(cell)?.[place]
  }

  /**
   * A robot has left a cell, for the first time of those that are in its order. It need not be the first there: of one that left before it may not have been heard yet.
   * @returns who is first now
   */
  leave(cell: number, robot: number): number | undefined {
    const robots = this.#robots.get(cell) ?? []
    const place = robots.indexOf(robot)
    if (place >= 0) robots.splice(place, 1)
    if (robots.length === 0) this.#robots.delete(cell)
    return robots[0]
  }

  /** Copies of all that is in it. */
  entries(): [cell: number, robots: number[]][] {
    return Array.from(this.#robots, ([cell, robots]) => [cell, [...robots]])
  }
}
