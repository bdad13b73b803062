import { InvalidInputError } from '@heavylift/core'
import { z } from 'zod'
import { parseJsonFile } from '../problem/read-file.ts'
import type { Layout } from './layout.ts'

// Numbers come as text from some exporters.
const number = z.coerce.number()
const text = z.string()
const properties = z
  .array(z.looseObject({ vehicleTypeId: text.optional(), maxSpeed: number.optional() }))
  .optional()
// As 2.0 has them: for several types at once, which have no ids.
const sharedProperties = z
  .array(
    z.looseObject({
      mobileRobotTypes: z.array(z.looseObject({ manufacturer: text, seriesName: text })).default([]),
      maximumSpeed: number.optional(),
    }),
  )
  .optional()

const node = z.looseObject({
  nodeId: text.min(1),
  mapId: text.nullish(),
  nodePosition: z.looseObject({ x: number, y: number }),
  vehicleTypeNodeProperties: properties,
  mobileRobotTypeNodeProperties: sharedProperties,
})
const edge = z.looseObject({
  edgeId: text.min(1),
  startNodeId: text,
  endNodeId: text,
  vehicleTypeEdgeProperties: properties,
  mobileRobotTypeEdgeProperties: sharedProperties,
})
const station = z.looseObject({
  stationId: text.min(1),
  interactionNodeIds: z.array(text).default([]),
  stationName: text.nullish(),
})
const layout = z.looseObject({
  layoutId: text.min(1),
  layoutLevelId: text.nullish(),
  layoutVersion: z.coerce.string().default(''),
  nodes: z.array(node),
  edges: z.array(edge).default([]),
  stations: z.array(station).default([]),
})
const lif = z.looseObject({
  metaInformation: z.looseObject({ lifVersion: z.coerce.string().optional() }),
  layouts: z.array(layout).optional(),
  // The draft of 2.0 has layouts below their origins.
  origins: z.array(z.looseObject({ layouts: z.array(layout).default([]) })).optional(),
})

/**
 * Reads a Layout Interchange Format file (VDMA LIF 1.0.0, March 2024; layouts below origins as in the draft of 2.0 too).
 * @throws InvalidInputError `layout-invalid` with file and place; the line where it is no JSON
 */
export function readLif(content: string, file: string): Layout[] {
  const parsed = lif.safeParse(parseJsonFile(content.replace(/^\uFEFF/, ''), file))
  const broken = (place: string, why: string): InvalidInputError =>
    new InvalidInputError({ code: 'layout-invalid', message: `${file}: ${place}: ${why}` })
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw broken(issue?.path.map(String).join('.') || 'the file', issue?.message ?? 'is not as LIF wants it')
  }
  const found = [
    ...(parsed.data.layouts ?? []),
    ...(parsed.data.origins ?? []).flatMap((origin) => origin.layouts),
  ]
  if (found.length === 0) throw broken('layouts', 'there is none.')
  // An edge may lead into another layout of the file: a lift.
  const allNodeIds = new Set(found.flatMap((each) => each.nodes.map(({ nodeId }) => nodeId)))
  return found.map((each) => {
    const nodeIds = new Set<string>()
    for (const { nodeId } of each.nodes) {
      if (nodeIds.has(nodeId)) throw broken(`layout ${each.layoutId}`, `there are two nodes ${nodeId}.`)
      nodeIds.add(nodeId)
    }
    for (const { edgeId, startNodeId, endNodeId } of each.edges)
      for (const end of [startNodeId, endNodeId])
        if (!allNodeIds.has(end)) throw broken(`edge ${edgeId}`, `its node ${end} is in no layout.`)
    for (const { stationId, interactionNodeIds } of each.stations)
      for (const id of interactionNodeIds)
        if (!nodeIds.has(id))
          throw broken(`station ${stationId}`, `its node ${id} is not in layout ${each.layoutId}.`)
    return {
      layoutId: each.layoutId,
      levelId: each.layoutLevelId ?? null,
      version: each.layoutVersion,
      nodes: each.nodes.map((one) => ({
        nodeId: one.nodeId,
        mapId: one.mapId ?? null,
        xMetres: one.nodePosition.x,
        yMetres: one.nodePosition.y,
        vehicleTypes: typesOf(one.vehicleTypeNodeProperties, one.mobileRobotTypeNodeProperties),
      })),
      edges: each.edges.map((one) => {
        const speeds = [
          ...(one.vehicleTypeEdgeProperties ?? []).flatMap(({ maxSpeed }) => maxSpeed ?? []),
          ...(one.mobileRobotTypeEdgeProperties ?? []).flatMap(({ maximumSpeed }) => maximumSpeed ?? []),
        ]
        return {
          edgeId: one.edgeId,
          startNodeId: one.startNodeId,
          endNodeId: one.endNodeId,
          vehicleTypes: typesOf(one.vehicleTypeEdgeProperties, one.mobileRobotTypeEdgeProperties),
          maxSpeedMps: speeds.length === 0 ? null : Math.min(...speeds),
        }
      }),
      stations: each.stations.map((one) => ({
        stationId: one.stationId,
        interactionNodeIds: one.interactionNodeIds,
        name: one.stationName ?? null,
      })),
    }
  })
}

function typesOf(
  each: z.infer<typeof properties> = [],
  shared: z.infer<typeof sharedProperties> = [],
): string[] {
  return [
    ...each.flatMap(({ vehicleTypeId }) => vehicleTypeId ?? []),
    ...shared.flatMap(({ mobileRobotTypes }) =>
      mobileRobotTypes.map(({ manufacturer, seriesName }) => `${manufacturer} ${seriesName}`),
    ),
  ]
}
