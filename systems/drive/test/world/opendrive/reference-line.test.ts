import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { GeometryShape } from '../../../src/world/opendrive/reference-line.ts'
import { ReferenceLine } from '../../../src/world/opendrive/reference-line.ts'

const seed = 20_260_101
const small = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true })

const shape: fc.Arbitrary<GeometryShape> = fc.oneof(
  fc.constant<GeometryShape>({ kind: 'line' }),
  small(0.02).map((curvature): GeometryShape => ({ kind: 'arc', curvature })),
  fc.tuple(small(0.02), small(0.02)).map(([curvatureStart, curvatureEnd]): GeometryShape => ({
    kind: 'spiral',
    curvatureStart,
    curvatureEnd,
  })),
  fc
    .tuple(small(0.002), small(0.00002))
    .map(([c, d]): GeometryShape => ({ kind: 'poly3', a: 0, b: 0, c, d })),
)

function lineOf(shapes: GeometryShape, length = 100): ReferenceLine {
  return new ReferenceLine([{ s: 0, x: 3, y: -2, heading: 0.4, length, shape: shapes }], length)
}

function at(line: ReferenceLine, s: number): { x: number; y: number; heading: number; curvature: number } {
  const out = new Float64Array(4)
  line.evaluate(s, out)
  return { x: out[0] as number, y: out[1] as number, heading: out[2] as number, curvature: out[3] as number }
}

describe('ReferenceLine', () => {
  it('runs at one metre a metre along its heading, which turns by its curvature [DRIVE-ROAD-01]', () => {
    fc.assert(
      fc.property(shape, fc.double({ min: 1, max: 99, noNaN: true }), (drawn, s) => {
        const line = lineOf(drawn)
        const step = 1e-4
        const [before, here, after] = [at(line, s - step), at(line, s), at(line, s + step)]
        expect((after.x - before.x) / (2 * step)).toBeCloseTo(Math.cos(here.heading), 5)
        expect((after.y - before.y) / (2 * step)).toBeCloseTo(Math.sin(here.heading), 5)
        expect((after.heading - before.heading) / (2 * step)).toBeCloseTo(here.curvature, 5)
      }),
      { seed, numRuns: 200 },
    )
  })

  it('closes a circle after its circumference [DRIVE-ROAD-01]', () => {
    const line = lineOf({ kind: 'arc', curvature: 0.1 }, 20 * Math.PI)
    const end = at(line, 20 * Math.PI)
    expect(end.x).toBeCloseTo(3, 10)
    expect(end.y).toBeCloseTo(-2, 10)
    expect(end.heading).toBeCloseTo(0.4 + 2 * Math.PI, 10)
  })

  it('ends an Euler spiral where the Fresnel integrals say', () => {
    // C(1) and S(1) with the argument pi u^2 / 2: curvature pi at the end of one metre.
    const line = new ReferenceLine(
      [
        {
          s: 0,
          x: 0,
          y: 0,
          heading: 0,
          length: 1,
          shape: { kind: 'spiral', curvatureStart: 0, curvatureEnd: Math.PI },
        },
      ],
      1,
    )
    expect(at(line, 1).x).toBeCloseTo(0.7798934003768228, 12)
    expect(at(line, 1).y).toBeCloseTo(0.4382591473903548, 12)
  })

  it('reads paramPoly3 by arc length and normalised alike', () => {
    const u = [0, 1, 0, 0] as const
    const normal = [0, 50, 0, 0] as const
    const byLength = lineOf({ kind: 'paramPoly3', u, v: [0, 0, 0.004, 0], range: 'arcLength' }, 50)
    const byShare = lineOf({ kind: 'paramPoly3', u: normal, v: [0, 0, 10, 0], range: 'normalized' }, 50)
    for (const s of [0, 10, 25, 50]) {
      expect(at(byShare, s).x).toBeCloseTo(at(byLength, s).x, 10)
      expect(at(byShare, s).heading).toBeCloseTo(at(byLength, s).heading, 10)
      expect(at(byShare, s).curvature).toBeCloseTo(at(byLength, s).curvature, 10)
    }
    expect(at(byLength, 0).curvature).toBeCloseTo(0.008, 10)
  })

  it('goes on straight beyond its ends', () => {
    const line = lineOf({ kind: 'arc', curvature: 0.01 })
    const end = at(line, 100)
    expect(at(line, 110).x).toBeCloseTo(end.x + 10 * Math.cos(end.heading), 10)
    expect(at(line, -5).x).toBeCloseTo(3 - 5 * Math.cos(0.4), 10)
  })
})
