import type { XmlNode } from '../xml/write-xml.ts'
import { node } from '../xml/write-xml.ts'
import type { Position } from './scenario.ts'
import type { NameOf } from './write-place.ts'
import { orientation, placeNode } from './write-place.ts'
import { routeNode, trajectoryNode } from './write-way.ts'

/** A `<Position>` of any kind. */
export function positionNode(position: Position, nameOf: NameOf): XmlNode {
  if (position.kind === 'trajectory')
    return node('Position', {}, [
      node('TrajectoryPosition', { s: position.wayM, t: position.t }, [
        ...orientation(position),
        node('TrajectoryRef', {}, [trajectoryNode(position, nameOf)]),
      ]),
    ])
  if (position.kind !== 'route') return placeNode(position, nameOf)
  const { wayM, lane, t } = position
  return node('Position', {}, [
    node('RoutePosition', {}, [
      node('RouteRef', {}, [routeNode(position, nameOf)]),
      ...orientation(position),
      node('InRoutePosition', {}, [
        lane === null
          ? node('FromRoadCoordinates', { pathS: wayM, t })
          : node('FromLaneCoordinates', { pathS: wayM, laneId: lane, laneOffset: t }),
      ]),
    ]),
  ])
}
