import type { Floor } from '../floor/floor.ts'
import { brokenFile } from './read-file.ts'

/** A start and a goal of a movingai scenario. */
export interface ScenarioRow {
  bucket: number
  map: string
  /** Cells. */
  start: number
  goal: number
  /** Length of the shortest way, diagonals √2, as the file says. */
  optimalLength: number
}

/**
 * Reads a movingai scenario (`version 1`, then bucket, map, width, height, start x and y, goal x and y, optimal length, by tabs or blanks).
 * @param floor when given, starts and goals are held against it
 * @throws InvalidInputError `problem-invalid` with file and line
 */
export function readScenario(text: string, file: string, floor?: Floor): ScenarioRow[] {
  const rows: ScenarioRow[] = []
  const lines = text.split(/\r?\n/)
  for (const [index, line] of lines.entries()) {
    const number = index + 1
    if (line.trim() === '') continue
    if (/^version\b/i.test(line.trim())) continue
    // A name of a map may hold blanks, where tabs separate.
    const parts = line.includes('\t') ? line.trim().split('\t') : line.trim().split(/\s+/)
    const [bucket, map, ...rest] = parts
    const numbers = rest.map(Number)
    if (map === undefined || numbers.length < 7 || numbers.some((each) => !Number.isFinite(each)))
      throw brokenFile(file, number, 'a row has bucket, map, width, height, start x y, goal x y and length.')
    const [width, height, startX, startY, goalX, goalY, optimalLength] = numbers as [
      number,
      number,
      number,
      number,
      number,
      number,
      number,
    ]
    if (floor !== undefined && (floor.columns !== width || floor.rows !== height))
      throw brokenFile(
        file,
        number,
        `it is for a map of ${width} × ${height}, the map has ${floor.columns} × ${floor.rows}.`,
      )
    const cellAt = (x: number, y: number, what: string): number => {
      if (!Number.isInteger(x) || !Number.isInteger(y) || x < 0 || y < 0 || x >= width || y >= height)
        throw brokenFile(file, number, `the ${what} (${x}, ${y}) is not on the map of ${width} × ${height}.`)
      if (floor?.isFree[y * width + x] === 0)
        throw brokenFile(file, number, `the ${what} (${x}, ${y}) is a wall.`)
      return y * width + x
    }
    rows.push({
      bucket: Number(bucket),
      map,
      start: cellAt(startX, startY, 'start'),
      goal: cellAt(goalX, goalY, 'goal'),
      optimalLength,
    })
  }
  return rows
}
