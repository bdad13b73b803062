import type { XmlElement } from '../xml/xml-element.ts'
import {
  booleanAttribute,
  childrenOf,
  choiceAttribute,
  onlyChild,
  requiredChild,
  schemaError,
} from '../xml/xml-element.ts'
import type { ParseContext } from './parse-context.ts'
import { parsePlace } from './parse-place.ts'
import type { Position } from './scenario.ts'

/** The route that an element holds, or refers to in a catalog. */
export function routeIn(element: XmlElement, context: ParseContext): XmlElement {
  const held = onlyChild(element)
  const route = held.name === 'CatalogReference' ? context.fromCatalog(held) : held
  if (route.name !== 'Route') throw schemaError(route, 'was found where a <Route> was expected')
  return route
}

/** Where a `<Route>` goes through, in order. */
export function parseWaypoints(
  route: XmlElement,
  context: ParseContext,
): { waypoints: Position[]; isFastest?: boolean[] } {
  const elements = childrenOf(route, 'Waypoint')
  // A closed one leads back to where it begins.
  if (booleanAttribute(route, 'closed') && elements[0]) elements.push(elements[0])
  const waypoints = elements.map((waypoint) => parsePlace(requiredChild(waypoint, 'Position'), context))
  const isFastest = elements.map(
    (waypoint) =>
      choiceAttribute(waypoint, 'routeStrategy', ['shortest', 'fastest'], 'shortest') === 'fastest',
  )
  if (waypoints.length < 2) throw schemaError(route, 'needs at least two <Waypoint>')
  // How the first is reached says nothing of the way from it.
  return isFastest.slice(1).includes(true) ? { waypoints, isFastest } : { waypoints }
}
