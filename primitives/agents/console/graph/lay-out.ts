import { Graph, layout } from '@dagrejs/dagre'
import type { GraphModel, GraphStep } from './graph-model.ts'

/** Where a step is drawn, in CSS px; within its group where it lies in one. */
export interface Box {
  x: number
  y: number
  width: number
  height: number
}

export interface Point {
  x: number
  y: number
}

export interface LaidOut {
  boxes: Map<string, Box>
  /** Where an edge passes between ranks, so that it goes around steps; on the whole canvas, not within a group. */
  bends: Map<string, Point[]>
}

export const stepSize = { width: 232, height: 64 }
const groupPad = { side: 16, top: 72, bottom: 24 }

/** Boxes of all steps, top down along their edges; a map's steps inside it. The same graph is always laid out the same. */
export function layOut(model: GraphModel): LaidOut {
  const laidOut: LaidOut = { boxes: new Map(), bends: new Map() }
  layOutInside(null, model, laidOut)
  for (const { id, from } of model.edges) {
    const offset = offsetOf(parentOf(model, from), model, laidOut.boxes)
    const bends = laidOut.bends.get(id) ?? []
    laidOut.bends.set(
      id,
      bends.map(({ x, y }) => ({ x: x + offset.x, y: y + offset.y })),
    )
  }
  return laidOut
}

const parentOf = (model: GraphModel, id: string): string | null =>
  model.steps.find((step) => step.id === id)?.parent ?? null

function offsetOf(group: string | null, model: GraphModel, boxes: ReadonlyMap<string, Box>): Point {
  if (group === null) return { x: 0, y: 0 }
  const outer = offsetOf(parentOf(model, group), model, boxes)
  const box = boxes.get(group)
  return { x: outer.x + (box?.x ?? 0), y: outer.y + (box?.y ?? 0) }
}

/** @returns the size that the steps of a group take */
function layOutInside(
  parent: string | null,
  model: GraphModel,
  laidOut: LaidOut,
): { width: number; height: number } {
  const graph = new Graph({ multigraph: true }).setGraph({
    rankdir: 'TB',
    nodesep: 32,
    ranksep: 64,
    edgesep: 24,
  })
  const inside = model.steps.filter((step) => step.parent === parent)
  for (const step of inside) graph.setNode(step.id, sizeOf(step, model, laidOut))
  // By exits, the last first: of orders that cross alike the library takes the one that has the first exit's step on the left.
  const place = new Map(
    inside.flatMap(({ id, exits }, at) => exits.map(({ name }, exit) => [`${id}/${name}`, at + exit / 100])),
  )
  const edges = model.edges
    .filter(({ from, to }) => graph.hasNode(from) && graph.hasNode(to))
    .toSorted((a, b) => (place.get(`${b.from}/${b.exit}`) ?? 0) - (place.get(`${a.from}/${a.exit}`) ?? 0))
  for (const { id, from, to } of edges) graph.setEdge(from, to, {}, id)
  layout(graph)
  const dx = parent === null ? 0 : groupPad.side
  const dy = parent === null ? 0 : groupPad.top
  let [width, height] = [0, 0]
  for (const step of inside) {
    const node = graph.node(step.id) as Box
    const box = {
      width: node.width,
      height: node.height,
      x: node.x - node.width / 2 + dx,
      y: node.y - node.height / 2 + dy,
    }
    laidOut.boxes.set(step.id, box)
    width = Math.max(width, box.x + box.width)
    height = Math.max(height, box.y + box.height)
  }
  for (const { id, from, to } of edges) {
    const { points = [] } = graph.edge(from, to, id) as { points?: Point[] }
    // The ends are the exits of the steps; what lies between is the way around others.
    const bends = points.slice(1, -1).map(({ x, y }) => ({ x: x + dx, y: y + dy }))
    laidOut.bends.set(id, bends.length > 1 ? bends : [])
  }
  return { width: width + groupPad.side, height: height + groupPad.bottom }
}

function sizeOf(step: GraphStep, model: GraphModel, laidOut: LaidOut): { width: number; height: number } {
  if (!step.isGroup) return { ...stepSize }
  const { width, height } = layOutInside(step.id, model, laidOut)
  return { width: Math.max(stepSize.width + 2 * groupPad.side, width), height: Math.max(136, height) }
}

/** A line from one point to another by way of others, leaving and arriving straight down. */
export function pathThrough(points: readonly Point[]): string {
  return points.reduce((path, to, index) => {
    const from = points[index - 1]
    if (from === undefined) return `M${to.x},${to.y}`
    const bow = Math.max(12, (to.y - from.y) / 2)
    return `${path} C${from.x},${from.y + bow} ${to.x},${to.y - bow} ${to.x},${to.y}`
  }, '')
}
