import type { Floor } from '../../floor/floor.ts'
import { readFloor } from '../../floor/read-floor.ts'

/** Where cells lie, as robots are told: nodes of a map, x to the east and y to the north, in metres. */
export interface FloorPlaces {
  floor: Floor
  mapId: string
  /** Side of a cell. */
  cellMetres: number
  /** Where the middle of the first cell lies; without, at 0, 0. */
  origin?: { x: number; y: number }
  /** Names that robots know cells by; without, `c` and the cell's number. */
  names?: { nodeOf: ReadonlyMap<number, string>; cellOf: ReadonlyMap<string, number> }
}

/**
 * The places of a floor by its map: of a LIF file as robots know them, with its nodes, its map and its metres; of a movingai map `floorId` is the map.
 * @param cellMetres where the map has no metres
 * @throws InvalidInputError as `readFloor`
 */
export function floorPlaces(map: string, floorId: string, cellMetres: number): FloorPlaces {
  const { floor, metres, nodes } = readFloor(map, floorId)
  if (metres === null) return { floor, mapId: floorId, cellMetres }
  const mapIds = new Set(Array.from(nodes.values(), ({ mapId }) => mapId))
  const [mapId] = mapIds
  return {
    floor,
    mapId: mapIds.size === 1 && mapId ? mapId : floorId,
    cellMetres: metres.cell,
    origin: { x: metres.x, y: metres.y },
    names: {
      nodeOf: new Map(Array.from(nodes, ([cell, { nodeId }]) => [cell, nodeId])),
      cellOf: new Map(Array.from(nodes, ([cell, { nodeId }]) => [nodeId, cell])),
    },
  }
}

export function nodeIdOf({ names }: FloorPlaces, cell: number): string {
  return names?.nodeOf.get(cell) ?? `c${cell}`
}

/** The cell of a node, or -1 where the name is none of ours. */
export function cellOfNode({ names }: FloorPlaces, nodeId: string): number {
  if (names !== undefined) return names.cellOf.get(nodeId) ?? -1
  return /^c\d{1,9}$/.test(nodeId) ? Number(nodeId.slice(1)) : -1
}

export function positionOf(
  { floor, cellMetres, origin = { x: 0, y: 0 } }: FloorPlaces,
  cell: number,
): { x: number; y: number } {
  return {
    x: origin.x + (cell % floor.columns) * cellMetres,
    y: origin.y - Math.floor(cell / floor.columns) * cellMetres,
  }
}

/** The cell at a position, or -1 off the floor. */
export function cellAt(
  { floor, cellMetres, origin = { x: 0, y: 0 } }: FloorPlaces,
  { x, y }: { x: number; y: number },
): number {
  const [column, row] = [Math.round((x - origin.x) / cellMetres), Math.round((origin.y - y) / cellMetres)]
  return column < 0 || column >= floor.columns || row < 0 || row >= floor.rows
    ? -1
    : row * floor.columns + column
}
