import type { XmlNode } from '../xml/write-xml.ts'
import { node } from '../xml/write-xml.ts'
import type { Position, RouteStrategy, TrajectoryCurve, TrajectoryVertex } from './scenario.ts'
import type { NameOf } from './write-place.ts'
import { placeNode } from './write-place.ts'

interface Trajectory {
  vertices: TrajectoryVertex[]
  curve?: TrajectoryCurve
  isClosed?: true
}

function curveNode(curve: TrajectoryCurve, nameOf: NameOf): XmlNode {
  if (curve.kind === 'nurbs')
    return node('Nurbs', { order: curve.order }, [
      ...curve.points.map(({ position, weight, timeS }) =>
        node('ControlPoint', { weight, time: timeS ?? undefined }, [placeNode(position, nameOf)]),
      ),
      ...curve.knots.map((value) => node('Knot', { value })),
    ])
  if (curve.kind === 'clothoidSpline')
    return node(
      'ClothoidSpline',
      { timeEnd: curve.endTimeS ?? undefined },
      curve.segments.map((segment) =>
        node(
          'ClothoidSplineSegment',
          {
            curvatureStart: segment.curvatureStart,
            curvatureEnd: segment.curvatureEnd,
            length: segment.length,
            hOffset: segment.headingOffset,
            timeStart: segment.timeS ?? undefined,
          },
          [segment.position && node('PositionStart', {}, placeNode(segment.position, nameOf).children)],
        ),
      ),
    )
  return node(
    'Clothoid',
    {
      curvature: curve.curvature,
      curvaturePrime: curve.curvatureRate,
      length: curve.length,
      startTime: curve.times?.[0],
      stopTime: curve.times?.[1],
    },
    [placeNode(curve.position, nameOf)],
  )
}

/** A place with a heading that is the lane's says so, as one without has that of the way. */
function vertexNode({ timeS, position, isHeadingOpen }: TrajectoryVertex, nameOf: NameOf): XmlNode {
  const place = placeNode(position, nameOf)
  const held = place.children[0] as XmlNode
  if (isHeadingOpen) delete held.attributes.h
  else if (position.kind !== 'world' && held.children.length === 0)
    held.children.push(node('Orientation', { type: 'relative', h: 0 }))
  return node('Vertex', { time: timeS }, [place])
}

/** A `<Trajectory>`. */
export function trajectoryNode({ vertices, curve, isClosed }: Trajectory, nameOf: NameOf): XmlNode {
  const shape = curve
    ? curveNode(curve, nameOf)
    : node(
        'Polyline',
        {},
        vertices.map((vertex) => vertexNode(vertex, nameOf)),
      )
  return node('Trajectory', { name: 'trajectory', closed: isClosed === true }, [node('Shape', {}, [shape])])
}

/** A `<Route>`. */
export function routeNode(
  { waypoints, strategies = [] }: { waypoints: readonly Position[]; strategies?: readonly RouteStrategy[] },
  nameOf: NameOf,
): XmlNode {
  return node(
    'Route',
    { name: 'route', closed: false },
    waypoints.map((position, index) =>
      node('Waypoint', { routeStrategy: strategies[index] ?? 'shortest' }, [placeNode(position, nameOf)]),
    ),
  )
}
