import { createRandom } from '@heavylift/core/math'
import { describe, expect, test } from 'vitest'
import type { Explanation } from '../../../src/driver/explanation.ts'
import { normalisedErrorSquared } from '../../../src/driver/perception/metrics/consistency.ts'
import { SensorPerception } from '../../../src/driver/perception/sensor-perception.ts'
import { defaultSuite } from '../../../src/driver/perception/sensors/sensor.ts'
import { JointAssociation } from '../../../src/driver/perception/tracking/joint-association.ts'
import { MotionBank } from '../../../src/driver/perception/tracking/motion-bank.ts'
import { roadUserClasses } from '../../../src/driver/perception/tracking/road-user-class.ts'
import { agentKindNumber, agentKinds } from '../../../src/world/scene/agent-table.ts'
import type { Scene } from '../../../src/world/scene/scene.ts'
import { advance, sceneWith } from './scene.ts'
import { restingState } from '../../../src/driver/vehicle.ts'

/** Runs perception over a scene that moves along; `look` is called after each step. */
function perceive(
  scene: Scene,
  seconds: number,
  look: (perception: SensorPerception, scene: Scene) => void,
  seed = 1,
  suite = defaultSuite,
): SensorPerception {
  const perception = new SensorPerception(scene, seed, suite)
  for (let step = 0; step <= Math.round(seconds / 0.05); step++) {
    perception.step(restingState)
    look(perception, scene)
    advance(scene, 0.05)
  }
  return perception
}

/** Id of the track nearest to an agent, −1 without one within 2 m. */
function idAt({ tracks }: SensorPerception, { agents }: Scene, row: number): number {
  let id = -1
  let nearest = 2
  for (let at = 0; at < tracks.count; at++) {
    const distance = Math.hypot(
      (tracks.x[at] as number) - (agents.x[row] as number),
      (tracks.y[at] as number) - (agents.y[row] as number),
    )
    if (distance > nearest) continue
    nearest = distance
    id = tracks.id[at] as number
  }
  return id
}

describe('joint association', () => {
  /** Marginals by all joint events. */
  function enumerate(pair: number[][], detections: number) {
    const marginal = pair.map((row) => row.map(() => 0))
    let total = 0
    const walk = (track: number, taken: number[], weight: number) => {
      if (track === pair.length) {
        total += weight
        taken.forEach((detection, one) => {
          if (detection >= 0)
            (marginal[one] as number[])[detection] = (marginal[one]?.[detection] ?? 0) + weight
        })
        return
      }
      walk(track + 1, [...taken, -1], weight)
      for (let detection = 0; detection < detections; detection++)
        if (!taken.includes(detection))
          walk(track + 1, [...taken, detection], weight * (pair[track]?.[detection] ?? 0))
    }
    walk(0, [], 1)
    return marginal.map((row) => row.map((value) => value / total))
  }

  test.each([
    [
      'exactly where tracks and detections form a tree',
      [
        [3, 0],
        [2, 5],
      ],
      1e-4,
    ],
    [
      'closely where two tracks compete for two detections',
      [
        [3, 1],
        [2, 5],
      ],
      0.05,
    ],
    [
      'closely where three compete for three',
      [
        [8, 1, 0.5],
        [1, 6, 2],
        [0.1, 2, 9],
      ],
      0.04,
    ],
  ])('gives the marginals of all joint events %s [DRIVE-TRACK-01]', (_, pair, within) => {
    const detections = pair[0]?.length ?? 0
    const association = new JointAssociation(4, 8)
    pair.forEach((row, track) => association.pair.set(row, track * association.stride))
    association.solve(pair.length, detections)
    for (const [track, row] of enumerate(pair, detections).entries()) {
      const sum = row.reduce((total, value) => total + value, 0)
      for (const [detection, value] of row.entries())
        expect(
          Math.abs((association.pair[track * association.stride + detection] as number) - value),
        ).toBeLessThan(within)
      expect(Math.abs((association.missed[track] as number) - (1 - sum))).toBeLessThan(within)
    }
  })
})

describe('motion models', () => {
  const car = roadUserClasses[agentKindNumber('car')]?.motion
  if (!car) throw new Error('A car has a motion model.')

  /** Follows a path with places every 0.1 s, and gives mean squared normalised error of place and velocity. */
  function follow(seconds: number, speed: (t: number) => number, rate: (t: number) => number) {
    const random = createRandom('motion')
    const bank = new MotionBank(1)
    const errors: number[] = []
    let [x, y, heading] = [0, 0, 0.3]
    const sigma = 0.15
    const xs = new Float64Array(1)
    const ys = new Float64Array(1)
    bank.begin(0, car!, x, y, sigma ** 2, 0, sigma ** 2, heading)
    for (let step = 1; step <= seconds * 10; step++) {
      for (let part = 0; part < 10; part++) {
        const t = (step - 1) / 10 + part / 100
        heading += rate(t) * 0.01
        x += speed(t) * 0.01 * Math.cos(heading)
        y += speed(t) * 0.01 * Math.sin(heading)
      }
      bank.predict(0, car!, 0.1, heading)
      bank.combine(0)
      xs[0] = x + sigma * random.normal()
      ys[0] = y + sigma * random.normal()
      bank.updatePlace(0, 1, xs, ys, Float64Array.of(0.999), Float64Array.of(1), sigma ** 2, 0, sigma ** 2)
      bank.updateDirection(0, heading + 0.07 * random.normal(), 0.07 ** 2)
      bank.combine(0)
      if (step < 20) continue
      const v = speed(step / 10)
      const [mx = 0, my = 0, mvx = 0, mvy = 0] = bank.mean
      const covariance: number[] = []
      for (let row = 0; row < 4; row++)
        for (let column = 0; column < 4; column++) covariance.push(bank.spread[5 * row + column] as number)
      errors.push(
        normalisedErrorSquared(
          [mx - x, my - y, mvx - v * Math.cos(heading), mvy - v * Math.sin(heading)],
          covariance,
        ),
      )
    }
    const modes = [...bank.mode]
    const yawRate = bank.mean[4] as number
    return { nees: errors.reduce((sum, value) => sum + value, 0) / errors.length, modes, yawRate }
  }

  test('a turn is followed as a turn, with its rate [DRIVE-TRACK-02]', () => {
    const { modes, yawRate, nees } = follow(
      6,
      () => 8,
      (t) => (t > 2 ? 0.4 : 0),
    )
    expect(modes.indexOf(Math.max(...modes))).toBe(1)
    expect(yawRate).toBeGreaterThan(0.25)
    expect(yawRate).toBeLessThan(0.5)
    expect(nees).toBeLessThan(10)
  })

  test('who drives on is followed as steady, who stands as stopped [DRIVE-TRACK-02]', () => {
    const steady = follow(
      8,
      () => 12,
      () => 0,
    )
    expect(steady.modes.indexOf(Math.max(...steady.modes))).toBe(0)
    expect(steady.nees).toBeLessThan(5)
    const standing = follow(
      8,
      (t) => Math.max(0, 6 - 3 * t),
      () => 0,
    )
    expect(standing.modes.indexOf(Math.max(...standing.modes))).toBe(2)
  })
})

describe('tracker', () => {
  test('finds a car soon, and knows its place, speed, kind and size [DRIVE-TRACK-03]', () => {
    const scene = sceneWith([{ x: -30, y: 5, speedMps: 10, kind: 'bus' }])
    const ids = new Set<number>()
    let firstS = Infinity
    const perception = perceive(scene, 5, (one, { timeS }) => {
      const id = idAt(one, scene, 1)
      if (id < 0) return
      firstS = Math.min(firstS, timeS)
      ids.add(id)
    })
    expect(firstS).toBeLessThan(0.6)
    expect(ids.size).toBe(1)
    const { tracks } = perception
    const at = [...tracks.id.subarray(0, tracks.count)].indexOf([...ids][0] as number)
    expect(agentKinds[tracks.kind[at] as number]).toBe('bus')
    expect(tracks.speedMps[at]).toBeGreaterThan(9)
    expect(tracks.speedMps[at]).toBeLessThan(11)
    expect(Math.cos(tracks.heading[at] as number)).toBeGreaterThan(0.99)
    expect(tracks.lengthM[at]).toBeGreaterThan(11.5)
    expect(tracks.existence[at]).toBeGreaterThan(0.95)
  })

  test('false alarms, many more than usual, make next to no tracks [DRIVE-TRACK-03]', () => {
    const noisy = defaultSuite.map((sensor) => ({ ...sensor, clutterPerScan: 4 * sensor.clutterPerScan }))
    let shown = 0
    let steps = 0
    perceive(
      sceneWith([]),
      30,
      ({ tracks }) => {
        shown += tracks.count
        steps++
      },
      5,
      noisy,
    )
    expect(shown / steps).toBeLessThan(0.2)
  })

  test('a runner behind a lorry keeps its track, and one that is gone loses it [DRIVE-TRACK-03]', () => {
    const scene = sceneWith([
      { x: 10, y: 6, kind: 'truck' },
      { x: 2, y: 8, kind: 'pedestrian', speedMps: 4 },
    ])
    const ids: number[] = []
    const perception = perceive(scene, 8, (one) => ids.push(idAt(one, scene, 2)))
    const known = ids.filter((id) => id >= 0)
    expect(known.length).toBeGreaterThan(120)
    expect(new Set(known).size).toBe(1)
    expect(ids.at(-1)).toBe(known[0])
    scene.agents.isPresent[2] = 0
    for (let step = 0; step < 40; step++) {
      perception.step(restingState)
      advance(scene, 0.05)
    }
    expect([...perception.tracks.id.subarray(0, perception.tracks.count)]).not.toContain(known[0])
  })

  test('two people who pass each other are not mistaken for one another [DRIVE-TRACK-03]', () => {
    const scene = sceneWith([
      { x: 10, y: 4, kind: 'pedestrian', speedMps: 1.5 },
      { x: 18, y: 4.9, kind: 'pedestrian', speedMps: 1.5, heading: Math.PI },
    ])
    const pairs = new Set<string>()
    perceive(scene, 5, (one, { timeS }) => {
      if (timeS > 1) pairs.add(`${idAt(one, scene, 1)} ${idAt(one, scene, 2)}`)
    })
    expect(pairs.size).toBe(1)
  })

  test('tells of a siren before its vehicle is seen, and which vehicle it is then [DRIVE-TRACK-04]', () => {
    const scene = sceneWith([
      { x: 14, y: 14, kind: 'bus', heading: (3 * Math.PI) / 4 },
      { x: 90, y: 40, kind: 'emergency', speedMps: 12, heading: Math.PI, hasSiren: true, lights: 8 },
    ])
    let heardS = Infinity
    let knownS = Infinity
    perceive(scene, 6, (one, { timeS, agents }) => {
      const { sirens, tracks } = one
      for (let at = 0; at < sirens.count; at++) {
        const truth = Math.atan2(agents.y[2] as number, agents.x[2] as number)
        if (Math.abs((sirens.bearing[at] as number) - truth) < 3 * (sirens.sigmaRad[at] as number))
          heardS = Math.min(heardS, timeS)
      }
      for (let at = 0; at < tracks.count; at++)
        if (tracks.hasSiren[at] === 1) {
          knownS = Math.min(knownS, timeS)
          expect(tracks.id[at]).toBe(idAt(one, scene, 2))
        }
    })
    expect(heardS).toBeLessThan(1.5)
    expect(knownS).toBeLessThan(6)
  })

  test('the same seed gives the same tracks, and explains them [DRIVE-TRACK-03]', () => {
    const told = (seed: number) => {
      const scene = sceneWith([
        { x: 20, y: 3, speedMps: 5 },
        { x: -15, y: -4, kind: 'bicycle', speedMps: 3 },
      ])
      const explanation: Explanation = {
        sensors: [],
        detections: [],
        tracks: [],
        predictions: [],
        plans: [],
        interventions: [],
      }
      perceive(scene, 2, () => undefined, seed).explain(explanation)
      return explanation
    }
    const first = told(1)
    expect(first.tracks).toHaveLength(2)
    expect(first.sensors).toHaveLength(defaultSuite.length)
    for (const { covariance } of first.tracks)
      expect(covariance[0] * covariance[2]).toBeGreaterThan(covariance[1] ** 2)
    expect(told(1)).toEqual(first)
    expect(told(2)).not.toEqual(first)
  })

  test('sees less far in fog, and in the dark as far as headlights and heat reach [DRIVE-TRACK-03]', () => {
    const sight = (environment: Parameters<typeof sceneWith>[1]) =>
      perceive(sceneWith([], environment), 0, () => undefined).sightM
    expect(sight({})).toBeGreaterThan(60)
    expect(sight({ visualRangeM: 50 })).toBeLessThan(0.7 * sight({}))
    expect(sight({ illuminanceLux: 0.1 })).toBeGreaterThan(30)
  })
})

test('whose speed is steady is told to be, and who brakes to brake, and where both point to a degree or two [DRIVE-TRACK-08]', () => {
  const scene = sceneWith([
    { x: 60, y: 3.5, heading: Math.PI, speedMps: 8 },
    { x: 20, y: -3.5, speedMps: 14 },
  ])
  const steady: number[] = []
  const braking: number[] = []
  const turned: number[] = []
  perceive(scene, 3.5, (perception, { agents, timeS }) => {
    const { tracks } = perception
    if (timeS > 1.5) agents.speedMps[2] = 14 - 4 * (timeS - 1.5)
    for (let at = 0; at < tracks.count; at++) {
      if (timeS < 1) continue
      const isOncoming = tracks.id[at] === idAt(perception, scene, 1)
      if (isOncoming) {
        steady.push(Math.abs(tracks.accelerationMps2[at] as number))
        turned.push(Math.abs(Math.sin(tracks.heading[at] as number)))
      } else if (tracks.id[at] === idAt(perception, scene, 2) && timeS > 2.75)
        braking.push(tracks.accelerationMps2[at] as number)
    }
  })
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length
  expect(steady.length).toBeGreaterThan(40)
  expect(mean(steady)).toBeLessThan(0.1)
  expect(mean(braking)).toBeLessThan(-3)
  expect(mean(turned)).toBeLessThan(0.015)
})
