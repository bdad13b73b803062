import { describe, expect, test } from 'vitest'
import { chaseCamera, Projector, topCamera } from '../../console/viewer/camera.ts'
import { PlayHead } from '../../console/viewer/play-head.ts'
import { emptyPose, Replay } from '../../console/viewer/replay.ts'
import { parametersOf, setOf } from '../../console/viewer/run-words.ts'
import { seriesOf } from '../../console/viewer/series.ts'
import type { Recording } from '../../src/clearance/recordings/recording.ts'

const size = { width: 800, height: 600 }
const car = { kind: 'car', lengthM: 4, widthM: 2, heightM: 1.5 } as const

/** The ego at 10 m/s behind one that stands 30 m ahead and is gone in the third frame. */
const recording: Recording = {
  name: 'made',
  version: 'idm',
  stepS: 1,
  ego: 0,
  environment: {
    illuminanceLux: 1,
    visualRangeM: 1,
    precipitation: 'none',
    precipitationMmPerH: 0,
    friction: 1,
  },
  agents: [
    { name: 'Ego', ...car },
    { name: 'other', ...car },
  ],
  signals: [],
  route: [],
  frames: [
    { timeS: 0, agents: [0, 0, 0, 3.1, 10, 0, 0, 1, 30, 0, 0, 0, 0, 257], signals: [], explanation: null },
    { timeS: 1, agents: [0, 10, 0, -3.1, 10, 0, 0, 1, 30, 0, 0, 0, 0, 0], signals: [], explanation: null },
    { timeS: 2, agents: [0, 20, 0, 0, 10, -2, 0], signals: [], explanation: null },
  ],
  failures: [],
}

describe('the scenario viewer', () => {
  test('looks down with north up, and puts what is in the middle into the middle [DRIVE-VIEW-01]', () => {
    const projector = new Projector()
    const pixel = new Float64Array(2)
    projector.begin(topCamera(size, 100, 50, 10))
    projector.point(100, 50, 0, pixel)
    expect([...pixel]).toEqual([400, 300])
    projector.point(102, 51, 0, pixel)
    expect(pixel[0]).toBeCloseTo(420, 9)
    expect(pixel[1]).toBeCloseTo(290, 9)
  })

  test('from behind, nearer is lower and larger, left is left, and what is behind the eye is not there [DRIVE-VIEW-01]', () => {
    const projector = new Projector()
    const near = new Float64Array(2)
    const far = new Float64Array(2)
    projector.begin(chaseCamera(size, 0, 0, Math.PI / 2, 10))
    expect(projector.point(-2, 5, 0, near)).toBe(true)
    expect(projector.point(-2, 50, 0, far)).toBe(true)
    expect(near[1]).toBeGreaterThan(far[1] as number)
    expect(near[0]).toBeLessThan(far[0] as number)
    expect(far[0]).toBeLessThan(400)
    expect(far[1]).toBeGreaterThan(projector.horizonPx())
    expect(projector.scaleAt(-2, 5, 0)).toBeGreaterThan(projector.scaleAt(-2, 50, 0))
    expect(projector.point(0, -30, 0, near)).toBe(false)
  })

  test('is between frames where it would be on a straight way, and turns the short way round [DRIVE-VIEW-02]', () => {
    const replay = new Replay(recording)
    const pose = emptyPose()
    expect(replay.poseOf(0, 0.5, pose)).toBe(true)
    expect(pose.x).toBe(5)
    expect(Math.abs(pose.heading)).toBeCloseTo(Math.PI, 9)
    expect(replay.poseOf(1, 0, pose)).toBe(true)
    expect([pose.lights, pose.hasSiren]).toEqual([1, true])
    expect(replay.poseOf(1, 2, pose)).toBe(false)
    expect(replay.durationS).toBe(2)
  })

  test('the play head keeps its place over pauses and speeds, and stops at the end [DRIVE-VIEW-02]', () => {
    const head = new PlayHead()
    head.setEnd(10)
    head.play(1_000)
    expect(head.timeS(2_000)).toBe(1)
    head.setSpeed(4, 2_000)
    expect(head.timeS(3_000)).toBe(5)
    head.pause(3_000)
    expect(head.timeS(9_000)).toBe(5)
    head.play(9_000)
    expect(head.timeS(20_000)).toBe(10)
    expect(head.isPlaying).toBe(false)
    head.play(20_000)
    expect(head.timeS(20_000)).toBe(0)
  })

  test('draws time to collision as the bodies have it, and none when the other is gone [DRIVE-VIEW-03]', () => {
    const straight = structuredClone(recording)
    for (const frame of straight.frames) frame.agents[3] = 0
    const { ttcS, speedMps } = seriesOf(straight)
    expect(ttcS[0]).toBeCloseTo(2.6, 9)
    expect(ttcS[1]).toBeCloseTo(1.6, 9)
    expect(ttcS[2]).toBe(Infinity)
    expect(speedMps).toEqual([10, 10, 10])
  })

  test('an address holds the parameters that are not as usual [DRIVE-VIEW-01]', () => {
    const parameters = [
      { name: 'gapM', default: 10 },
      { name: 'speedMps', default: 14 },
    ]
    const set = setOf({ gapM: 12.5, speedMps: 14 }, parameters)
    expect(set).toBe('gapM=12.5')
    expect(parametersOf(`${set},broken,=3,a=`)).toEqual({ gapM: 12.5 })
  })
})
