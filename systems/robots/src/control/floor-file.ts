import { readFile } from 'node:fs/promises'
import { createRandom, InvalidInputError } from '@heavylift/core'
import { z } from 'zod'
import { partsOf } from '../floor/floor.ts'
import { readFloor } from '../floor/read-floor.ts'
import type { FloorRobot } from './store/control-tables.ts'
import { isLevel } from './vda5050/protocol.ts'

const name = z.string().refine(isLevel, 'may have no / + # $')

/** A floor and its robots, as the commands take it. */
export const floorFile = z.object({
  floorId: name,
  run: z.string().regex(/^[\w-]{1,40}$/),
  /** Where the map has no metres. */
  cellMetres: z.number().positive(),
  /** movingai, or the first layout of a LIF file. */
  map: z.string().max(4_000_000),
  robots: z
    .array(
      z.object({
        major: z.literal([2, 3]),
        manufacturer: name,
        serialNumber: name,
        /** Cell and direction, `cell * 4 + direction`. */
        start: z.int().min(0),
      }),
    )
    .min(1)
    .max(100_000),
})

export type FloorFile = z.output<typeof floorFile>

/** @throws InvalidInputError `floor-file` with what is wrong */
export async function readFloorFile(path: string): Promise<FloorFile> {
  const fail = (message: string): never => {
    throw new InvalidInputError({ code: 'floor-file', message: `${path}: ${message}` })
  }
  let said: unknown
  try {
    said = JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    return fail((error as Error).message)
  }
  const parsed = floorFile.safeParse(said)
  if (!parsed.success) return fail(z.prettifyError(parsed.error))
  const { floor } = readFloor(parsed.data.map, path)
  const taken = new Set<number>()
  parsed.data.robots.forEach(({ start, serialNumber }) => {
    const cell = start >> 2
    if (floor.isFree[cell] !== 1) fail(`Robot ${serialNumber} stands on cell ${cell}, where nobody can.`)
    if (taken.has(cell)) fail(`Robot ${serialNumber} stands on cell ${cell}, where another does.`)
    taken.add(cell)
  })
  return parsed.data
}

/** Robots of both versions at random cells of the largest part, all facing east; fewer where there is no room. */
export function makeRobots(map: string, robots: number, seed: string): FloorRobot[] {
  const part = partsOf(readFloor(map, 'the map').floor)
  const cells = Array.from(part.keys()).filter((cell) => part[cell] === 0)
  return createRandom(`robots ${seed}`)
    .sample(cells, Math.min(robots, cells.length))
    .map((cell, at) => ({
      major: at % 2 === 0 ? 3 : 2,
      manufacturer: 'simulated',
      serialNumber: `r${at}`,
      start: cell * 4,
    }))
}
