import type { XmlElement } from '../xml/xml-element.ts'
import {
  attribute,
  booleanAttribute,
  childrenOf,
  choiceAttribute,
  numberAttribute,
  onlyChild,
  optionalChild,
  positiveAttribute,
  requiredChild,
  schemaError,
} from '../xml/xml-element.ts'
import type { ParseContext } from './parse-context.ts'
import { parsePlace } from './parse-place.ts'
import type { ReadingNotes } from './reading-notes.ts'
import type { ActionContent, Timing, TrajectoryCurve } from './scenario.ts'

/** More turns than any trajectory has, in radians. */
const mostTurn = 1000
const mostLengthM = 1e5
const lengthRule = 'positive length of at most 100 km'

type Trajectory = ActionContent & { kind: 'followTrajectory' }

function optionalNumber(element: XmlElement, name: string): number | null {
  return element.attributes[name] === undefined ? null : numberAttribute(element, name)
}

function parseClothoid(element: XmlElement, context: ParseContext): TrajectoryCurve {
  const rate = element.attributes.curvaturePrime === undefined ? 'curvatureDot' : 'curvaturePrime'
  const length = numberAttribute(element, 'length')
  if (!(length > 0 && length <= mostLengthM)) throw schemaError(element, `needs a ${lengthRule}`)
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

function parseSpline(element: XmlElement, context: ParseContext): TrajectoryCurve {
  const segments = childrenOf(element, 'ClothoidSplineSegment').map((segment) => {
    const start = optionalChild(segment, 'PositionStart')
    const length = numberAttribute(segment, 'length')
    if (!(length > 0 && length <= mostLengthM)) throw schemaError(segment, `needs a ${lengthRule}`)
    const [from, to] = [numberAttribute(segment, 'curvatureStart'), numberAttribute(segment, 'curvatureEnd')]
    if (Math.max(Math.abs(from), Math.abs(to)) * length > mostTurn)
      throw schemaError(segment, `turns by more than ${mostTurn} radians over its length`)
    return {
      position: start && parsePlace(start, context),
      curvatureStart: from,
      curvatureEnd: to,
      length,
      headingOffset: numberAttribute(segment, 'hOffset', 0),
      timeS: optionalNumber(segment, 'timeStart'),
    }
  })
  if (segments.length === 0) throw schemaError(element, 'needs a <ClothoidSplineSegment>')
  return { kind: 'clothoidSpline', segments, endTimeS: optionalNumber(element, 'timeEnd') }
}

function hasTimes(curve: TrajectoryCurve): boolean {
  if (curve.kind === 'clothoid') return curve.times !== null
  if (curve.kind === 'nurbs') return curve.points.every(({ timeS }) => timeS !== null)
  return curve.endTimeS !== null && curve.segments.every(({ timeS }) => timeS !== null)
}

function givesHeading(position: XmlElement): boolean {
  const place = onlyChild(position)
  return place.attributes.h !== undefined || optionalChild(place, 'Orientation') !== null
}

/** What a `<Shape>` of a trajectory says. */
export function parseShape(
  trajectory: XmlElement,
  context: ParseContext,
): Pick<Trajectory, 'vertices' | 'curve'> {
  const shape = onlyChild(requiredChild(trajectory, 'Shape'))
  if (shape.name === 'Clothoid') return { vertices: [], curve: parseClothoid(shape, context) }
  if (shape.name === 'Nurbs') return { vertices: [], curve: parseNurbs(shape, context) }
  if (shape.name === 'ClothoidSpline') return { vertices: [], curve: parseSpline(shape, context) }
  const vertices = childrenOf(shape, 'Vertex').map((vertex) => ({
    timeS: numberAttribute(vertex, 'time', 0),
    position: parsePlace(requiredChild(vertex, 'Position'), context),
    ...(givesHeading(requiredChild(vertex, 'Position')) ? {} : { isHeadingOpen: true as const }),
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

const domains = ['absolute', 'relative'] as const

/** Null where the entity's own speed takes it along: without a timing, and, with a note, where the trajectory has no times for one. */
function parseTiming(
  reference: XmlElement | null,
  curve: TrajectoryCurve | undefined,
  notes: ReadingNotes,
): Timing | null {
  const timing = reference && optionalChild(reference, 'Timing')
  if (!timing) return null
  if (curve && !hasTimes(curve)) {
    notes.breaks(schemaError(timing, 'needs times along the trajectory: the speed of the entity is kept'))
    return null
  }
  return {
    isRelative: choiceAttribute(timing, 'domainAbsoluteRelative', domains) === 'relative',
    scale: numberAttribute(timing, 'scale', 1),
    offset: numberAttribute(timing, 'offset', 0),
  }
}

export function parseFollowTrajectory(element: XmlElement, context: ParseContext): Trajectory {
  const trajectory = trajectoryIn(element, context)
  const shape = parseShape(trajectory, context)
  const timing = parseTiming(optionalChild(element, 'TimeReference'), shape.curve, context.notes)
  const mode = optionalChild(element, 'TrajectoryFollowingMode')
  const isFollowing = mode && choiceAttribute(mode, 'followingMode', ['position', 'follow']) === 'follow'
  const initialOffsetM = positiveAttribute(element, 'initialDistanceOffset', 0)
  return {
    kind: 'followTrajectory',
    ...shape,
    timing,
    ...(booleanAttribute(trajectory, 'closed', false) ? { isClosed: true } : {}),
    ...(initialOffsetM > 0 ? { initialOffsetM } : {}),
    ...(isFollowing ? { isFollowing: true } : {}),
  }
}
