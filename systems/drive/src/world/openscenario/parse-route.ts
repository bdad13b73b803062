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
import type { Position, RouteStrategy } from './scenario.ts'

const known = ['shortest', 'fastest', 'leastIntersections', 'random'] as const

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
): { waypoints: Position[]; strategies?: RouteStrategy[] } {
  const elements = childrenOf(route, 'Waypoint')
  // A closed one leads back to where it begins.
  if (booleanAttribute(route, 'closed') && elements[0]) elements.push(elements[0])
  const waypoints = elements.map((waypoint) => parsePlace(requiredChild(waypoint, 'Position'), context))
  // Of ways at random the shortest is one.
  const strategies = elements.map((waypoint) => {
    const strategy = choiceAttribute(waypoint, 'routeStrategy', known, 'shortest')
    return strategy === 'random' ? 'shortest' : strategy
  })
  if (waypoints.length < 2) throw schemaError(route, 'needs at least two <Waypoint>')
  // How the first is reached says nothing of the way from it.
  return strategies.slice(1).some((strategy) => strategy !== 'shortest')
    ? { waypoints, strategies }
    : { waypoints }
}
