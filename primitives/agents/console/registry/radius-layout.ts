import type { EdgeKind } from '../../src/registry/registry-tables.ts'

/** Something that agents reach, or an agent. */
export interface RadiusNode {
  kind: EdgeKind
  name: string
}

export interface Radius {
  of: RadiusNode
  touches: (RadiusNode & { distance: number })[]
  broken: (RadiusNode & { distance: number })[]
  edges: { from: RadiusNode; to: RadiusNode }[]
  counts: { touches: Partial<Record<EdgeKind, number>>; broken: number; teams: number }
}

/** Where a node is drawn, in CSS px. */
export interface PlacedNode extends RadiusNode {
  x: number
  y: number
}

export interface PlacedRadius {
  nodes: PlacedNode[]
  /** Nodes of a column that are not drawn. */
  more: { x: number; y: number; count: number }[]
  lines: { key: string; from: PlacedNode; to: PlacedNode }[]
  heads: { x: number; text: string }[]
  width: number
  height: number
}

export const nodeSize = { width: 200, height: 26 }
const columnGap = 60
const rowGap = 8
const headHeight = 28
const mostRows = 14
/** What is further away than this stands in the last column of its side. */
const mostColumns = 3

export const keyOfNode = ({ kind, name }: RadiusNode): string => `${kind} ${name}`

/** Columns from left to right: agents that break, the nearest next to the middle; what is looked at; what it touches, nearest first. */
export function placeRadius({ of, touches, broken, edges }: Radius): PlacedRadius {
  const columns = new Map<number, RadiusNode[]>([[0, [of]]])
  const add = (nodes: Radius['touches'], side: -1 | 1) => {
    for (const { kind, name, distance } of nodes) {
      const column = side * Math.min(distance, mostColumns)
      columns.set(column, [...(columns.get(column) ?? []), { kind, name }])
    }
  }
  add(broken, -1)
  add(touches, 1)
  const order = [...columns.keys()].sort((a, b) => a - b)
  const rows = Math.max(...[...columns.values()].map((nodes) => Math.min(nodes.length, mostRows + 1)))
  const height = headHeight + rows * (nodeSize.height + rowGap)
  const placed: PlacedRadius = {
    nodes: [],
    more: [],
    lines: [],
    heads: [],
    width: order.length * nodeSize.width + (order.length - 1) * columnGap,
    height,
  }
  for (const [at, column] of order.entries()) {
    const nodes = columns.get(column)!
    const shown = nodes.slice(0, mostRows)
    const x = at * (nodeSize.width + columnGap)
    const taken = (shown.length + (nodes.length > mostRows ? 1 : 0)) * (nodeSize.height + rowGap)
    const top = headHeight + (height - headHeight - taken) / 2
    placed.heads.push({ x, text: headOf(column) })
    for (const [row, node] of shown.entries())
      placed.nodes.push({ ...node, x, y: top + row * (nodeSize.height + rowGap) })
    if (nodes.length > mostRows)
      placed.more.push({ x, y: top + mostRows * (nodeSize.height + rowGap), count: nodes.length - mostRows })
  }
  const byKey = new Map(placed.nodes.map((node) => [keyOfNode(node), node]))
  for (const edge of edges) {
    const [from, to] = [byKey.get(keyOfNode(edge.from)), byKey.get(keyOfNode(edge.to))]
    if (from && to && from.x < to.x)
      placed.lines.push({ key: `${keyOfNode(from)}→${keyOfNode(to)}`, from, to })
  }
  return placed
}

function headOf(column: number): string {
  if (column === 0) return 'Looked at'
  const far = Math.abs(column) === mostColumns ? ' or more' : ''
  const steps = `${Math.abs(column)}${far} ${Math.abs(column) === 1 ? 'step' : 'steps'}`
  return column < 0 ? `Breaks, ${steps} away` : `Touches, ${steps} away`
}
