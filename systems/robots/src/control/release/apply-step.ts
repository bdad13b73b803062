import type { Floor } from '../../floor/floor.ts'
import type { PlannedErrand } from '../store/control-tables.ts'
import type { RouteBook } from './route-book.ts'

/**
 * Lays a planned step on the routes: who drives ahead gets a visit, and so does who stands where an errand comes up.
 * @param states cells and directions of the robots in the plan, moved on @returns robots that have a visit more
 */
export function applyStep(
  floor: Floor,
  book: RouteBook,
  states: Int32Array,
  actions: Uint8Array,
  errands: readonly PlannedErrand[],
): number[] {
  const errandOf = new Map(errands.map(([robot, task, errand, isLast]) => [robot, { task, errand, isLast }]))
  const changed: number[] = []
  for (let robot = 0; robot < states.length; robot++) {
    const state = states[robot]!
    const action = actions[robot]!
    if (action === 0) states[robot] = floor.ahead[state]! * 4 + (state & 3)
    else if (action === 1) states[robot] = (state & ~3) | ((state + 1) & 3)
    else if (action === 2) states[robot] = (state & ~3) | ((state + 3) & 3)
    const errand = errandOf.get(robot) ?? null
    if (action !== 0 && errand === null) continue
    book.append(robot, states[robot]! >> 2, errand)
    changed.push(robot)
  }
  return changed
}
