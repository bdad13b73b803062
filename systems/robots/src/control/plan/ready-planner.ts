import { createRandom } from '@heavylift/core'
import { guidedGraph, Planner } from '../../plan/planner.ts'
import { settingsFor } from '../../plan/settings.ts'
import type { PlanGraph } from '../../plan/plan-graph.ts'
import { moveAll } from '../../simulate/step.ts'
import { TaskPool } from '../../simulate/tasks.ts'
import type { StoredFloor } from '../store/floor-log.ts'

/** Steps that are planned for nobody, so that the first real one is as quick as the later ones. */
const warmUpSteps = 30
/** Units of work of each, a robot. */
const warmUpUnits = 20

/**
 * What a planner needs before it can plan, made by one that stands by: lanes are learned, which takes longest, and its code has run. Who takes over has the
 * first step at once.
 */
export class ReadyPlanner {
  readonly #stored: StoredFloor
  #graph: PlanGraph | null

  constructor(stored: StoredFloor) {
    this.#stored = stored
    this.#graph = guidedGraph(stored.places.floor, this.#settings)
    this.#warmUp(this.#graph)
  }

  get #settings() {
    const { places, robots } = this.#stored
    const freeCells = places.floor.isFree.reduce((sum, free) => sum + free, 0)
    return settingsFor(freeCells, robots.length)
  }

  /** A planner of robots that stand there (`cell * 4 + direction`). The second one learns its lanes anew, since planners change them. */
  from(states: Int32Array): Planner {
    const graph = this.#graph ?? undefined
    this.#graph = null
    return new Planner(this.#stored.places.floor, states, this.#settings, graph)
  }

  #warmUp(graph: PlanGraph): void {
    const { places, robots } = this.#stored
    const random = createRandom('warm up')
    const errand = (): number => graph.cellOf[random.int(0, graph.vertices - 1)]!
    const tasks = Array.from({ length: 2 * robots.length }, () => Int32Array.of(errand(), errand()))
    const pool = new TaskPool(tasks, robots.length, 1.5)
    const states = Int32Array.from(robots, ({ start }) => start)
    const occupant = new Int32Array(places.floor.isFree.length).fill(-1)
    states.forEach((state, robot) => (occupant[state >> 2] = robot))
    const planner = new Planner(places.floor, states, this.#settings, graph)
    for (let step = 0; step < warmUpSteps; step++) {
      const actions = planner.step(pool, states, { units: warmUpUnits * robots.length })
      moveAll(places.floor, states, actions, occupant)
      pool.arrive(states)
      pool.reveal()
    }
  }
}
