import type { XmlElement } from '../xml/xml-element.ts'
import { choiceAttribute, numberAttribute, schemaError } from '../xml/xml-element.ts'
import { bounded, extras, longestM } from './parse-extras.ts'
import type { Geometry, GeometryShape } from './reference-line.ts'
import { ReferenceLine } from './reference-line.ts'

function parseShape(shape: XmlElement): GeometryShape {
  const number = (name: string) => numberAttribute(shape, name)
  switch (shape.name) {
    case 'line':
      return { kind: 'line' }
    case 'arc':
      return { kind: 'arc', curvature: number('curvature') }
    case 'spiral':
      return { kind: 'spiral', curvatureStart: number('curvStart'), curvatureEnd: number('curvEnd') }
    case 'poly3':
      return { kind: 'poly3', a: number('a'), b: number('b'), c: number('c'), d: number('d') }
    case 'paramPoly3':
      return {
        kind: 'paramPoly3',
        u: [number('aU'), number('bU'), number('cU'), number('dU')],
        v: [number('aV'), number('bV'), number('cV'), number('dV')],
        range: choiceAttribute(shape, 'pRange', ['arcLength', 'normalized'], 'normalized'),
      }
    default:
      throw schemaError(shape, 'is no geometry; supported are line, arc, spiral, poly3, paramPoly3')
  }
}

/** More turns than any spiral of a road has, in radians. */
const mostTurn = 1000

function turnOf(shape: GeometryShape, length: number): number {
  if (shape.kind === 'arc') return Math.abs(shape.curvature) * length
  if (shape.kind !== 'spiral') return 0
  return Math.max(Math.abs(shape.curvatureStart), Math.abs(shape.curvatureEnd)) * length
}

/** Farther from the origin than any place on earth in any projection. */
const farthestM = 1e9

/** A polynomial that leaves the earth has a wrong coefficient. */
function refuseOverflow(element: XmlElement, shape: GeometryShape, length: number): void {
  if (shape.kind !== 'poly3' && shape.kind !== 'paramPoly3') return
  const line = new ReferenceLine([{ s: 0, x: 0, y: 0, heading: 0, length, shape }], length)
  const pose = new Float64Array(4)
  for (const share of [0, 0.5, 1]) {
    line.evaluate(share * length, pose)
    if (!(Math.hypot(pose[0] as number, pose[1] as number) <= farthestM))
      throw schemaError(element, `runs to (${pose[0]}, ${pose[1]}), which no road does`)
  }
}

/** One `<geometry>`; none where it has no length, as exporters leave behind. Throws `drive-file-invalid` for an unknown shape or a length below zero. */
export function parseGeometry(element: XmlElement): Geometry[] {
  const length = numberAttribute(element, 'length')
  if (!(length >= 0 && length <= longestM))
    throw schemaError(element, `needs a positive length of at most ${longestM} m`)
  if (length === 0) return []
  const found = element.children.filter(({ name }) => !extras.includes(name))
  if (found.length !== 1)
    throw schemaError(element, 'needs one shape: line, arc, spiral, poly3 or paramPoly3')
  const shape = parseShape(found[0] as XmlElement)
  if (turnOf(shape, length) > mostTurn)
    throw schemaError(element, `turns by more than ${mostTurn} radians over its length`)
  refuseOverflow(element, shape, length)
  return [
    {
      s: numberAttribute(element, 's'),
      x: bounded(element, 'x', farthestM),
      y: bounded(element, 'y', farthestM),
      heading: bounded(element, 'hdg', mostTurn),
      length,
      shape,
    },
  ]
}
