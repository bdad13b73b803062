import { InvalidInputError, route } from '@heavylift/core'
import { z } from 'zod'
import type { RobotsContext } from '../context.ts'
import { floorOfLayout } from '../floor/floor-of-layout.ts'
import { partsOf } from '../floor/floor.ts'
import type { Floor } from '../floor/floor.ts'
import { readLif } from '../floor/read-lif.ts'
import { readMap } from '../floor/read-map.ts'

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
      cells: z
        .base64()
        .nullable()
        .describe(
          'A byte a cell, row by row: 0 wall, 1 free, 2 free but off the largest part. Null where the floor is too large for a picture.',
        ),
    }),
    handle: ({ body }) => {
      const floor = body.map.trimStart().startsWith('{')
        ? firstLayout(body.map, body.name)
        : readMap(body.map, body.name)
      const parts = partsOf(floor)
      const cells = Uint8Array.from(floor.isFree, (free, cell) =>
        free === 0 ? 0 : parts[cell] === 0 ? 1 : 2,
      )
      return {
        rows: floor.rows,
        columns: floor.columns,
        freeCells: floor.isFree.reduce((sum, free) => sum + free, 0),
        parts: parts.reduce((most, part) => Math.max(most, part + 1), 0),
        largestPart: parts.reduce((count, part) => count + (part === 0 ? 1 : 0), 0),
        cells: cells.length > mostPictured ? null : Buffer.from(cells).toString('base64'),
      }
    },
  }),
]

function firstLayout(text: string, name: string): Floor {
  const [layout] = readLif(text, name)
  if (layout === undefined)
    throw new InvalidInputError({ code: 'layout-missing', message: `${name} has no layout.` })
  return floorOfLayout(layout).floor
}
