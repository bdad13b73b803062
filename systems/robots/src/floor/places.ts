import { partsOf } from './floor.ts'
import type { Floor } from './floor.ts'
import type { ReadFloor } from './read-floor.ts'

/** Where robots work on a floor, within its largest part. */
export interface Places {
  /** Part of each cell, as `partsOf` numbers them. */
  part: Int32Array
  /** Cells of the largest part. */
  cells: number[]
  /** Where goods are fetched; none: at stations. */
  faces: number[]
  /** Where they are brought; none: anywhere. */
  stations: number[]
  /** What was taken for what. */
  note: string
}

/** Places as the file names them; where it does not say where goods are fetched, beside walls, and where it names nothing, anywhere. */
export function placesOf({ floor, fetch, stations: named, metres }: ReadFloor): Places {
  const part = partsOf(floor)
  const isInside = (cell: number): boolean => part[cell] === 0
  const cells = Array.from(part.keys()).filter(isInside)
  const [faces, stations] = [fetch.filter(isInside), named.filter(isInside)]
  const of = { part, cells, faces, stations }
  const isLayout = metres !== null
  const among = `Goods go from one to another of the ${stations.length} ${isLayout ? 'nodes at which stations are served' : 'marked cells'}.`
  if (faces.length > 0 && stations.length > 0)
    return {
      ...of,
      note: `Goods are fetched at the ${faces.length} cells marked E and brought to the ${stations.length} marked S.`,
    }
  if (isLayout && stations.length > 1) return { ...of, faces: [], note: among }
  if (isLayout || stations.length === 0)
    return {
      ...of,
      faces: [],
      stations: [],
      note: `The file names no places where robots work (${isLayout ? 'interactionNodeIds of two stations or more' : 'cells marked E and S'}), so tasks go from any cell to any other.`,
    }
  const marked = new Set(stations)
  const beside = cells.filter((cell) => !marked.has(cell) && isBesideWall(floor, cell))
  if (beside.length === 0) return { ...of, faces: [], note: among }
  return {
    ...of,
    faces: beside,
    note: `Goods are brought to the ${stations.length} cells marked E. Where they are fetched the file does not say (E, with S where they are brought), so they are at the ${beside.length} cells beside a wall.`,
  }
}

function isBesideWall({ rows, columns, isFree }: Floor, cell: number): boolean {
  const [row, column] = [Math.floor(cell / columns), cell % columns]
  return (
    (row > 0 && isFree[cell - columns] === 0) ||
    (row + 1 < rows && isFree[cell + columns] === 0) ||
    (column > 0 && isFree[cell - 1] === 0) ||
    (column + 1 < columns && isFree[cell + 1] === 0)
  )
}
