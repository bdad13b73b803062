import { InvalidInputError } from '@heavylift/core'
import { createFloor } from './floor.ts'
import type { Floor } from './floor.ts'
import type { Layout } from './layout.ts'

/** How far from its place a node may be, as a share of the pitch. */
const tolerance = 0.2

export interface LaidFloor {
  floor: Floor
  /** Metres from cell to cell. */
  pitchMetres: number
  /** Cell of each node. */
  cellOf: Map<string, number>
  /** Where the middle of the first cell lies. */
  originMetres: { x: number; y: number }
}

/**
 * The floor of square cells that a layout's nodes stand on, rows from the highest y down; nodes in one place, as there are for several types of vehicles, are one cell. A robot may go from cell to cell only where there is an edge, in its
 * direction, so one-way tracks stay so.
 * @throws InvalidInputError `layout-not-square` where the nodes are on no such grid, or an edge leads past a neighbour
 */
export function floorOfLayout({ layoutId, nodes, edges }: Layout): LaidFloor {
  const broken = (why: string): InvalidInputError =>
    new InvalidInputError({
      code: 'layout-not-square',
      message: `Layout ${layoutId} is no grid of square cells: ${why}`,
    })
  const at = new Map(nodes.map((node) => [node.nodeId, node]))
  // An edge into another layout is a lift, not a way on this floor.
  const ways = edges.filter(({ startNodeId, endNodeId }) => at.has(startNodeId) && at.has(endNodeId))
  const lengths = ways.flatMap(({ startNodeId, endNodeId }) => {
    const [from, to] = [at.get(startNodeId)!, at.get(endNodeId)!]
    const length = Math.hypot(to.xMetres - from.xMetres, to.yMetres - from.yMetres)
    return length > 0 ? [length] : []
  })
  const pitchMetres = Math.min(...lengths)
  if (!Number.isFinite(pitchMetres)) throw broken('it has no edge with a length.')
  const left = Math.min(...nodes.map(({ xMetres }) => xMetres))
  const top = Math.max(...nodes.map(({ yMetres }) => yMetres))
  const place = (metres: number, id: string): number => {
    const cells = metres / pitchMetres
    if (Math.abs(cells - Math.round(cells)) > tolerance)
      throw broken(`node ${id} is off a grid of ${pitchMetres.toFixed(2)} m.`)
    return Math.round(cells)
  }
  const places = nodes.map((node) => ({
    id: node.nodeId,
    row: place(top - node.yMetres, node.nodeId),
    column: place(node.xMetres - left, node.nodeId),
  }))
  const rows = 1 + Math.max(...places.map(({ row }) => row))
  const columns = 1 + Math.max(...places.map(({ column }) => column))
  if (rows * columns > 16_000_000) throw broken(`${rows} × ${columns} cells are too many.`)
  const isFree = new Uint8Array(rows * columns)
  const cellOf = new Map<string, number>()
  for (const { id, row, column } of places) {
    const cell = row * columns + column
    isFree[cell] = 1
    cellOf.set(id, cell)
  }
  const floor = createFloor(rows, columns, isFree)
  const open = new Uint8Array(floor.ahead.length)
  for (const { edgeId, startNodeId, endNodeId } of ways) {
    const [from, to] = [cellOf.get(startNodeId)!, cellOf.get(endNodeId)!]
    if (from === to) continue
    const direction = [0, 1, 2, 3].find((each) => floor.ahead[from * 4 + each] === to)
    if (direction === undefined) throw broken(`edge ${edgeId} leads to no neighbour.`)
    open[from * 4 + direction] = 1
  }
  for (let state = 0; state < open.length; state++) if (open[state] === 0) floor.ahead[state] = -1
  return { floor, pitchMetres, cellOf, originMetres: { x: left, y: top } }
}
