import { Graph, layout } from '@dagrejs/dagre'
import type { GraphModel, GraphStep } from './graph-model.ts'

/** Where a step is drawn, in CSS px; within its group where it lies in one. */
export interface Box {
  x: number
  y: number
  width: number
  height: number
}

export const stepSize = { width: 232, height: 64 }
const groupPad = { side: 16, top: 48, bottom: 24 }

/** Boxes of all steps, top down along their edges; a map's steps inside it. The same graph is always laid out the same. */
export function layOut(model: GraphModel): Map<string, Box> {
  const boxes = new Map<string, Box>()
  layOutInside(null, model, boxes)
  return boxes
}

/** @returns the size that the steps of a group take */
function layOutInside(
  parent: string | null,
  model: GraphModel,
  boxes: Map<string, Box>,
): { width: number; height: number } {
  const graph = new Graph().setGraph({ rankdir: 'TB', nodesep: 32, ranksep: 56 })
  graph.setDefaultEdgeLabel(() => ({}))
  const inside = model.steps.filter((step) => step.parent === parent)
  for (const step of inside) graph.setNode(step.id, sizeOf(step, model, boxes))
  for (const { from, to } of model.edges)
    if (graph.hasNode(from) && graph.hasNode(to)) graph.setEdge(from, to)
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
    boxes.set(step.id, box)
    width = Math.max(width, box.x + box.width)
    height = Math.max(height, box.y + box.height)
  }
  return { width: width + groupPad.side, height: height + groupPad.bottom }
}

function sizeOf(
  step: GraphStep,
  model: GraphModel,
  boxes: Map<string, Box>,
): { width: number; height: number } {
  if (!step.isGroup) return { ...stepSize }
  const { width, height } = layOutInside(step.id, model, boxes)
  return { width: Math.max(stepSize.width + 2 * groupPad.side, width), height: Math.max(120, height) }
}
