/** Directions a robot faces, clockwise from east: the order of the League of Robot Runners. */
export const directions = ['E', 'S', 'W', 'N'] as const

/**
 * A floor of square cells. A cell's number is `row * columns + column`; a state is `cell * 4 + direction` (0 east, 1 south, 2 west,
 * 3 north).
 */
export interface Floor {
  rows: number
  columns: number
  /** 1 where a robot may stand. */
  isFree: Uint8Array
  /** Cell ahead of each state, or -1 at a wall or the edge. */
  ahead: Int32Array
}

/** @param isFree 1 where a robot may stand, row by row */
export function createFloor(rows: number, columns: number, isFree: Uint8Array): Floor {
  const ahead = new Int32Array(rows * columns * 4).fill(-1)
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const cell = row * columns + column
      if (isFree[cell] === 0) continue
      if (column + 1 < columns && isFree[cell + 1] === 1) ahead[cell * 4] = cell + 1
      if (row + 1 < rows && isFree[cell + columns] === 1) ahead[cell * 4 + 1] = cell + columns
      if (column > 0 && isFree[cell - 1] === 1) ahead[cell * 4 + 2] = cell - 1
      if (row > 0 && isFree[cell - columns] === 1) ahead[cell * 4 + 3] = cell - columns
    }
  return { rows, columns, isFree, ahead }
}

/**
 * Number of the part of each cell, from 0 by falling size; -1 where nobody may stand. Within a part there is a way from each cell to each other and back, one-way tracks
 * kept to (strongly connected components: Tarjan, "Depth-first search and linear graph algorithms", 1972).
 */
export function partsOf({ isFree, ahead }: Floor): Int32Array {
  const cells = isFree.length
  const part = new Int32Array(cells).fill(-1)
  // When each cell was found, from 1; the earliest that is reached from it; the direction it is left by next.
  const [found, low, leaves] = [new Int32Array(cells), new Int32Array(cells), new Uint8Array(cells)]
  const [way, open] = [new Int32Array(cells), new Int32Array(cells)]
  const sizes: number[] = []
  let [ways, opened, count] = [0, 0, 0]
  const enter = (cell: number): void => {
    found[cell] = low[cell] = ++count
    way[ways++] = open[opened++] = cell
  }
  for (let seed = 0; seed < cells; seed++) {
    if (isFree[seed] === 0 || found[seed]! > 0) continue
    enter(seed)
    while (ways > 0) {
      const cell = way[ways - 1]!
      const direction = leaves[cell]!
      if (direction < 4) {
        leaves[cell] = direction + 1
        const next = ahead[cell * 4 + direction]!
        if (next < 0) continue
        if (found[next] === 0) enter(next)
        else if (part[next] === -1) low[cell] = Math.min(low[cell]!, found[next]!)
        continue
      }
      ways--
      if (ways > 0) low[way[ways - 1]!] = Math.min(low[way[ways - 1]!]!, low[cell]!)
      if (low[cell] !== found[cell]) continue
      const number = sizes.length
      const before = opened
      do part[open[--opened]!] = number
      while (open[opened] !== cell)
      sizes.push(before - opened)
    }
  }
  const order = sizes.map((size, number) => ({ size, number })).toSorted((a, b) => b.size - a.size)
  const rank = new Int32Array(sizes.length)
  order.forEach(({ number }, place) => (rank[number] = place))
  return part.map((number) => (number < 0 ? -1 : rank[number]!))
}
