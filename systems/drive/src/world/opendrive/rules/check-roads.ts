import { InvalidInputError } from '@heavylift/core'
import type { XmlElement } from '../../xml/xml-element.ts'
import { knownOpenDrive } from '../known-opendrive.ts'
import { parseOpenDrive } from '../parse-opendrive.ts'
import type { RoadNetwork } from '../road-network.ts'
import { checkGeometry } from './geometry-rules.ts'
import { checkLanes } from './lane-rules.ts'
import { checkJunctions, checkRoadLinks } from './link-rules.ts'
import { checkFurniture } from './object-rules.ts'
import { ruleContext } from './rule-context.ts'
import { checkTree } from './tree-rules.ts'

/** What is to be said of a file of roads. */
export interface RoadFindings {
  /** Null where the file cannot be read. */
  network: RoadNetwork | null
  /** Why it cannot be read. */
  refused: InvalidInputError | null
  /** Rules of the standard that it breaks and things that the standard does not know, each with its place. The roads can be driven nevertheless. */
  notes: readonly InvalidInputError[]
  /** How often there stands what has no effect here. */
  ignored: ReadonlyMap<string, number>
}

/** Reads an OpenDRIVE file and looks for all that is wrong with it. */
export function checkRoads(root: XmlElement): RoadFindings {
  const { ignored, unknown } = knownOpenDrive.check(root)
  const notes = [...unknown, ...checkTree(root)]
  try {
    const network = parseOpenDrive(root)
    const { context, found } = ruleContext(root, network)
    for (const check of [checkGeometry, checkLanes, checkRoadLinks, checkJunctions, checkFurniture])
      check(context)
    return { network, refused: null, notes: [...notes, ...found], ignored }
  } catch (error) {
    if (!InvalidInputError.isInstance(error)) throw error
    return { network: null, refused: error, notes, ignored }
  }
}
