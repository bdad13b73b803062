export interface Rectangle {
  x: number
  y: number
  width: number
  height: number
}

/**
 * Rectangles of a frame whose areas are as the values, near to squares: squarified treemap (Bruls, Huizing, van Wijk 2000). In the order of
 * the values, which must fall; values of 0 and less get none.
 */
export function squarify(values: readonly number[], frame: Rectangle): Rectangle[] {
  const total = values.reduce((sum, value) => sum + Math.max(0, value), 0)
  if (total === 0) return values.map(() => ({ ...frame, width: 0, height: 0 }))
  const scale = (frame.width * frame.height) / total
  const areas = values.map((value) => Math.max(0, value) * scale)
  const placed: Rectangle[] = []
  let rest = { ...frame }
  let from = 0
  while (from < areas.length) {
    const side = Math.min(rest.width, rest.height)
    let to = from + 1
    while (to < areas.length && worst(areas.slice(from, to + 1), side) <= worst(areas.slice(from, to), side))
      to++
    const row = areas.slice(from, to)
    const sum = row.reduce((all, area) => all + area, 0)
    const depth = side === 0 ? 0 : sum / side
    let along = 0
    for (const area of row) {
      const length = depth === 0 ? 0 : area / depth
      placed.push(
        rest.width >= rest.height
          ? { x: rest.x, y: rest.y + along, width: depth, height: length }
          : { x: rest.x + along, y: rest.y, width: length, height: depth },
      )
      along += length
    }
    rest =
      rest.width >= rest.height
        ? { ...rest, x: rest.x + depth, width: Math.max(0, rest.width - depth) }
        : { ...rest, y: rest.y + depth, height: Math.max(0, rest.height - depth) }
    from = to
  }
  return placed
}

/** The worst ratio of sides in a row along `side`. */
function worst(row: readonly number[], side: number): number {
  const sum = row.reduce((all, area) => all + area, 0)
  const [most, least] = [Math.max(...row), Math.min(...row)]
  return Math.max((side ** 2 * most) / sum ** 2, sum ** 2 / (side ** 2 * least))
}
