import type { XmlElement } from '../xml/xml-element.ts'
import { attribute, childrenOf, choiceAttribute, numberAttribute } from '../xml/xml-element.ts'
import { given } from './parse-extras.ts'
import type { Junction, JunctionConnection } from './road.ts'

const contacts = ['start', 'end'] as const

/** A connection; null for one that names no road, as the default connections of virtual junctions, which say only what goes straight on. */
function parseConnection(connection: XmlElement): JunctionConnection | null {
  const { incomingRoad, connectingRoad, linkedRoad } = connection.attributes
  const other = connectingRoad ?? linkedRoad
  if (incomingRoad === undefined || other === undefined) return null
  return {
    incomingRoad,
    connectingRoad: other,
    contactPoint: choiceAttribute(connection, 'contactPoint', contacts, 'start'),
    laneLinks: childrenOf(connection, 'laneLink').map((link) => ({
      from: numberAttribute(link, 'from'),
      to: numberAttribute(link, 'to'),
    })),
  }
}

/** A `<junction>`. Types of OpenDRIVE 1.8, 12: default, direct, virtual, crossing. */
export function parseJunction(element: XmlElement): Junction {
  const kind = choiceAttribute(element, 'type', ['default', 'direct', 'virtual', 'crossing'], 'default')
  const priorities = childrenOf(element, 'priority').map(({ attributes: { high = '', low = '' } }) => ({
    high,
    low,
  }))
  const controllers = childrenOf(element, 'controller').map((controller) => attribute(controller, 'id'))
  const { mainRoad } = element.attributes
  return {
    id: attribute(element, 'id'),
    ...given({ name: element.attributes.name }),
    ...(kind === 'default' ? {} : { kind }),
    ...(kind === 'virtual' && mainRoad !== undefined
      ? {
          main: {
            road: mainRoad,
            from: numberAttribute(element, 'sStart'),
            to: numberAttribute(element, 'sEnd'),
            orientation: choiceAttribute(element, 'orientation', ['+', '-', 'none'], 'none'),
          },
        }
      : {}),
    ...(priorities.length === 0 ? {} : { priorities }),
    ...(controllers.length === 0 ? {} : { controllers }),
    connections: childrenOf(element, 'connection').flatMap((connection) => parseConnection(connection) ?? []),
  }
}
