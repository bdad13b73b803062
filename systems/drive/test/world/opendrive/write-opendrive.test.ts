import { InvalidInputError } from '@heavylift/core'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CubicProfile } from '../../../src/world/opendrive/cubic-profile.ts'
import { parseOpenDrive } from '../../../src/world/opendrive/parse-opendrive.ts'
import type { Geometry } from '../../../src/world/opendrive/reference-line.ts'
import { ReferenceLine } from '../../../src/world/opendrive/reference-line.ts'
import type { Lane, Road } from '../../../src/world/opendrive/road.ts'
import { RoadNetwork } from '../../../src/world/opendrive/road-network.ts'
import { RoadSurface } from '../../../src/world/opendrive/road-surface.ts'
import { writeOpenDrive } from '../../../src/world/opendrive/write-opendrive.ts'
import { intersection } from '../../../src/world/town/intersection.ts'
import { parseXml } from '../../../src/world/xml/parse-xml.ts'
import { mutations } from '../../support/mutate-xml.ts'

const number = fc.double({ min: -1000, max: 1000, noNaN: true }).map((value) => value + 0)
const positive = fc.double({ min: 0.1, max: 500, noNaN: true })
const text = fc.constantFrom('a', 'Haupt<straße> & "Ring"', "l'été", '道 1', '')
const piece = fc.record({ start: positive, a: number, b: number, c: number, d: number })
const pieces = fc.array(piece, { maxLength: 1 })
const profile = fc.array(piece, { maxLength: 3 }).map((all) => new CubicProfile(all))
const small = (most: number) => fc.double({ min: -most, max: most, noNaN: true }).map((value) => value + 0)
/** Widths that stay above zero along any road of this test. */
const width = fc
  .array(
    fc.record({
      start: positive,
      a: fc.double({ min: 10, max: 20, noNaN: true }),
      b: small(0.005),
      c: small(1e-6),
      d: small(1e-9),
    }),
    { maxLength: 3 },
  )
  .map((all) => new CubicProfile(all))
/** Coefficients of curves that stay on the earth. */
const one = fc.tuple(small(1), small(1), small(1), small(1))
const range = fc.record({
  fromLane: fc.integer({ min: -4, max: 4 }),
  toLane: fc.integer({ min: -4, max: 4 }),
})
const ranges = fc.array(range, { minLength: 1, maxLength: 2 })
const orientation = fc.constantFrom('+' as const, '-' as const, 'none' as const)
const pair = fc.tuple(number, number)

const curvature = fc.double({ min: -1, max: 1, noNaN: true }).map((value) => value + 0)
const shape: fc.Arbitrary<Geometry['shape']> = fc.oneof(
  fc.constant({ kind: 'line' as const }),
  curvature.map((drawn) => ({ kind: 'arc' as const, curvature: drawn })),
  fc.record({ kind: fc.constant('spiral' as const), curvatureStart: curvature, curvatureEnd: curvature }),
  fc.record({ kind: fc.constant('poly3' as const), a: number, b: number, c: number, d: number }),
  fc.record({
    kind: fc.constant('paramPoly3' as const),
    u: one,
    v: one,
    range: fc.constantFrom('arcLength' as const, 'normalized' as const),
  }),
)

const mark = fc.record({
  start: positive,
  type: fc.constantFrom('solid', 'broken', 'solid broken'),
  color: fc.constantFrom('standard', 'yellow'),
  weight: fc.constantFrom('standard' as const, 'bold' as const),
  widthM: fc.oneof(positive, fc.constant(NaN)),
  laneChange: fc.constantFrom('increase' as const, 'decrease' as const, 'both' as const, 'none' as const),
  material: fc.constant('standard'),
})
const limit = fc.record({ start: positive, limitMps: fc.oneof(positive, fc.constant(Infinity)) })

function lanes(sign: 1 | -1): fc.Arbitrary<Lane[]> {
  const lane = fc.record(
    {
      type: fc.constantFrom('driving', 'sidewalk', 'biking'),
      width,
      predecessor: fc.option(fc.integer({ min: -3, max: 3 })),
      successor: fc.option(fc.integer({ min: -3, max: 3 })),
      roadMarks: fc.array(mark, { minLength: 1, maxLength: 2 }),
      speedLimits: fc.array(limit, { minLength: 1, maxLength: 2 }),
      isLevel: fc.constant(true),
      direction: fc.constantFrom('reversed' as const, 'both' as const),
      access: fc.array(
        fc.record({
          start: positive,
          rule: fc.constantFrom('allow' as const, 'deny' as const),
          traffic: fc.uniqueArray(fc.constantFrom('bus', 'taxi'), { minLength: 1 }),
        }),
        { minLength: 1, maxLength: 2 },
      ),
    },
    { requiredKeys: ['type', 'width', 'predecessor', 'successor'] },
  )
  return fc
    .array(lane, { maxLength: 3 })
    .map((all) => all.map((one, index): Lane => ({ id: sign * (index + 1), ...one })))
}

const signal = fc.record(
  {
    id: text,
    s: positive,
    t: number,
    zOffset: number,
    type: fc.constantFrom('1000001', '274'),
    subtype: text,
    country: fc.constantFrom('', 'DE'),
    isDynamic: fc.boolean(),
    orientation,
    value: fc.option(number),
    name: text,
    unit: fc.constant('km/h'),
    text,
    headingOffset: number,
    height: positive,
    width: positive,
    lanes: ranges,
    dependencies: fc.array(fc.record({ id: text, type: text }), { minLength: 1, maxLength: 2 }),
  },
  {
    requiredKeys: [
      'id',
      's',
      't',
      'zOffset',
      'type',
      'subtype',
      'country',
      'isDynamic',
      'orientation',
      'value',
    ],
  },
)

const object = fc.record(
  {
    id: text,
    type: fc.constantFrom('crosswalk', 'building'),
    s: positive,
    t: number,
    zOffset: number,
    heading: number,
    length: positive,
    width: positive,
    height: positive,
    name: text,
    subtype: text,
    orientation,
    lanes: ranges,
    outlines: fc.array(
      fc.record({
        isClosed: fc.boolean(),
        isOuter: fc.boolean(),
        corners: fc.array(
          fc.record({
            kind: fc.constantFrom('road' as const, 'local' as const),
            a: number,
            b: number,
            z: number,
            height: positive,
          }),
          { maxLength: 4 },
        ),
      }),
      { minLength: 1, maxLength: 2 },
    ),
    repeats: fc.array(
      fc.record({
        s: positive,
        length: positive,
        distance: positive,
        t: pair,
        width: fc.option(pair),
        height: pair,
        zOffset: pair,
      }),
      { minLength: 1, maxLength: 2 },
    ),
  },
  { requiredKeys: ['id', 'type', 's', 't', 'zOffset', 'heading', 'length', 'width', 'height'] },
)

const road: fc.Arbitrary<Road> = fc
  .record(
    {
      surface: fc
        .record({
          left: pieces,
          right: pieces,
          shapes: fc.uniqueArray(
            fc.record({ s: positive, across: fc.array(piece, { minLength: 1, maxLength: 1 }) }),
            {
              minLength: 1,
              maxLength: 2,
              selector: ({ s }) => s,
            },
          ),
        })
        .map(
          ({ left, right, shapes }) =>
            new RoadSurface({ left, right, shapes: shapes.toSorted((a, b) => a.s - b.s) }),
        ),
      name: text,
      rule: fc.constantFrom('RHT' as const, 'LHT' as const),
      geometries: fc.array(
        fc.record({ s: positive, x: number, y: number, heading: number, length: positive, shape }),
        {
          minLength: 1,
          maxLength: 3,
        },
      ),
      laneOffset: profile,
      elevation: profile,
      superelevation: profile,
      left: lanes(1),
      right: lanes(-1),
      centreMarks: fc.array(mark, { minLength: 1, maxLength: 2 }),
      signals: fc.array(signal, { maxLength: 2 }),
      objects: fc.array(object, { maxLength: 2 }),
      signalReferences: fc.array(
        fc.record({ id: text, s: positive, t: number, orientation, lanes: ranges }),
        { minLength: 1, maxLength: 2 },
      ),
      structures: fc.array(
        fc.record({
          kind: fc.constant('tunnel' as const),
          id: text,
          s: positive,
          length: positive,
          type: text,
          name: text,
        }),
        { minLength: 1, maxLength: 1 },
      ),
      junction: fc.option(fc.constantFrom('9', '10')),
    },
    {
      requiredKeys: [
        'rule',
        'geometries',
        'laneOffset',
        'elevation',
        'superelevation',
        'left',
        'right',
        'signals',
        'objects',
        'junction',
      ],
    },
  )
  .map(({ geometries, left, right, centreMarks, ...rest }) => ({
    ...rest,
    id: 'r1',
    length: 60,
    speedLimitMps: 12.5,
    types: [
      { s: 0, type: 'town', speedLimitMps: 12.5 },
      { s: 20, type: 'rural', speedLimitMps: Infinity },
      { s: 40, type: 'motorway', speedLimitMps: null },
    ],
    line: new ReferenceLine(geometries, 60),
    sections: [{ s: 0, end: 60, left, right, ...(centreMarks ? { centreMarks } : {}) }],
    ...reversedOf([...left, ...right]),
    predecessor: { kind: 'junction', id: '9' },
    successor: { kind: 'road', id: 'r1', contactPoint: 'end', midway: { s: 7.5, direction: -1 } },
  }))

function reversedOf(all: Lane[]): Pick<Road, 'reversedLanes'> {
  const ids = all.filter(({ direction }) => direction === 'reversed').map(({ id }) => id)
  return ids.length === 0 ? {} : { reversedLanes: ids }
}

const read = (written: string) => parseOpenDrive(parseXml(written, 'written.xodr'))

describe('writeOpenDrive', () => {
  it('writes what the reader reads as the same roads [DRIVE-WRITE-01]', () => {
    fc.assert(
      fc.property(road, (made) => {
        const network = new RoadNetwork(
          [made],
          [
            {
              id: '9',
              name: 'crossing',
              priorities: [{ high: '1', low: '2' }],
              controllers: ['c'],
              connections: [
                {
                  incomingRoad: 'r1',
                  connectingRoad: 'r1',
                  contactPoint: 'end',
                  laneLinks: [{ from: -1, to: 2 }],
                },
              ],
            },
            {
              id: '10',
              name: '',
              kind: 'direct',
              connections: [
                { incomingRoad: 'r1', connectingRoad: 'r1', contactPoint: 'start', laneLinks: [] },
              ],
            },
            {
              id: '11',
              name: '',
              kind: 'virtual',
              main: { road: 'r1', from: 5, to: 10, orientation: '+' },
              connections: [],
            },
          ],
          [{ id: 'c', name: 'lights', signals: [{ id: 's1', type: '0' }] }],
        )
        const again = read(writeOpenDrive(network))
        expect(again.roads).toEqual(network.roads)
        expect(again.junctions).toEqual(network.junctions)
        expect(again.signalControllers).toEqual(network.signalControllers)
      }),
      { seed: 3, numRuns: 60 },
    )
  })

  it('keeps a generated junction to the last digit [DRIVE-WRITE-01]', () => {
    const written = writeOpenDrive(intersection())
    expect(writeOpenDrive(read(written))).toBe(written)
  })

  it('reads lane borders as the widths between them [DRIVE-ROAD-02]', () => {
    const border = (id: number, pieces: string) => `<lane id="${id}" type="driving">${pieces}</lane>`
    const piece = (start: number, a: number, b: number) =>
      `<border sOffset="${start}" a="${a}" b="${b}" c="0" d="0"/>`
    const network = read(
      `<OpenDRIVE><road id="1" length="100" junction="-1"><planView><geometry s="0" x="0" y="0" hdg="0" length="100"><line/></geometry></planView><lanes><laneSection s="0"><center><lane id="0" type="none"/></center><right>${border(-1, piece(0, -3, 0) + piece(50, -3, -0.02))}${border(-2, piece(0, -6, 0.01))}<lane id="-3" type="driving"><width sOffset="0" a="2" b="0" c="0" d="0"/></lane></right></laneSection></lanes></road></OpenDRIVE>`,
    )
    expect([0, 60].map((s) => network.laneCentre(0, -1, s))).toEqual([-1.5, -1.6])
    expect(network.laneCentre(0, -2, 60)).toBeCloseTo((-3.2 - 5.4) / 2, 12)
    expect(network.laneCentre(0, -3, 60)).toBeCloseTo(-5.4 - 1, 12)
  })

  it('refuses a broken file with a message, whatever is wrong with it [DRIVE-FILES-02]', () => {
    const whole = writeOpenDrive(intersection({ armLengthM: 60 }))
    let refused = 0
    fc.assert(
      fc.property(mutations, (mutate) => {
        try {
          read(mutate(whole))
        } catch (error) {
          refused++
          expect(InvalidInputError.isInstance(error)).toBe(true)
        }
      }),
      { seed: 8, numRuns: 60 },
    )
    expect(refused).toBeGreaterThan(10)
  })
})
