import type { LaneGraph } from '../lanes/lane-graph.ts'
import type { AgentTable } from '../scene/agent-table.ts'
import type { Obstacles } from './obstacles.ts'

const cellM = 16
/** For so many seconds pedestrians on the road are expected to walk on. */
const aheadS = 3

/** Finds the lanes that a body lies on, by a grid over the samples of their centres. Allocates nothing once made. */
export class LaneFinder {
  readonly #graph: LaneGraph
  readonly #minX: number
  readonly #minY: number
  readonly #columns: number
  readonly #rows: number
  readonly #start: Int32Array
  readonly #items: Int32Array

  constructor(graph: LaneGraph) {
    this.#graph = graph
    const { sampleX, sampleY } = graph
    this.#minX = sampleX.reduce((least, x) => Math.min(least, x), Infinity) - cellM
    this.#minY = sampleY.reduce((least, y) => Math.min(least, y), Infinity) - cellM
    const maxX = sampleX.reduce((most, x) => Math.max(most, x), -Infinity) + cellM
    const maxY = sampleY.reduce((most, y) => Math.max(most, y), -Infinity) + cellM
    this.#columns = Math.ceil((maxX - this.#minX) / cellM) + 1
    this.#rows = Math.ceil((maxY - this.#minY) / cellM) + 1
    const cells: Set<number>[] = Array.from({ length: this.#columns * this.#rows }, () => new Set())
    for (let lane = 0; lane < graph.count; lane++)
      for (let i = graph.sampleStart[lane] as number; i < (graph.sampleStart[lane + 1] as number); i++) {
        const column = Math.floor(((sampleX[i] as number) - this.#minX) / cellM)
        const row = Math.floor(((sampleY[i] as number) - this.#minY) / cellM)
        // Bodies of the next cells reach over here.
        for (let dy = -1; dy <= 1; dy++)
          for (let dx = -1; dx <= 1; dx++)
            if (column + dx >= 0 && column + dx < this.#columns && row + dy >= 0 && row + dy < this.#rows)
              (cells[(row + dy) * this.#columns + column + dx] as Set<number>).add(lane)
      }
    this.#start = new Int32Array(cells.length + 1)
    for (const [index, cell] of cells.entries())
      this.#start[index + 1] = (this.#start[index] as number) + cell.size
    this.#items = Int32Array.from(cells.flatMap((cell) => [...cell]))
  }

  /** Adds a pedestrian to the lanes that it is on and, while it is on one, to those that it walks onto in the next seconds. */
  addPedestrian(agents: AgentTable, row: number, obstacles: Obstacles): void {
    const before = obstacles.count
    this.addAgent(agents, row, 0, 0, obstacles)
    if (obstacles.count === before) return
    const speed = agents.speedMps[row] as number
    if (speed > 0.2)
      for (let second = 1; second <= aheadS; second++)
        this.addAgent(agents, row, 0, speed * second, obstacles)
  }

  /** Adds the agent of a row, moved on by `aheadM`, as an obstacle to every lane that its body reaches into, by `marginM` at least. */
  addAgent(agents: AgentTable, row: number, marginM: number, aheadM: number, obstacles: Obstacles): void {
    const x = (agents.x[row] as number) + aheadM * Math.cos(agents.heading[row] as number)
    const y = (agents.y[row] as number) + aheadM * Math.sin(agents.heading[row] as number)
    const column = Math.floor((x - this.#minX) / cellM)
    const gridRow = Math.floor((y - this.#minY) / cellM)
    if (!(column >= 0 && column < this.#columns && gridRow >= 0 && gridRow < this.#rows)) return
    const cell = gridRow * this.#columns + column
    for (let i = this.#start[cell] as number; i < (this.#start[cell + 1] as number); i++)
      this.#addOn(this.#items[i] as number, x, y, agents, row, marginM, obstacles)
  }

  #addOn(
    lane: number,
    x: number,
    y: number,
    agents: AgentTable,
    row: number,
    marginM: number,
    obstacles: Obstacles,
  ): void {
    const { sampleStart, sampleX, sampleY, sampleHeading, lengthM, widthM } = this.#graph
    const start = sampleStart[lane] as number
    const end = sampleStart[lane + 1] as number
    let nearest = start
    let least = Infinity
    for (let i = start; i < end; i++) {
      const dx = x - (sampleX[i] as number)
      const dy = y - (sampleY[i] as number)
      const square = dx * dx + dy * dy
      if (square < least) {
        least = square
        nearest = i
      }
    }
    const heading = sampleHeading[nearest] as number
    const cos = Math.cos(heading)
    const sin = Math.sin(heading)
    const dx = x - (sampleX[nearest] as number)
    const dy = y - (sampleY[nearest] as number)
    const turn = (agents.heading[row] as number) - heading
    const along = Math.abs(Math.cos(turn))
    const across = Math.abs(Math.sin(turn))
    const halfLength = (agents.lengthM[row] as number) / 2
    const halfWidth = (agents.widthM[row] as number) / 2
    const reach = halfWidth * along + halfLength * across
    const lateral = Math.abs(dy * cos - dx * sin)
    if (lateral > (widthM[lane] as number) / 2 + reach - marginM) return
    const length = lengthM[lane] as number
    const place = ((nearest - start) / (end - start - 1)) * length + dx * cos + dy * sin
    const extent = halfLength * along + halfWidth * across
    if (place + extent < 0 || place - extent > length) return
    obstacles.add(
      lane,
      place - extent,
      place + extent,
      Math.max(0, (agents.speedMps[row] as number) * Math.cos(turn)),
    )
  }
}
