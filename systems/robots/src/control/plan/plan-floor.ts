import type { Clock, Logger } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import type { Floor } from '../../floor/floor.ts'
import { moveAll } from '../../simulate/step.ts'
import { TaskPool } from '../../simulate/tasks.ts'
import { cellsWith } from './zone-cells.ts'
import { breakRings } from '../release/break-rings.ts'
import type { PlannedErrand } from '../store/control-tables.ts'
import type { ControlZones } from '../store/control-zones.ts'
import type { FloorLog } from '../store/floor-log.ts'
import { ReadyPlanner } from './ready-planner.ts'

export interface PlanFloorOptions {
  log: FloorLog
  /** Made while this process stood by; without it, it is made when planning begins. */
  ready?: ReadyPlanner
  zones: ControlZones
  clock: Clock
  logger: Logger
  signal: AbortSignal
  /** Milliseconds from step to step, and how much of it may be planned in. */
  stepMs: number
  budgetMs: number
  /** Planned visits that a robot may be behind before its plan waits for it. */
  mostBehind: number
  /** A task whose robot will not change any more, after that is kept. */
  onBegun?: (begun: BegunTask[]) => Promise<void>
}

export interface BegunTask {
  taskId: number
  robot: number
  /** Cells of its errands from the first on. */
  errands: Int32Array
  /** The least time for the way from its first errand on: cells, without walls and turns. */
  leastMs: number
  atMs: number
}

const wait = 3

/**
 * Plans a floor step by step ahead of its robots, for as long as `signal` lets it. Goes on from what is kept: steps, tasks, and how far robots are. A robot that
 * lags so far behind that nothing more is planned for it stands still in the plan too, and the others go round it.
 * @throws what `FloorLog.addStep` throws: another planner has taken over
 */
export async function planFloor(options: PlanFloorOptions): Promise<void> {
  const { log, zones, clock, signal, stepMs, budgetMs, mostBehind } = options
  const stored = await log.floor()
  if (stored === null) throw new Error(`There is no floor ${log.key.floorId}.`)
  const { floor } = stored.places
  const resumed = await log.resume(stored)
  const { states, book } = resumed
  let { step } = resumed
  const robots = stored.robots.length
  const ends = Int32Array.from({ length: robots }, (_, robot) => book.endOf(robot))
  const occupant = new Int32Array(floor.isFree.length).fill(-1)
  states.forEach((state, robot) => (occupant[state >> 2] = robot))
  const pool = new TaskPool([], robots, 0)
  let lastTask = 0
  const takeTasks = async (): Promise<void> => {
    for (const { id, errands, robot, planned } of await log.openTasks(lastTask)) {
      const task = { id, errands: Int32Array.from(errands), next: planned, robot: robot ?? -1 }
      pool.open.set(id, task)
      if (robot !== null) pool.ofRobot[robot] = task
      lastTask = Math.max(lastTask, id)
    }
  }
  const planner = (options.ready ?? new ReadyPlanner(stored)).from(states)
  let nextMs = clock.monotonicMs()
  while (!signal.aborted) {
    await takeTasks()
    const shut = cellsWith(null, await zones.all(), floor)
    planner.shut(Uint8Array.from(floor.isFree, (_, cell) => (shut.has(cell) ? 1 : 0)))
    const stands = await log.progress()
    const held = heldBy(stands, ends, mostBehind)
    if (held.every((isHeld) => isHeld === 1) || pool.open.size === 0) {
      await sleep(stepMs, signal)
      continue
    }
    const before = assignmentsOf(pool)
    const actions = planner.step(pool, states, { units: Infinity, untilMs: performance.now() + budgetMs })
    for (let robot = 0; robot < robots; robot++) if (held[robot] === 1) actions[robot] = wait
    breakRings(floor, states, occupant, actions)
    moveAll(floor, states, actions, occupant)
    const errands: PlannedErrand[] = []
    const begun: BegunTask[] = []
    const cellsOf = new Map([...pool.open.values()].map((task) => [task.id, task.errands]))
    for (const { robot, task, errand } of pool.arrive(states)) {
      const cells = cellsOf.get(task)!
      errands.push([robot, task, errand, errand === cells.length])
      if (errand === 1)
        begun.push({
          taskId: task,
          robot,
          errands: cells,
          leastMs: leastSteps(floor, cells) * stepMs,
          atMs: clock.nowMs(),
        })
    }
    const withErrand = new Set(errands.map(([robot]) => robot))
    for (let robot = 0; robot < robots; robot++)
      if (actions[robot] === 0 || withErrand.has(robot)) ends[robot]!++
    const planned = { step: ++step, actions: Uint8Array.from(actions), errands, plannedAtMs: clock.nowMs() }
    await log.addStep(planned, changesOf(pool, before, errands))
    if (begun.length > 0) await options.onBegun?.(begun)
    nextMs = Math.max(nextMs + stepMs, clock.monotonicMs())
    await sleep(Math.max(0, nextMs - clock.monotonicMs()), signal)
  }
}

/** 1 for each robot that is not to be planned for: out of reach, or too far behind its plan. */
function heldBy(stands: Int32Array | null, ends: Int32Array, mostBehind: number): Uint8Array {
  return Uint8Array.from(ends, (end, robot) => {
    const at = stands?.[robot] ?? -1
    return at < 0 || end - at >= mostBehind ? 1 : 0
  })
}

function leastSteps({ columns }: Floor, cells: Int32Array): number {
  let steps = 0
  for (let at = 1; at < cells.length; at++) {
    const [from, to] = [cells[at - 1]!, cells[at]!]
    steps +=
      Math.abs((from % columns) - (to % columns)) +
      Math.abs(Math.floor(from / columns) - Math.floor(to / columns))
  }
  return steps
}

function assignmentsOf(pool: TaskPool): Map<number, number> {
  return new Map([...pool.open.values()].map(({ id, robot }) => [id, robot]))
}

/** Tasks that have another robot than before, or an errand more planned. */
function changesOf(pool: TaskPool, before: Map<number, number>, errands: readonly PlannedErrand[]) {
  const changes = new Map<number, { id: number; robot: number; planned: number }>()
  for (const { id, robot, next } of pool.open.values())
    if (before.get(id) !== robot) changes.set(id, { id, robot, planned: next })
  for (const [robot, id, errand] of errands) changes.set(id, { id, robot, planned: errand })
  return [...changes.values()]
}
