import { route } from '@heavylift/core'
import { z } from 'zod'
import type { RobotsContext } from '../context.ts'
import { partsOf } from '../floor/floor.ts'
import { readMap } from '../floor/read-map.ts'

export const floorRoutes = (_context: RobotsContext) => [
  route({
    method: 'post',
    path: '/floors/read',
    summary: 'Reads a movingai map and says what is on it; a broken one is answered with its line.',
    access: 'operator',
    body: z.object({ map: z.string().max(4_000_000), name: z.string().max(200).default('map') }),
    response: z.object({
      rows: z.int(),
      columns: z.int(),
      freeCells: z.int(),
      parts: z.int().describe('Parts of the floor between which there is no way.'),
      largestPart: z.int().describe('Cells of the largest.'),
    }),
    handle: ({ body }) => {
      const floor = readMap(body.map, body.name)
      const parts = partsOf(floor)
      return {
        rows: floor.rows,
        columns: floor.columns,
        freeCells: floor.isFree.reduce((sum, free) => sum + free, 0),
        parts: parts.reduce((most, part) => Math.max(most, part + 1), 0),
        largestPart: parts.reduce((cells, part) => cells + (part === 0 ? 1 : 0), 0),
      }
    },
  }),
]
