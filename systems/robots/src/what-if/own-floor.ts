import { InvalidInputError } from '@heavylift/core'
import { createFloor } from '../floor/floor.ts'
import type { Floor } from '../floor/floor.ts'
import { placesOf } from '../floor/places.ts'
import type { ReadFloor } from '../floor/read-floor.ts'
import type { Warehouse } from '../live/made-warehouse.ts'
import type { OwnFloor } from './question.ts'

const [wall, free, face, station] = [0, 1, 2, 3]

/** Cells of a floor that is run many times over. */
export const mostOwnCells = 100_000

/**
 * A floor as a question takes it along.
 * @throws InvalidInputError `floor-too-large`, `floor-too-small`
 */
export function ownFloorOf(read: ReadFloor): OwnFloor {
  const { name, floor } = read
  const { rows, columns } = floor
  if (rows * columns > mostOwnCells)
    throw new InvalidInputError({
      code: 'floor-too-large',
      message: `${name} has ${rows} × ${columns} cells; runs by the dozen are made on at most ${mostOwnCells}. Ask of a part of it.`,
    })
  const { part, cells, faces, stations } = placesOf(read)
  if (cells.length < 4)
    throw new InvalidInputError({
      code: 'floor-too-small',
      message: `${name}: the largest part in which robots can come and go has ${cells.length} cells: too few to bring anything anywhere.`,
    })
  const kinds = Uint8Array.from(part, (number) => (number === 0 ? free : wall))
  for (const cell of faces) kinds[cell] = face
  for (const cell of stations) kinds[cell] = station
  const { ahead: usual } = floorOfKinds(rows, columns, kinds)
  const ways = new Uint8Array(kinds.length)
  for (let state = 0; state < usual.length; state++)
    if (usual[state]! >= 0 && floor.ahead[state]! >= 0) ways[state >> 2]! |= 1 << (state & 3)
  const isOneWay = usual.some((next, state) => next >= 0 && floor.ahead[state]! < 0)
  return {
    name,
    rows,
    columns,
    kinds: Buffer.from(kinds).toString('base64'),
    ways: isOneWay ? Buffer.from(ways).toString('base64') : null,
  }
}

const floorOfKinds = (rows: number, columns: number, kinds: Uint8Array): Floor =>
  createFloor(
    rows,
    columns,
    Uint8Array.from(kinds, (kind) => (kind === wall ? 0 : 1)),
  )

/**
 * The floor to run on. Nothing charges on it.
 * @param isOpen whether robots work at a station, asked once for each
 */
export function warehouseOf(own: OwnFloor, isOpen: () => boolean): Warehouse {
  const { name, rows, columns, ways } = own
  const kinds = new Uint8Array(Buffer.from(own.kinds, 'base64'))
  const floor = floorOfKinds(rows, columns, kinds)
  if (ways !== null) {
    const open = Buffer.from(ways, 'base64')
    for (let state = 0; state < floor.ahead.length; state++)
      if ((open[state >> 2]! & (1 << (state & 3))) === 0) floor.ahead[state] = -1
  }
  const first = (...some: number[]): number[] =>
    some
      .map((kind) => Array.from(kinds.keys()).filter((cell) => kinds[cell] === kind))
      .find((cells) => cells.length > 0) ?? []
  const all = first(station, free)
  const open = all.filter(isOpen)
  return {
    name,
    floor,
    kinds,
    faces: first(face, station, free),
    stations: open.length > 0 ? open : all.slice(0, 1),
    chargers: [],
  }
}
