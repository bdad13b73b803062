import type { XmlElement } from '../xml/xml-element.ts'
import {
  attribute,
  childrenOf,
  numberAttribute,
  onlyChild,
  optionalChild,
  requiredChild,
  schemaError,
} from '../xml/xml-element.ts'
import type { ParseContext } from './parse-context.ts'
import { parsePlace } from './parse-place.ts'
import type { ActionContent, TrajectoryCurve } from './scenario.ts'

/** More turns than any trajectory has, in radians. */
const mostTurn = 1000

type Trajectory = ActionContent & { kind: 'followTrajectory' }

function optionalNumber(element: XmlElement, name: string): number | null {
  return element.attributes[name] === undefined ? null : numberAttribute(element, name)
}

function parseClothoid(element: XmlElement, context: ParseContext): TrajectoryCurve {
  const rate = element.attributes.curvaturePrime === undefined ? 'curvatureDot' : 'curvaturePrime'
  const length = numberAttribute(element, 'length')
  if (!(length > 0 && length <= 1e5)) throw schemaError(element, 'needs a positive length of at most 100 km')
  const curvature = numberAttribute(element, 'curvature')
  const curvatureRate = numberAttribute(element, rate)
  if (Math.max(Math.abs(curvature), Math.abs(curvature + curvatureRate * length)) * length > mostTurn)
    throw schemaError(element, `turns by more than ${mostTurn} radians over its length`)
  const startS = optionalNumber(element, 'startTime')
  const stopS = optionalNumber(element, 'stopTime')
  if ((startS === null) !== (stopS === null))
    throw schemaError(element, 'needs both startTime and stopTime, or none')
  return {
    kind: 'clothoid',
    position: parsePlace(requiredChild(element, 'Position'), context),
    curvature,
    curvatureRate,
    length,
    times: startS === null || stopS === null ? null : [startS, stopS],
  }
}

function parseNurbs(element: XmlElement, context: ParseContext): TrajectoryCurve {
  const order = numberAttribute(element, 'order')
  const points = childrenOf(element, 'ControlPoint').map((point) => ({
    position: parsePlace(requiredChild(point, 'Position'), context),
    weight: numberAttribute(point, 'weight', 1),
    timeS: optionalNumber(point, 'time'),
  }))
  const knots = childrenOf(element, 'Knot').map((knot) => numberAttribute(knot, 'value'))
  if (!Number.isInteger(order) || order < 2 || points.length < order)
    throw schemaError(element, 'needs an order of at least 2 and as many control points as its order')
  if (knots.length !== points.length + order)
    throw schemaError(
      element,
      `needs ${points.length + order} knots (control points and order), got ${knots.length}`,
    )
  const rises = knots.every((knot, index) => index === 0 || knot >= (knots[index - 1] as number))
  if (!rises || !((knots[order - 1] as number) < (knots[points.length] as number)))
    throw schemaError(element, 'needs knots that rise')
  if (points.some(({ weight }) => !(weight > 0))) throw schemaError(element, 'needs positive weights')
  return { kind: 'nurbs', order, points, knots }
}

function hasTimes(curve: TrajectoryCurve): boolean {
  return curve.kind === 'clothoid' ? curve.times !== null : curve.points.every(({ timeS }) => timeS !== null)
}

/** What a `<Shape>` of a trajectory says. */
export function parseShape(
  trajectory: XmlElement,
  context: ParseContext,
): Pick<Trajectory, 'vertices' | 'curve'> {
  const shape = onlyChild(requiredChild(trajectory, 'Shape'))
  if (shape.name === 'Clothoid') return { vertices: [], curve: parseClothoid(shape, context) }
  if (shape.name === 'Nurbs') return { vertices: [], curve: parseNurbs(shape, context) }
  if (shape.name !== 'Polyline')
    throw schemaError(shape, 'is not supported; supported are Polyline, Clothoid, Nurbs')
  const vertices = childrenOf(shape, 'Vertex').map((vertex) => ({
    timeS: numberAttribute(vertex, 'time', 0),
    position: parsePlace(requiredChild(vertex, 'Position'), context),
  }))
  if (vertices.length < 2) throw schemaError(shape, 'needs at least two vertices')
  return { vertices }
}

/** The trajectory that an element holds, refers to or holds a `<TrajectoryRef>` to. */
export function trajectoryIn(element: XmlElement, context: ParseContext): XmlElement {
  const holder = optionalChild(element, 'TrajectoryRef') ?? element
  const reference = optionalChild(holder, 'CatalogReference')
  if (!reference) return requiredChild(holder, 'Trajectory')
  const trajectory = context.fromCatalog(reference)
  if (trajectory.name !== 'Trajectory')
    throw schemaError(reference, `names ${attribute(reference, 'entryName')}, which is no Trajectory`)
  return trajectory
}

export function parseFollowTrajectory(element: XmlElement, context: ParseContext): Trajectory {
  const shape = parseShape(trajectoryIn(element, context), context)
  const reference = optionalChild(element, 'TimeReference')
  const timing = reference && optionalChild(reference, 'Timing')
  if (timing && shape.curve && !hasTimes(shape.curve))
    throw schemaError(timing, 'needs times along the trajectory')
  const domain = timing && attribute(timing, 'domainAbsoluteRelative')
  if (timing && domain !== 'absolute' && domain !== 'relative')
    throw schemaError(timing, `needs domainAbsoluteRelative to be one of absolute, relative, got "${domain}"`)
  return {
    kind: 'followTrajectory',
    ...shape,
    timing: timing && {
      isRelative: domain === 'relative',
      scale: numberAttribute(timing, 'scale'),
      offset: numberAttribute(timing, 'offset'),
    },
  }
}
