/**
 * Cheapest one-to-one assignment of rows to columns by shortest augmenting paths (Jonker and Volgenant 1987; Crouse 2016), O(n³), without
 * allocation once its capacity is there. Every row gets a column: there must be at least as many columns as rows, and costs must be finite.
 */
export class Assignment {
  /** By row, after `solve`. */
  columnOf: Int32Array
  #rowOf: Int32Array
  #cameFrom: Int32Array
  #rowPotential: Float64Array
  #columnPotential: Float64Array
  #shortest: Float64Array
  #isDone: Uint8Array

  constructor(capacity = 64) {
    this.columnOf = new Int32Array(capacity)
    this.#rowOf = new Int32Array(capacity)
    this.#cameFrom = new Int32Array(capacity)
    this.#rowPotential = new Float64Array(capacity)
    this.#columnPotential = new Float64Array(capacity)
    this.#shortest = new Float64Array(capacity)
    this.#isDone = new Uint8Array(capacity)
  }

  /** `costs[row * stride + column]`. Gives the sum of the costs. Throws RangeError where there are more rows than columns. */
  solve(costs: Float64Array, rows: number, columns: number, stride = columns): number {
    if (rows > columns) throw new RangeError('An assignment needs at least as many columns as rows.')
    if (columns > this.#rowOf.length) this.#grow(columns)
    const { columnOf } = this
    const rowOf = this.#rowOf
    const cameFrom = this.#cameFrom
    const rowPotential = this.#rowPotential
    const columnPotential = this.#columnPotential
    const shortest = this.#shortest
    const isDone = this.#isDone
    rowOf.fill(-1, 0, columns)
    rowPotential.fill(0, 0, rows)
    columnPotential.fill(0, 0, columns)
    for (let start = 0; start < rows; start++) {
      shortest.fill(Infinity, 0, columns)
      isDone.fill(0, 0, columns)
      let row = start
      let reached = 0
      let sink = -1
      while (sink < 0) {
        let next = -1
        let least = Infinity
        for (let column = 0; column < columns; column++) {
          if (isDone[column] === 1) continue
          const way =
            reached +
            (costs[row * stride + column] as number) -
            (rowPotential[row] as number) -
            (columnPotential[column] as number)
          if (way < (shortest[column] as number)) {
            shortest[column] = way
            cameFrom[column] = row
          }
          if ((shortest[column] as number) < least) {
            least = shortest[column] as number
            next = column
          }
        }
        reached = least
        isDone[next] = 1
        if (rowOf[next] === -1) sink = next
        else row = rowOf[next] as number
      }
      rowPotential[start] = (rowPotential[start] as number) + reached
      for (let column = 0; column < columns; column++) {
        if (isDone[column] === 0 || column === sink) continue
        const slack = reached - (shortest[column] as number)
        const holder = rowOf[column] as number
        rowPotential[holder] = (rowPotential[holder] as number) + slack
        columnPotential[column] = (columnPotential[column] as number) - slack
      }
      // Along the path back to the start every row takes the column that it was reached by.
      for (let column = sink; ;) {
        const holder = cameFrom[column] as number
        rowOf[column] = holder
        const before = columnOf[holder] as number
        columnOf[holder] = column
        if (holder === start) break
        column = before
      }
    }
    let sum = 0
    for (let row = 0; row < rows; row++) sum += costs[row * stride + (columnOf[row] as number)] as number
    return sum
  }

  #grow(capacity: number): void {
    this.columnOf = new Int32Array(capacity)
    this.#rowOf = new Int32Array(capacity)
    this.#cameFrom = new Int32Array(capacity)
    this.#rowPotential = new Float64Array(capacity)
    this.#columnPotential = new Float64Array(capacity)
    this.#shortest = new Float64Array(capacity)
    this.#isDone = new Uint8Array(capacity)
  }
}
