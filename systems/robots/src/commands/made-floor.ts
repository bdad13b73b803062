import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { createRandom } from '@heavylift/core'
import type { CommandInput } from '@heavylift/core'
import { makeMap, mapText } from '../../samples/made-floors.ts'
import { makeRobots } from '../control/floor-file.ts'
import type { FloorFile } from '../control/floor-file.ts'
import { countOf } from './options.ts'

/** `heavylift robots made-floor FILE`. */
export async function runMadeFloor({ args, options, print }: CommandInput): Promise<unknown> {
  const file = args['file']!
  const [rows, columns] = [countOf(options, 'rows', 30), countOf(options, 'columns', 40)]
  const map = mapText(makeMap('wide aisles', rows, columns, createRandom('made floor')))
  const floor: FloorFile = {
    floorId: 'made',
    run: randomBytes(4).toString('hex'),
    cellMetres: 1,
    map,
    robots: makeRobots(map, countOf(options, 'robots', 50), 'made floor'),
  }
  await writeFile(file, JSON.stringify(floor))
  print(`${floor.robots.length} robots on ${rows} × ${columns} cells.`)
  return { file, robots: floor.robots.length, rows, columns }
}
