import { childrenOf } from '../../xml/xml-element.ts'
import { wrapAngle } from '@heavylift/core/math'
import { integrate } from '../gauss-legendre.ts'
import type { Geometry } from '../reference-line.ts'
import { ReferenceLine } from '../reference-line.ts'
import type { ReadRoad, RuleContext } from './rule-context.ts'
import { below } from './rule-context.ts'

/** Gaps in the line of a road that rounding in a file does not explain. */
const gapM = 0.05
const turnRad = 0.05
/** How far the length of a curve may be from what the file says. */
const lengthM = 0.001

/** Rules for the plan view: pieces meet, lengths are those of the curves (OpenDRIVE 1.7, 8). */
export function checkGeometry({ roads, broken }: RuleContext): void {
  for (const read of roads) checkLine(read, broken)
}

function checkLine({ element, road }: ReadRoad, broken: RuleContext['broken']): void {
  const elements = childrenOf(below(element, 'planView') ?? element, 'geometry').filter(
    (geometry) => Number(geometry.attributes['length']) > 0,
  )
  const { geometries } = road.line
  const total = geometries.reduce((sum, { length }) => sum + length, 0)
  if (Math.abs(total - road.length) > Math.max(0.1, 1e-4 * road.length))
    broken(element, `is ${road.length} m long, but its geometries are ${total.toFixed(3)} m long together`)
  for (const [index, geometry] of geometries.entries()) {
    const at = elements[index] ?? element
    checkPolynomial(geometry, (what) => broken(at, what))
    const before = geometries[index - 1]
    if (!before) {
      if (Math.abs(geometry.s) > 1e-6)
        broken(at, `starts at s = ${geometry.s}; the first geometry starts at 0`)
      continue
    }
    if (geometry.s < before.s) continue
    const end = new Float64Array(4)
    new ReferenceLine([{ ...before, s: 0 }], before.length).evaluate(before.length, end)
    const gap = Math.hypot(geometry.x - (end[0] as number), geometry.y - (end[1] as number))
    const turn = Math.abs(wrapAngle(geometry.heading - (end[2] as number)))
    if (gap > gapM)
      broken(at, `starts ${gap.toFixed(3)} m from where the geometry before it ends: the line has a gap`)
    else if (turn > turnRad)
      broken(at, `starts with a heading ${turn.toFixed(3)} rad from that of the geometry before it: a kink`)
  }
}

function checkPolynomial({ shape, length }: Geometry, broken: (what: string) => void): void {
  if (shape.kind !== 'paramPoly3') return
  const { u, v, range } = shape
  const [aU, bU, cU, dU] = u
  const [aV, bV, cV, dV] = v
  if (Math.abs(aU) > 1e-6 || Math.abs(aV) > 1e-6 || Math.abs(bV) > 1e-6)
    broken(
      'has a <paramPoly3> that does not start at the geometry’s place and heading: aU, aV and bV have to be zero',
    )
  if (bU <= 0) broken('has a <paramPoly3> that runs backwards at its start: bU has to be above zero')
  const end = range === 'normalized' ? 1 : length
  const speed = (p: number) => Math.hypot(bU + p * (2 * cU + 3 * dU * p), bV + p * (2 * cV + 3 * dV * p))
  const actual = integrate(speed, 0, end, 16)
  if (Math.abs(actual - length) > lengthM)
    broken(
      `has a length of ${length} m, but its <paramPoly3> (${range}) is ${actual.toFixed(4)} m long: length does not match the curve${range === 'arcLength' ? ', whose parameter has to run over the arc length' : ''}`,
    )
}
