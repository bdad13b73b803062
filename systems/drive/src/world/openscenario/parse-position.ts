import type { XmlElement } from '../xml/xml-element.ts'
import { numberAttribute, onlyChild, optionalChild, requiredChild, schemaError } from '../xml/xml-element.ts'
import type { ParseContext } from './parse-context.ts'
import { orientationOf, parsePlace } from './parse-place.ts'
import { parseWaypoints, routeIn } from './parse-route.ts'
import { parseShape, trajectoryIn } from './parse-trajectory.ts'
import type { Position } from './scenario.ts'

function parseRoutePosition(element: XmlElement, context: ParseContext): Position {
  const along = onlyChild(requiredChild(element, 'InRoutePosition'))
  const route = routeIn(requiredChild(element, 'RouteRef'), context)
  const turned = orientationOf(element)
  if (along.name === 'FromCurrentEntity')
    // Where an entity is on its route is where it is.
    return {
      kind: 'relativeRoad',
      entity: context.entityRef(along),
      ds: 0,
      dt: 0,
      ...turned,
    }
  const isByLane = along.name === 'FromLaneCoordinates'
  const wayM = numberAttribute(along, 'pathS')
  if (wayM < 0) throw schemaError(along, 'needs a pathS that is not negative')
  return {
    kind: 'route',
    ...parseWaypoints(route, context),
    wayM,
    lane: isByLane ? numberAttribute(along, 'laneId') : null,
    t: isByLane ? numberAttribute(along, 'laneOffset', 0) : numberAttribute(along, 't'),
    ...turned,
  }
}

/** The child of a `<Position>`. */
export function parsePosition(position: XmlElement, context: ParseContext): Position {
  const element = onlyChild(position)
  if (element.name === 'RoutePosition') return parseRoutePosition(element, context)
  if (element.name !== 'TrajectoryPosition') return parsePlace(position, context)
  const orientation = optionalChild(element, 'Orientation')
  return {
    kind: 'trajectory',
    ...parseShape(trajectoryIn(element, context), context),
    wayM: numberAttribute(element, 's'),
    t: numberAttribute(element, 't', 0),
    heading: orientation ? numberAttribute(orientation, 'h', 0) : 0,
    isHeadingRelative: orientation?.attributes.type === 'relative' || !orientation,
  }
}
