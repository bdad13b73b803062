import { InvalidInputError } from '@heavylift/core'
import { createFloor } from './floor.ts'
import type { Floor } from './floor.ts'

/** Symbols of the movingai format and of the League of Robot Runners: `E` and `S` are stations that robots drive over. */
const free = new Set(['.', 'G', 'S', 'E'])
const walls = new Set(['@', 'O', 'T', 'W'])

/** Cells of a floor at most; more than any published one by far. */
const mostCells = 16_000_000

/**
 * Reads a movingai map (`type octile`, `height`, `width`, `map`, then rows). Ends of line are LF or CRLF.
 * @throws InvalidInputError `map-invalid` with file and line
 */
export function readMap(text: string, file: string): Floor {
  return readMarkedMap(text, file).floor
}

/** The same, with the cells of each mark: `E` where goods are fetched and `S` where they are brought, by the League of Robot Runners. */
export function readMarkedMap(
  text: string,
  file: string,
): { floor: Floor; marks: Record<'E' | 'S', number[]> } {
  const lines = text.split(/\r?\n/)
  const at = lines.findIndex((line) => line.trim() === 'map')
  const broken = (line: number, why: string): InvalidInputError =>
    new InvalidInputError({ code: 'map-invalid', message: `${file}:${line + 1}: ${why}` })
  if (at === -1) throw broken(0, 'a map has a line "map" before its rows, after "height" and "width".')
  const size = (name: string): number => {
    const line = lines.slice(0, at).findIndex((each) => each.trim().split(/\s+/)[0] === name)
    const value = Number(lines[line]?.trim().split(/\s+/)[1])
    if (line === -1 || !Number.isInteger(value) || value < 1)
      throw broken(Math.max(0, line), `"${name}" must be a whole number above 0.`)
    return value
  }
  const [rows, columns] = [size('height'), size('width')]
  if (rows * columns > mostCells) throw broken(0, `${rows} × ${columns} cells are more than ${mostCells}.`)
  const isFree = new Uint8Array(rows * columns)
  const marks: Record<'E' | 'S', number[]> = { E: [], S: [] }
  for (let row = 0; row < rows; row++) {
    const line = lines[at + 1 + row]
    if (line === undefined) throw broken(at + row, `the map ends after ${row} of ${rows} rows.`)
    if (line.length !== columns)
      throw broken(at + 1 + row, `this row has ${line.length} cells, not ${columns}.`)
    for (let column = 0; column < columns; column++) {
      const symbol = line[column]!
      if (free.has(symbol)) isFree[row * columns + column] = 1
      if (symbol === 'E' || symbol === 'S') marks[symbol].push(row * columns + column)
      else if (!free.has(symbol) && !walls.has(symbol))
        throw broken(
          at + 1 + row,
          `"${symbol}" in column ${column + 1} is no symbol of a map. Free: ${[...free].join(' ')}, walls: ${[...walls].join(' ')}.`,
        )
    }
  }
  return { floor: createFloor(rows, columns, isFree), marks }
}
