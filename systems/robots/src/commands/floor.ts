import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { z } from 'zod'
import { floorFile, makeRobots } from '../control/floor-file.ts'
import { floorPlaces } from '../control/release/floor-places.ts'
import { readFloor } from '../floor/read-floor.ts'
import { readTextFile } from '../problem/read-file.ts'
import { placesOf } from '../floor/places.ts'
import { countOf, textOf } from './options.ts'

/** `heavylift robots floor MAP FILE`: a map of somebody's own with robots on it, as the other commands read it. */
export async function runFloor({ args, options, print }: CommandInput): Promise<unknown> {
  const [path, file] = [args['map']!, args['file']!]
  const map = await readTextFile(path)
  const read = readFloor(map, basename(path))
  const floorId = textOf(options, 'id', basename(path).replace(/\.\w+$/, ''))
  const parsed = floorFile.safeParse({
    floorId,
    run: randomBytes(4).toString('hex'),
    cellMetres: Number(textOf(options, 'cellMetres', '1')),
    map,
    robots: makeRobots(map, countOf(options, 'robots', 10), floorId),
  })
  if (!parsed.success)
    throw new InvalidInputError({ code: 'floor-file', message: `${path}: ${z.prettifyError(parsed.error)}` })
  const floor = parsed.data
  await writeFile(file, JSON.stringify(floor))
  const { rows, columns } = read.floor
  const { cells, note } = placesOf(read)
  const { mapId, cellMetres } = floorPlaces(map, floorId, floor.cellMetres)
  print(
    `${floor.robots.length} robots on ${rows} × ${columns} cells of ${cellMetres} m, map ${mapId}. ${cells.length} cells can be left and come back to. ${note}`,
  )
  print(`Its robots are listed in ${file}: give each the manufacturer and serialNumber of one of yours.`)
  return { file, robots: floor.robots.length, rows, columns, cells: cells.length, mapId, cellMetres }
}
