import type { Floor } from '../../floor/floor.ts'

/** Where cells lie, as robots are told: nodes of a map, x to the east and y to the north of the first cell, in metres. */
export interface FloorPlaces {
  floor: Floor
  mapId: string
  /** Side of a cell. */
  cellMetres: number
}

export function nodeIdOf(cell: number): string {
  return `c${cell}`
}

/** The cell of a node, or -1 where the name is none of ours. */
export function cellOfNode(nodeId: string): number {
  return /^c\d{1,9}$/.test(nodeId) ? Number(nodeId.slice(1)) : -1
}

export function positionOf({ floor, cellMetres }: FloorPlaces, cell: number): { x: number; y: number } {
  // Without the sum -0 would be written for the first row.
  return { x: (cell % floor.columns) * cellMetres, y: 0 - Math.floor(cell / floor.columns) * cellMetres }
}
