import { laneOf, sectionIndexAt } from '../opendrive/road.ts'
import { planePlace } from '../opendrive/geo-reference.ts'
import type { RoadNetwork } from '../opendrive/road-network.ts'
import type { XmlElement } from '../xml/xml-element.ts'
import { schemaError } from '../xml/xml-element.ts'
import type { ReadingNotes } from './reading-notes.ts'
import type { Position } from './scenario.ts'

/** So far beyond a road's end a place is its end, with a note; further, something else was meant. */
const slackM = 10

function check(position: Position, element: XmlElement, network: RoadNetwork, notes: ReadingNotes): void {
  if (position.kind === 'earth') {
    checkEarth(position, element, network)
    return
  }
  if (position.kind !== 'lane' && position.kind !== 'road') return
  const found = network.roads.find(({ id }) => id === position.road)
  if (!found) throw schemaError(element, `names the road ${position.road}, which is not there`)
  const { s } = position
  if (s < 0 || s > found.length) {
    const error = schemaError(
      element,
      `needs an s from 0 to ${found.length}, the length of road ${found.id}, got ${s}`,
    )
    if (s < -slackM || s > found.length + slackM) throw error
    notes.breaks(error)
  }
  if (position.kind === 'road') return
  const section = found.sections[sectionIndexAt(found, s)]
  if (position.lane !== 0 && !(section && laneOf(section, position.lane)))
    throw schemaError(
      element,
      `names the lane ${position.lane}, which road ${found.id} does not have at s = ${s}`,
    )
}

function checkEarth(
  { longitudeDeg, latitudeDeg }: Position & { kind: 'earth' },
  element: XmlElement,
  { geoReference }: RoadNetwork,
): void {
  if (!geoReference)
    throw schemaError(
      element,
      'needs roads whose <header> says by a <geoReference> where on earth they lie; these have none',
    )
  if (!planePlace(geoReference, longitudeDeg, latitudeDeg))
    throw schemaError(
      element,
      `cannot be found by the <geoReference> of the roads, "${geoReference.projection}": it has to be a PROJ string, WKT or EPSG code that has this place`,
    )
}

/** Refuses places beside every road or lane, with where they stand in the file. */
export function checkPlaces(notes: ReadingNotes, network: RoadNetwork): void {
  for (const { places } = notes; places[0]; places.shift()) {
    const { position, element } = places[0]
    notes.orElse(
      () => check(position, element, network, notes),
      () => undefined,
    )
  }
}
