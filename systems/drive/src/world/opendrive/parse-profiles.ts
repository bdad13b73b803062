import type { XmlElement } from '../xml/xml-element.ts'
import { attribute, childrenOf, choiceAttribute, numberAttribute } from '../xml/xml-element.ts'
import type { CubicPiece } from './cubic-profile.ts'
import { CubicProfile } from './cubic-profile.ts'
import { bounded, longestM } from './parse-extras.ts'
import { RoadSurface } from './road-surface.ts'

/** Exporters give pieces of almost no length coefficients of any size; what overflows is found by the widths that come of it. */
function coefficient(element: XmlElement, name: string): number {
  const value = Number(attribute(element, name) || NaN)
  if (!(Math.abs(value) <= 1e100)) return numberAttribute(element, name)
  return value
}

/** The cubics of elements, by rising start, which is their attribute `start`. */
export function parsePieces(elements: XmlElement[], start: 's' | 'sOffset' | 't'): CubicPiece[] {
  return elements
    .map((element) => ({
      start: bounded(element, start, longestM),
      a: coefficient(element, 'a'),
      b: coefficient(element, 'b'),
      c: coefficient(element, 'c'),
      d: coefficient(element, 'd'),
    }))
    .toSorted((left, right) => left.start - right.start)
}

/** Entries of this name along a road; zero where there are none. */
export function parseProfile(parent: XmlElement | null, name: string): CubicProfile {
  return new CubicProfile(parsePieces(parent ? childrenOf(parent, name) : [], 's'), { isZeroBefore: true })
}

/** What `<crossfall>` and `<shape>` say of heights across the road; undefined where they say nothing. */
export function parseSurface(lateral: XmlElement): RoadSurface | undefined {
  const crossfalls = childrenOf(lateral, 'crossfall')
  const shapes = childrenOf(lateral, 'shape')
  if (crossfalls.length + shapes.length === 0) return undefined
  const side = (element: XmlElement) => choiceAttribute(element, 'side', ['left', 'right', 'both'], 'both')
  const starts = [...new Set(shapes.map((shape) => numberAttribute(shape, 's')))].toSorted((a, b) => a - b)
  return new RoadSurface({
    left: parsePieces(
      crossfalls.filter((entry) => side(entry) !== 'right'),
      's',
    ),
    right: parsePieces(
      crossfalls.filter((entry) => side(entry) !== 'left'),
      's',
    ),
    shapes: starts.map((s) => ({
      s,
      across: parsePieces(
        shapes.filter((shape) => numberAttribute(shape, 's') === s),
        't',
      ),
    })),
  })
}
