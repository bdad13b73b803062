import { describe, expect, test } from 'vitest'
import type { Scene } from '../../../src/world/scene/scene.ts'
import { castPoints } from '../../../src/driver/perception/sensors/cast-points.ts'
import { extinctionPerM, lightShare } from '../../../src/driver/perception/sensors/detection-chance.ts'
import { SensorRig } from '../../../src/driver/perception/sensors/sensor-rig.ts'
import { defaultSuite, fanOf } from '../../../src/driver/perception/sensors/sensor.ts'
import type { Sensor, SensorKind } from '../../../src/driver/perception/sensors/sensor.ts'
import { SensorTally } from '../../../src/driver/perception/sensors/sensor-statistics.ts'
import { Visibility } from '../../../src/driver/perception/sensors/visibility.ts'
import { clearDay } from '../../../src/world/scene/environment.ts'
import { advance, sceneWith } from './scene.ts'

interface Seen {
  sensor: string
  kind: SensorKind
  truth: number
  timeS: number
  x: number
  y: number
  radialSpeedMps: number
}

function watch(scene: Scene, seconds: number, suite: readonly Sensor[] = defaultSuite, seed = 1): Seen[] {
  const rig = new SensorRig(suite, scene.agents.capacity, seed)
  const seen: Seen[] = []
  for (let step = 0; step <= Math.round(seconds / 0.05); step++) {
    rig.sense(scene)
    const { detections } = rig
    for (let at = 0; at < detections.count; at++) {
      const { name, kind } = suite[detections.sensor[at] as number] as Sensor
      seen.push({
        sensor: name,
        kind,
        truth: detections.truth[at] as number,
        timeS: detections.timeS[at] as number,
        x: detections.x[at] as number,
        y: detections.y[at] as number,
        radialSpeedMps: detections.radialSpeedMps[at] as number,
      })
    }
    advance(scene, 0.05)
  }
  return seen
}

const rate = (seen: Seen[], kind: SensorKind, truth: number) =>
  seen.filter((one) => one.kind === kind && one.truth === truth).length

describe('visibility', () => {
  test('hides what is behind a body, whole or in part, and shows a bus over a car [DRIVE-SENSE-01]', () => {
    const visibility = new Visibility(5)
    const { agents } = sceneWith([
      { x: 10, y: 0, heading: Math.PI / 2 },
      { x: 20, y: 0, kind: 'pedestrian' },
      { x: 30, y: 0, kind: 'bus' },
      { x: 20, y: 8, kind: 'pedestrian' },
    ])
    visibility.look(agents, 0, 0, 0, 1.4, 0, 7, 100)
    expect([...visibility.rows.subarray(0, visibility.count)]).toEqual([1, 2, 4, 3])
    expect(visibility.share[1]).toBe(1)
    // Of a person of 1.75 m, behind a car of 1.5 m and twice as far: what is above 1.4 + 2 · 0.1 m.
    expect(visibility.share[2]).toBeCloseTo(0.15 / 1.75, 6)
    expect(visibility.share[4]).toBe(1)
    expect(visibility.share[3]).toBeGreaterThan(0.3)
    expect(visibility.share[3]).toBeLessThan(0.7)
  })

  test('sees nothing behind it with a narrow view [DRIVE-SENSE-01]', () => {
    const visibility = new Visibility(3)
    const { agents } = sceneWith([
      { x: 20, y: 2 },
      { x: -20, y: 2 },
    ])
    visibility.look(agents, 0, 0, 0, 1.4, 0, 1, 100)
    expect(visibility.count).toBe(1)
    expect(visibility.share[1]).toBe(1)
  })

  test('a lidar low down has points on what it sees, none on what is hidden [DRIVE-SENSE-01]', () => {
    const scene = sceneWith([
      { x: 12, y: 0, heading: Math.PI / 2 },
      { x: 24, y: 0.3 },
      { x: 15, y: 9 },
    ])
    const points = castPoints(scene, { ...(defaultSuite[0] as Sensor), upM: 0.5 })
    const hits = [0, 0, 0, 0]
    for (let at = 0; at < points.length; at += 4) {
      const row = points[at + 3] as number
      hits[row] = (hits[row] as number) + 1
      // On the body.
      expect(Math.hypot(points[at] as number, points[at + 1] as number)).toBeLessThan(
        Math.hypot(scene.agents.x[row] as number, scene.agents.y[row] as number) + 2.4,
      )
    }
    expect(hits[1]).toBeGreaterThan(100)
    expect(hits[2]).toBe(0)
    expect(hits[3]).toBeGreaterThan(100)
  })
})

describe('sensors', () => {
  test('the fans of cameras and of radars leave no direction out [DRIVE-SENSE-02]', () => {
    const fans = defaultSuite.map(fanOf)
    for (let degrees = -180; degrees < 180; degrees++)
      for (const kind of ['camera', 'radar']) {
        const away = (heading: number) => Math.abs(Math.sin((heading - (degrees * Math.PI) / 180) / 2))
        const sees = fans.filter(
          (fan) => fan.kind === kind && away(fan.heading) <= Math.sin(fan.fieldOfViewRad / 4),
        )
        expect(sees.length, `${kind} at ${degrees}`).toBeGreaterThan(0)
      }
  })

  test('each scans at its own rate and phase, in the order of time [DRIVE-SENSE-02]', () => {
    const scene = sceneWith([{ x: 20, y: 0 }])
    const rig = new SensorRig(defaultSuite, 2, 1)
    const times = new Map<number, number[]>()
    let last = -1
    for (let step = 0; step <= 40; step++) {
      rig.sense(scene)
      for (let scan = 0; scan < rig.scans.count; scan++) {
        const timeS = rig.scans.timeS[scan] as number
        expect(timeS).toBeGreaterThanOrEqual(last)
        expect(timeS).toBeLessThanOrEqual(scene.timeS + 1e-6)
        last = timeS
        const sensor = rig.scans.sensor[scan] as number
        times.set(sensor, [...(times.get(sensor) ?? []), timeS])
      }
      advance(scene, 0.05)
    }
    for (const [sensor, { kind, periodS, phaseS }] of defaultSuite.entries()) {
      if (kind === 'microphone') continue
      expect(times.get(sensor)).toHaveLength(Math.floor((2 - phaseS + 1e-6) / periodS) + 1)
    }
  })

  test('a scan between two steps finds a moving body where it was then [DRIVE-SENSE-02]', () => {
    const far = { ...(defaultSuite[0] as Sensor), phaseS: 0.03, clutterPerScan: 0, bearingSigmaRad: 0 }
    const exact = { ...far, rangeSigmaM: 0, rangeSigmaShare: 0 }
    const seen = watch(sceneWith([{ x: 20, y: 3, speedMps: 10 }]), 2, [exact])
    expect(seen.length).toBeGreaterThan(15)
    for (const one of seen) expect(one.x).toBeCloseTo(20 + 10 * one.timeS, 6)
  })

  test('the suite sees all round, with the errors that it states [DRIVE-SENSE-02]', () => {
    const scene = sceneWith([
      { x: 25, y: 0 },
      { x: 0, y: 12 },
      { x: -25, y: 0 },
      { x: 0, y: -12 },
    ])
    const rig = new SensorRig(defaultSuite, 5, 3)
    const tally = new SensorTally(defaultSuite)
    for (let step = 0; step < 200; step++) {
      rig.sense(scene)
      tally.add(rig.detections, scene.agents.x, scene.agents.y)
      scene.timeS += 0.05
    }
    const statistics = new Map(tally.statistics().map((one) => [one.sensor, one]))
    for (const name of ['lidar', 'camera-left', 'camera-right', 'camera-rear', 'radar-front', 'thermal-rear'])
      expect(statistics.get(name)?.detections).toBeGreaterThan(50)
    expect(statistics.get('lidar')?.positionRmseM).toBeLessThan(0.2)
    // 5 % of 25 m and 0.2 m.
    expect(statistics.get('camera-rear')?.positionRmseM).toBeGreaterThan(1.1)
    expect(statistics.get('camera-rear')?.positionRmseM).toBeLessThan(1.8)
    const false_ = statistics.get('lidar')?.falseAlarms ?? 0
    expect(false_ / 100).toBeGreaterThan(0.25)
    expect(false_ / 100).toBeLessThan(0.55)
  })

  test('a camera is blind at night beyond the headlights, where heat shows a person [DRIVE-SENSE-03]', () => {
    const night = { illuminanceLux: 0.1 }
    const person = { x: 10, y: 18, kind: 'pedestrian' as const }
    const ahead = { x: 25, y: 0, kind: 'pedestrian' as const }
    const dark = watch(sceneWith([person, ahead], night), 5)
    expect(rate(dark, 'camera', 1)).toBe(0)
    expect(rate(dark, 'camera', 2)).toBeGreaterThan(30)
    const front = sceneWith([{ x: 30, y: 15, kind: 'pedestrian' as const }], night)
    expect(rate(watch(front, 5), 'thermal', 1)).toBeGreaterThan(25)
    expect(rate(watch(sceneWith([person]), 5), 'camera', 1)).toBeGreaterThan(30)
  })

  test('fog takes away camera and lidar, not radar; rain brings the lidar false alarms [DRIVE-SENSE-03]', () => {
    const place = [{ x: 55, y: 0 }]
    const fog = watch(sceneWith(place, { visualRangeM: 40 }), 5)
    const clear = watch(sceneWith(place), 5)
    expect(rate(clear, 'camera', 1)).toBeGreaterThan(40)
    expect(rate(clear, 'lidar', 1)).toBeGreaterThan(40)
    expect(rate(fog, 'camera', 1)).toBe(0)
    expect(rate(fog, 'lidar', 1)).toBe(0)
    expect(rate(fog, 'radar', 1)).toBeGreaterThan(0.9 * rate(clear, 'radar', 1))
    const rain = watch(sceneWith(place, { precipitation: 'rain', precipitationMmPerH: 20 }), 5)
    expect(rate(rain, 'lidar', -1)).toBeGreaterThan(2 * rate(clear, 'lidar', -1))
    expect(extinctionPerM({ ...clearDay, visualRangeM: 100 })).toBeCloseTo(0.03, 6)
    expect(lightShare(20)).toBeCloseTo(1, 1)
    expect(lightShare(0.3)).toBeCloseTo(0, 1)
  })

  test('radar measures speed along the line of sight, over ground [DRIVE-SENSE-04]', () => {
    const scene = sceneWith([{ x: 40, y: 0, heading: Math.PI, speedMps: 8 }], {}, { egoSpeedMps: 10 })
    const speeds = watch(scene, 1)
      .filter(({ kind, truth }) => kind === 'radar' && truth === 1)
      .map(({ radialSpeedMps }) => radialSpeedMps)
    expect(speeds.length).toBeGreaterThan(8)
    expect(speeds.reduce((sum, speed) => sum + speed, 0) / speeds.length).toBeCloseTo(-8, 0)
  })

  test('microphones hear a siren behind a bus, by its direction only [DRIVE-SENSE-05]', () => {
    const scene = sceneWith([
      { x: 15, y: 15, kind: 'bus', heading: (3 * Math.PI) / 4 },
      { x: 60, y: 60, kind: 'emergency', hasSiren: true },
    ])
    const rig = new SensorRig(defaultSuite, 3, 1)
    const bearings: number[] = []
    let seen = 0
    for (let step = 0; step < 100; step++) {
      rig.sense(scene)
      for (let at = 0; at < rig.sirens.count; at++) bearings.push(rig.sirens.bearing[at] as number)
      for (let at = 0; at < rig.detections.count; at++)
        if (
          rig.detections.truth[at] === 2 &&
          defaultSuite[rig.detections.sensor[at] as number]?.kind === 'camera'
        )
          seen++
      scene.timeS += 0.05
    }
    expect(seen).toBe(0)
    expect(bearings.length).toBeGreaterThan(20)
    expect(bearings.toSorted((a, b) => a - b)[Math.floor(bearings.length / 2)]).toBeCloseTo(Math.PI / 4, 0)
  })

  test('the same seed gives the same detections, another one others [DRIVE-SENSE-02]', () => {
    const place = [{ x: 30, y: 4, speedMps: 5 }]
    const first = watch(sceneWith(place), 2)
    expect(watch(sceneWith(place), 2)).toEqual(first)
    expect(watch(sceneWith(place), 2, defaultSuite, 2)).not.toEqual(first)
  })
})
