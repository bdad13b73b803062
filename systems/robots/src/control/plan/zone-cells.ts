import type { Floor } from '../../floor/floor.ts'
import type { ControlZone } from '../store/control-zones.ts'

/** Cells of a floor that are in a zone of a type; of any type with null. What of a zone is off the floor is left out. */
export function cellsWith(
  type: ControlZone['type'] | null,
  zones: readonly ControlZone[],
  { rows, columns }: Floor,
): Set<number> {
  const cells = new Set<number>()
  for (const zone of zones) {
    if (type !== null && zone.type !== type) continue
    for (let row = Math.max(0, zone.top); row <= Math.min(rows - 1, zone.bottom); row++)
      for (let column = Math.max(0, zone.left); column <= Math.min(columns - 1, zone.right); column++)
        cells.add(row * columns + column)
  }
  return cells
}
