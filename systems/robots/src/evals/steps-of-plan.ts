import type { Floor } from '../floor/floor.ts'
import type { StepsToCheck } from '../validate/validate-steps.ts'

/** A recorded plan as the validator takes it. */
export function stepsOfPlan(floor: Floor, starts: Int32Array, paths: readonly string[]): StepsToCheck {
  const { rows, columns, isFree } = floor
  return {
    rows,
    columns,
    mayStand: (row, column) => isFree[row * columns + column] === 1,
    starts: Array.from(starts, (state) => ({
      row: Math.floor((state >> 2) / columns),
      column: (state >> 2) % columns,
      facing: state & 3,
    })),
    paths,
  }
}
