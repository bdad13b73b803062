import type { InvalidInputError } from '@heavylift/core'
import type { XmlElement } from '../../xml/xml-element.ts'
import { childrenOf, schemaError } from '../../xml/xml-element.ts'
import type { ContactPoint, Junction, Road } from '../road.ts'
import type { RoadNetwork } from '../road-network.ts'

/** A road as it stands in the file and as it was read. */
export interface ReadRoad {
  element: XmlElement
  road: Road
  index: number
}

/** What rules look at, and where they say what is broken. */
export interface RuleContext {
  network: RoadNetwork
  roads: readonly ReadRoad[]
  roadOf: (id: string) => ReadRoad | undefined
  junctions: readonly { element: XmlElement; junction: Junction }[]
  /** Notes that a rule of the standard is broken: `is …`, `needs …`. */
  broken: (element: XmlElement, what: string) => void
}

export function ruleContext(
  root: XmlElement,
  network: RoadNetwork,
): { context: RuleContext; found: InvalidInputError[] } {
  const found: InvalidInputError[] = []
  const roads = childrenOf(root, 'road').map((element, index) => ({
    element,
    road: network.road(index),
    index,
  }))
  const byId = new Map(roads.map((read) => [read.road.id, read]))
  const junctions = childrenOf(root, 'junction').flatMap((element) => {
    const junction = network.junctions.get(element.attributes['id'] ?? '')
    return junction ? [{ element, junction }] : []
  })
  const context: RuleContext = {
    network,
    roads,
    roadOf: (id) => byId.get(id),
    junctions,
    broken: (element, what) => found.push(schemaError(element, what)),
  }
  return { context, found }
}

/** The first descendant by a path of names. */
export function below(element: XmlElement, ...path: string[]): XmlElement | undefined {
  let at: XmlElement | undefined = element
  for (const name of path) at = at?.children.find((child) => child.name === name)
  return at
}

/** All elements of a tree. */
export function* elementsOf(element: XmlElement): Generator<XmlElement> {
  yield element
  for (const child of element.children) yield* elementsOf(child)
}

/** The `<lane>` of a section in the file. */
export function laneElement(road: XmlElement, section: number, id: number): XmlElement | undefined {
  const of = below(road, 'lanes')?.children.filter(({ name }) => name === 'laneSection')[section]
  const side = of && below(of, id > 0 ? 'left' : 'right')
  return side?.children.find((lane) => lane.name === 'lane' && Number(lane.attributes['id']) === id)
}

/** x and y of the end of a road's reference line. */
export function endOf(network: RoadNetwork, index: number, contact: ContactPoint): [x: number, y: number] {
  const pose = new Float64Array(4)
  network.trackPose(index, contact === 'start' ? 0 : network.road(index).length, 0, pose)
  return [pose[0] as number, pose[1] as number]
}
