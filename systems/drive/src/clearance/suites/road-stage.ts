import { basename } from 'node:path'
import { InvalidInputError } from '@heavylift/core'
import { buildLaneGraph } from '../../world/lanes/lane-graph.ts'
import { routeAlong } from '../../world/lanes/route.ts'
import { parseOpenDrive } from '../../world/opendrive/parse-opendrive.ts'
import { ReadingNotes } from '../../world/openscenario/reading-notes.ts'
import { readXmlFile } from '../../world/xml/read-xml-file.ts'
import type { Stage } from '../run/stage.ts'
import { makeStage } from './library/make-stage.ts'

const shownS = 30
const routeM = 2000
const speedMps = 10

/** Roads alone, with a car that drives along a lane that begins at their edge (the first one else), so that they can be looked at. Throws `drive-file-invalid`. */
export async function roadStage(path: string): Promise<Stage> {
  const network = parseOpenDrive(await readXmlFile(path))
  const graph = buildLaneGraph(network)
  if (graph.count === 0)
    throw new InvalidInputError({
      code: 'drive-file-invalid',
      message: `${path}: has no lane for driving, so nobody can show its roads.`,
    })
  const { start } = graph.predecessors
  const first = Array.from({ length: graph.count }, (_, lane) => lane).find(
    (lane) => start[lane] === start[lane + 1],
  )
  const lane = first ?? 0
  const index = graph.road[lane] as number
  const road = network.road(index)
  const isAlong = graph.direction[lane] === 1
  // A metre inside, where the lane surely is.
  const s = isAlong ? Math.min(1, road.length / 2) : Math.max(road.length - 1, road.length / 2)
  const from = { road: road.id, lane: graph.laneId[lane] as number, s }
  const notes = new ReadingNotes()
  const km = network.roads.reduce((sum, { length }) => sum + length, 0) / 1000
  notes.remark(
    `${network.roads.length} roads of ${km.toFixed(1)} km, ${network.junctions.size} junctions; a car drives ${shownS} s from road ${road.id}, lane ${from.lane}. What the file breaks of the standard: heavylift drive formats ${path}.`,
  )
  return {
    ...makeStage({
      name: basename(path),
      network,
      ego: { ...from, speedMps },
      route: routeAlong(network, { ...from, road: index }, { lengthM: routeM }),
      goalM: routeM,
      maxTimeS: shownS,
      actors: [],
    }),
    notes,
    criteria: [{ kind: 'noCollision' }],
  }
}
