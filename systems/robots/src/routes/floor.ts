import { route } from '@heavylift/core'
import { z } from 'zod'
import type { RobotsContext } from '../context.ts'
import { readFloor } from '../floor/read-floor.ts'
import { placesOf } from '../floor/places.ts'
import { mostOwnCells } from '../what-if/own-floor.ts'

/** Cells up to which a picture is sent. */
const mostPictured = 500_000

export const floorRoutes = (_context: RobotsContext) => [
  route({
    method: 'post',
    path: '/floors/read',
    summary:
      'Reads a map (movingai, or the first layout of a LIF file) and says what is on it; a broken one is answered with what is wrong.',
    access: 'operator',
    body: z.object({ map: z.string().max(4_000_000), name: z.string().max(200).default('map') }),
    response: z.object({
      rows: z.int(),
      columns: z.int(),
      freeCells: z.int(),
      parts: z.int().describe('Parts of the floor between which there is no way.'),
      largestPart: z.int().describe('Cells of the largest.'),
      fetchCells: z.int().describe('Cells at which goods are fetched.'),
      stationCells: z.int().describe('Cells to which they are brought.'),
      note: z.string().describe('What was taken for what.'),
      canRun: z.boolean().describe('Whether a what-if may be asked of it.'),
      cells: z
        .base64()
        .nullable()
        .describe(
          'A byte a cell, row by row: 0 wall, 1 free, 2 free but off the largest part, 3 where goods are fetched, 4 where they are brought. Null where the floor is too large for a picture.',
        ),
    }),
    handle: ({ body }) => {
      const read = readFloor(body.map, body.name)
      const { rows, columns, isFree } = read.floor
      const { part, cells: largest, faces, stations, note } = placesOf(read)
      const cells = Uint8Array.from(part, (number) => (number < 0 ? 0 : number === 0 ? 1 : 2))
      for (const cell of faces) cells[cell] = 3
      for (const cell of stations) cells[cell] = 4
      const stationCells = stations.length || largest.length
      return {
        rows,
        columns,
        freeCells: isFree.reduce((sum, free) => sum + free, 0),
        parts: part.reduce((most, number) => Math.max(most, number + 1), 0),
        largestPart: largest.length,
        fetchCells: faces.length || stationCells,
        stationCells,
        note,
        canRun: cells.length <= mostOwnCells && largest.length >= 4,
        cells: cells.length > mostPictured ? null : Buffer.from(cells).toString('base64'),
      }
    },
  }),
]
