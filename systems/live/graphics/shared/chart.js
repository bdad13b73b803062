import { isNumber } from './format.js'

/** @typedef {{ at: number, value: number }} ChartPoint */

/**
 * Points of a line that are whole and in order. @param {unknown} line @param {string} field
 * @returns {ChartPoint[]}
 */
export function chartPoints(line, field) {
  if (!Array.isArray(line)) return []
  return line
    .flatMap((point) => {
      const [at, value] = [point?.at, point?.[field]]
      return isNumber(at) && isNumber(value) ? [{ at, value }] : []
    })
    .toSorted((a, b) => a.at - b.at)
}

/**
 * Path of a stepped line: a value holds until the next one. Coordinates are those of an SVG `width` by `height`; `low` and
 * `high` are the values at its lower and upper edge. The axis ends with the regular time, or later in overtime.
 * @param {ChartPoint[]} points @param {{ width: number, height: number, low: number, high: number }} box
 */
export function stepPath(points, { width, height, low, high }) {
  const end = Math.max(1, points.at(-1)?.at ?? 1)
  const x = (/** @type {number} */ at) => round((at / end) * width)
  const y = (/** @type {number} */ value) =>
    round(height - ((Math.min(high, Math.max(low, value)) - low) / (high - low)) * height)
  let path = ''
  points.forEach((point, index) => {
    path += index === 0 ? `M${x(point.at)} ${y(point.value)}` : `H${x(point.at)}V${y(point.value)}`
  })
  const last = points.at(-1)
  return { path, endX: last ? x(last.at) : 0, endY: last ? y(last.value) : height / 2 }
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 10) / 10
}
