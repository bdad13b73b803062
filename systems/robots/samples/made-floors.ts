import type { Random } from '@heavylift/core'

/** Rows of a made map, `.` free and `@` wall, `E` and `S` stations. */
export type MadeMap = string[]

export const madeKinds = ['narrow aisles', 'wide aisles', 'rooms', 'scattered', 'blocked stations'] as const
export type MadeKind = (typeof madeKinds)[number]

/**
 * A floor of our own making: shelves with aisles of one cell or two between, rooms with doors, walls strewn about, stations of which some are walled off. The free
 * cells need not all be connected.
 */
export function makeMap(kind: MadeKind, rows: number, columns: number, random: Random): MadeMap {
  const map = Array.from({ length: rows }, () => Array.from({ length: columns }, () => '.'))
  const set = (row: number, column: number, symbol: string): void => {
    if (row >= 0 && column >= 0 && row < rows && column < columns) map[row]![column] = symbol
  }
  if (kind === 'scattered') {
    for (let at = 0; at < rows * columns * 0.2; at++)
      set(random.int(0, rows - 1), random.int(0, columns - 1), '@')
  } else if (kind === 'rooms') {
    const side = 8
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        if (row % side === side - 1 || column % side === side - 1) set(row, column, '@')
    for (let row = side - 1; row < rows; row += side)
      for (let column = 0; column < columns; column += side) {
        const door = column + random.int(0, side - 3)
        set(row, door, '.')
        set(row, door + 1, '.')
      }
    for (let column = side - 1; column < columns; column += side)
      for (let row = 0; row < rows; row += side) {
        const door = row + random.int(0, side - 3)
        set(door, column, '.')
        set(door + 1, column, '.')
      }
  } else {
    const aisle = kind === 'wide aisles' ? 2 : 1
    const length = 7
    for (let row = 3; row < rows - 3; row++)
      for (let column = 3; column < columns - 3; column++)
        if ((row - 3) % (2 + aisle) < 2 && (column - 3) % (length + aisle) < length) set(row, column, '@')
  }
  const share = kind === 'blocked stations' ? 0.3 : 0
  for (let row = 1; row < rows - 1; row += 3)
    for (const [column, side] of [
      [0, 1],
      [columns - 1, columns - 2],
    ] as const) {
      set(row, column, 'E')
      if (random.chance(share)) for (const near of [row - 1, row + 1]) set(near, column, '@')
      else set(row, side, '.')
    }
  return map.map((row) => row.join(''))
}

/** The same as a movingai file. */
export const mapText = (map: MadeMap): string =>
  ['type octile', `height ${map.length}`, `width ${map[0]?.length ?? 0}`, 'map', ...map, ''].join('\n')
