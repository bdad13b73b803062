import type { Random } from '@heavylift/core'
import { createFloor } from '../floor/floor.ts'
import type { Floor } from '../floor/floor.ts'

/** What a cell is for, as the picture shows it. */
export const cellKinds = ['wall', 'free', 'shelf face', 'station', 'charger'] as const
const [wall, free, face, station, charger] = [0, 1, 2, 3, 4]

/** A made warehouse: where robots fetch, bring and charge. */
export interface Warehouse {
  name: string
  floor: Floor
  /** Place in `cellKinds` of each cell. */
  kinds: Uint8Array
  faces: number[]
  stations: number[]
  chargers: number[]
}

export interface WarehouseOptions {
  rows: number
  columns: number
  /** Cells between shelves, along and across. */
  aisle: 1 | 2
  /** Aisles of one cell are driven one way, one up, the next down. */
  isOneWay?: boolean
  /** Share of the stations that are walled off. */
  blockedShare?: number
}

/**
 * Shelves of two by seven cells with aisles between, stations left, right and above, chargers below. Goods are fetched at some faces of the shelves. All free cells are
 * connected.
 */
export function makeWarehouse(options: WarehouseOptions, random: Random): Warehouse {
  const { rows, columns, aisle, isOneWay = false, blockedShare = 0 } = options
  const kinds = new Uint8Array(rows * columns).fill(free)
  const margin = 6
  const isShelf = (row: number, column: number): boolean =>
    row >= margin &&
    row < rows - margin &&
    column >= margin &&
    column < columns - margin &&
    (row - margin) % (2 + aisle) < 2 &&
    (column - margin) % (7 + aisle) < 7
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++)
      if (isShelf(row, column)) kinds[row * columns + column] = wall
  const [faces, stations, chargers]: number[][] = [[], [], []]
  for (let row = margin; row < rows - margin; row++)
    for (let column = margin; column < columns - margin; column++) {
      const cell = row * columns + column
      const isBeside = kinds[cell - columns] === wall || kinds[cell + columns] === wall
      if (kinds[cell] === free && isBeside && (column - margin) % 16 === 1) faces!.push(cell)
    }
  const places: number[] = []
  for (let row = 3; row < rows - 3; row += 3) places.push(row * columns + 2, row * columns + columns - 3)
  for (let column = margin; column < columns - margin; column += 4) places.push(2 * columns + column)
  for (const cell of places)
    if (random.chance(blockedShare)) kinds[cell] = wall
    else stations!.push(cell)
  for (let column = margin; column < columns - margin; column += 3)
    chargers!.push((rows - 1) * columns + column)
  for (const cell of faces!) kinds[cell] = face
  for (const cell of stations!) kinds[cell] = station
  for (const cell of chargers!) kinds[cell] = charger
  const floor = createFloor(
    rows,
    columns,
    Uint8Array.from(kinds, (kind) => (kind === wall ? 0 : 1)),
  )
  if (isOneWay) makeOneWay(floor, margin)
  return {
    name: `${rows} × ${columns}`,
    floor,
    kinds,
    faces: faces!,
    stations: stations!,
    chargers: chargers!,
  }
}

/** Aisles along the rows between two shelves: one to the east, the next to the west. */
function makeOneWay({ rows, columns, isFree, ahead }: Floor, margin: number): void {
  for (let row = margin; row < rows - margin; row++)
    for (let column = margin; column < columns - margin; column++) {
      const cell = row * columns + column
      if (isFree[cell] === 0 || isFree[cell - columns] === 1 || isFree[cell + columns] === 1) continue
      ahead[cell * 4 + (Math.floor(row / 3) % 2 === 0 ? 2 : 0)] = -1
    }
}
