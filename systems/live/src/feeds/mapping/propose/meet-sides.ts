import { wordsOfName } from './name-likeness.ts'
import type { SampleColumn } from './sample-rows.ts'

/** What was found for a field, and how sure that is, 0..1. */
export interface Found {
  column: SampleColumn
  sure: number
}

/**
 * The two sides of a match that are named without "home" and "away": values that never change and that the rows name as the one who
 * acted. The first is taken to be at home, as lists of two sides have it nearly everywhere.
 */
export function sidesByRows(found: Map<string, Found>, columns: readonly SampleColumn[]): void {
  const side = found.get('side')?.column
  if (side === undefined || found.has('match.home') || found.has('match.away')) return
  const constant = columns.filter(
    (column) => column.distinct === 1 && side.values.includes(column.samples[0] ?? ''),
  )
  const [home, away, more] = constant.filter(
    (column, at) => constant.findIndex(({ samples }) => samples[0] === column.samples[0]) === at,
  )
  if (home === undefined || away === undefined || more !== undefined) return
  found.set('match.home', { column: home, sure: 0.7 })
  found.set('match.away', { column: away, sure: 0.7 })
}

/** Scores by the mark that tells the sides apart: where sides are `TeamA` and `TeamB`, `POINTS_A` and `POINTS_B`. */
export function scoresBySides(found: Map<string, Found>, columns: readonly SampleColumn[]): void {
  const [home, away] = ['match.home', 'match.away'].map((field) => found.get(field)?.column)
  if (home === undefined || away === undefined || found.has('homeScore') || found.has('score')) return
  const [ofHome, ofAway] = [wordsOfName(home.path), wordsOfName(away.path)]
  const at = ofHome.findIndex((word, index) => word !== ofAway[index])
  const [mark, otherMark] = [ofHome[at], ofAway[at]]
  if (mark === undefined || otherMark === undefined || ofHome.length !== ofAway.length) return
  for (const column of columns.filter(isRunning)) {
    const words = wordsOfName(column.path)
    if (!words.includes(mark)) continue
    const wanted = words.map((word) => (word === mark ? otherMark : word)).join(' ')
    const other = columns.find((one) => wordsOfName(one.path).join(' ') === wanted && isRunning(one))
    if (other === undefined) continue
    found.set('homeScore', { column, sure: 0.7 })
    found.set('awayScore', { column: other, sure: 0.7 })
    return
  }
}

/** Whole numbers that never fall, and change: a running score. */
function isRunning({ path, written, values }: SampleColumn): boolean {
  const numbers = values.filter((value) => value !== '').map(Number)
  return (
    written === 'number' &&
    !path.startsWith('#/') &&
    numbers.every((number, at) => Number.isInteger(number) && number >= (numbers[at - 1] ?? 0)) &&
    new Set(numbers).size > 1
  )
}

/** A car drives each lap once: where it is not so of the column that was taken for it, another one of which it is. */
export function carByLaps(found: Map<string, Found>, columns: readonly SampleColumn[]): void {
  const [car, lap] = ['carId', 'lap'].map((field) => found.get(field)?.column)
  if (car === undefined || lap === undefined) return
  const isOnce = ({ values }: SampleColumn) =>
    new Set(values.map((value, row) => `${value} ${lap.values[row]}`)).size === values.length
  if (isOnce(car)) return
  const words = wordsOfName(car.path)
  // As the one that was taken is called, in fewer words.
  const [better] = columns
    .filter((column) => column.filled === 1 && isOnce(column))
    .filter((column) => wordsOfName(column.path).every((word) => words.includes(word)))
  if (better !== undefined) found.set('carId', { column: better, sure: 0.9 })
}
