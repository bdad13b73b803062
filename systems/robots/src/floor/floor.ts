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

/** Number of the connected part of each cell, from 0 by falling size; -1 where nobody may stand. */
export function partsOf({ isFree, ahead }: Floor): Int32Array {
  const part = new Int32Array(isFree.length).fill(-1)
  const sizes: number[] = []
  const queue = new Int32Array(isFree.length)
  for (let seed = 0; seed < isFree.length; seed++) {
    if (isFree[seed] === 0 || part[seed] !== -1) continue
    const number = sizes.length
    let [head, tail] = [0, 1]
    queue[0] = seed
    part[seed] = number
    while (head < tail) {
      const cell = queue[head++]!
      for (let direction = 0; direction < 4; direction++) {
        const next = ahead[cell * 4 + direction]!
        if (next < 0 || part[next] !== -1) continue
        part[next] = number
        queue[tail++] = next
      }
    }
    sizes.push(tail)
  }
  const order = sizes.map((size, number) => ({ size, number })).toSorted((a, b) => b.size - a.size)
  const rank = new Int32Array(sizes.length)
  order.forEach(({ number }, place) => (rank[number] = place))
  return part.map((number) => (number < 0 ? -1 : rank[number]!))
}
