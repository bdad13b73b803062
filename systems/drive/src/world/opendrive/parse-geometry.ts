import type { XmlElement } from '../xml/xml-element.ts'
import { choiceAttribute, numberAttribute, onlyChild, schemaError } from '../xml/xml-element.ts'
import type { Geometry, GeometryShape } from './reference-line.ts'

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

/** Longer than any road: a number beyond it is a mistake, and would take forever to sample. */
export const longestM = 1e6
/** More turns than any spiral of a road has, in radians. */
const mostTurn = 1000

function turnOf(shape: GeometryShape, length: number): number {
  if (shape.kind === 'arc') return Math.abs(shape.curvature) * length
  if (shape.kind !== 'spiral') return 0
  return Math.max(Math.abs(shape.curvatureStart), Math.abs(shape.curvatureEnd)) * length
}

/** One `<geometry>`. Throws `drive-file-invalid` for an unknown shape or a length that is not positive. */
export function parseGeometry(element: XmlElement): Geometry {
  const length = numberAttribute(element, 'length')
  if (!(length > 0 && length <= longestM))
    throw schemaError(element, `needs a positive length of at most ${longestM} m`)
  const shape = parseShape(onlyChild(element))
  if (turnOf(shape, length) > mostTurn)
    throw schemaError(element, `turns by more than ${mostTurn} radians over its length`)
  return {
    s: numberAttribute(element, 's'),
    x: numberAttribute(element, 'x'),
    y: numberAttribute(element, 'y'),
    heading: numberAttribute(element, 'hdg'),
    length,
    shape,
  }
}
