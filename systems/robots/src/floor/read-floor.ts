import { InvalidInputError } from '@heavylift/core'
import type { Floor } from './floor.ts'
import { floorOfLayout } from './floor-of-layout.ts'
import { readLif } from './read-lif.ts'
import { readMarkedMap } from './read-map.ts'

/** A floor of somebody's own, with what its file says of places. */
export interface ReadFloor {
  name: string
  floor: Floor
  /** Cells that the file names as places at which robots work: marked `E` and `S`, or nodes of stations. */
  fetch: number[]
  stations: number[]
  /** Side of a cell, and where the middle of the first one lies; null where the file has no metres. */
  metres: { cell: number; x: number; y: number } | null
  /** Node and map of each cell, as the robots know them; none where cells have no names. */
  nodes: Map<number, { nodeId: string; mapId: string | null }>
}

/**
 * Reads a floor: a movingai map, or the first layout of a LIF file.
 * @throws InvalidInputError `map-invalid`, `layout-invalid` or `layout-not-square`, with what is wrong and where
 */
export function readFloor(text: string, file: string): ReadFloor {
  if (!/^\uFEFF?\s*\{/.test(text)) {
    const { floor, marks } = readMarkedMap(text, file)
    const { E, S } = marks
    const isBoth = E.length > 0 && S.length > 0
    return {
      name: file,
      floor,
      fetch: isBoth ? E : [],
      // Alone, S is a swamp of movingai's games.
      stations: isBoth ? S : E,
      metres: null,
      nodes: new Map(),
    }
  }
  const [layout] = readLif(text, file)
  if (layout === undefined)
    throw new InvalidInputError({ code: 'layout-missing', message: `${file} has no layout.` })
  const { floor, pitchMetres, cellOf, originMetres } = floorOfLayout(layout)
  const nodes: ReadFloor['nodes'] = new Map()
  for (const { nodeId, mapId } of layout.nodes) {
    const cell = cellOf.get(nodeId)!
    if (!nodes.has(cell)) nodes.set(cell, { nodeId, mapId })
  }
  return {
    name: file,
    floor,
    fetch: [],
    stations: [
      ...new Set(layout.stations.flatMap((each) => each.interactionNodeIds.map((id) => cellOf.get(id)!))),
    ],
    metres: { cell: pitchMetres, ...originMetres },
    nodes,
  }
}
