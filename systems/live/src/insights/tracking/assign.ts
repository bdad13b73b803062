/**
 * The assignment of rows to columns with the least total cost (Hungarian method with potentials, O(rows² × columns);
 * Kuhn 1955, Jonker and Volgenant 1987). `cost` is rows × columns, row by row; needs rows ≤ columns. Returns each row's column.
 */
export function assign(cost: Float64Array, rows: number, columns: number): Int32Array {
  const rowPotential = new Float64Array(rows + 1)
  const columnPotential = new Float64Array(columns + 1)
  const rowOfColumn = new Int32Array(columns + 1)
  const way = new Int32Array(columns + 1)
  const least = new Float64Array(columns + 1)
  const isUsed = new Uint8Array(columns + 1)
  for (let row = 1; row <= rows; row++) {
    rowOfColumn[0] = row
    let column = 0
    least.fill(Infinity)
    isUsed.fill(0)
    do {
      isUsed[column] = 1
      const from = rowOfColumn[column] as number
      let delta = Infinity
      let next = 0
      for (let to = 1; to <= columns; to++) {
        if (isUsed[to] === 1) continue
        const reduced =
          (cost[(from - 1) * columns + to - 1] as number) -
          (rowPotential[from] as number) -
          (columnPotential[to] as number)
        if (reduced < (least[to] as number)) {
          least[to] = reduced
          way[to] = column
        }
        if ((least[to] as number) < delta) {
          delta = least[to] as number
          next = to
        }
      }
      for (let to = 0; to <= columns; to++) {
        if (isUsed[to] === 1) {
          rowPotential[rowOfColumn[to] as number] =
            (rowPotential[rowOfColumn[to] as number] as number) + delta
          columnPotential[to] = (columnPotential[to] as number) - delta
        } else least[to] = (least[to] as number) - delta
      }
      column = next
    } while (rowOfColumn[column] !== 0)
    do {
      const before = way[column] as number
      rowOfColumn[column] = rowOfColumn[before] as number
      column = before
    } while (column !== 0)
  }
  const columnOfRow = new Int32Array(rows)
  for (let to = 1; to <= columns; to++) {
    const row = rowOfColumn[to] as number
    if (row > 0) columnOfRow[row - 1] = to - 1
  }
  return columnOfRow
}
