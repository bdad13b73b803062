/** What answers are ordered by. */
export type Axis = 'startMs' | 'importance'

/** Width of the stretches that `tag_stretch` tells of. */
export const heldWidthMs = 2 ** 29

/** Widths of the stretches that an axis is cut into, each eight times the one before. */
const widths: Readonly<Record<Axis, readonly number[]>> = {
  // From 19 hours to 9 years.
  startMs: [2 ** 26, heldWidthMs, 2 ** 32, 2 ** 35, 2 ** 38],
  importance: [0.01, 0.08],
}

/** Most stretches of one width that a span is covered by before the next width is taken. */
const mostStretches = 24

const name = (axis: Axis, level: number, step: number): string => `${axis}${level}:${step}`

/** The lexeme of a stretch that `tag_stretch` tells of. */
export const stretchOfHeld = (step: number): string =>
  name('startMs', widths.startMs.indexOf(heldWidthMs), step)

/** The stretch of each width that a value lies in, as lexemes. */
export const stretchLexemes = (axis: Axis, value: number): string[] =>
  widths[axis].map((width, level) => name(axis, level, Math.floor(value / width)))

/** Lexemes of stretches that together cover `low` to `high` and little more; null where too many would be needed. */
export function coverOf(axis: Axis, low: number, high: number): string[] | null {
  // The column is a 32-bit float: a value may lie a hair beside the one that its lexeme was made of.
  const hair = axis === 'importance' ? 1e-6 : 0
  for (const [level, width] of widths[axis].entries()) {
    const first = Math.floor((low - hair) / width)
    const count = Math.floor((high + hair) / width) - first + 1
    if (count <= mostStretches) return Array.from({ length: count }, (_, at) => name(axis, level, first + at))
  }
  return null
}
