import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { featuresOf } from '../../../src/evals/realism/features.ts'
import { LikelihoodEstimate } from '../../../src/evals/realism/likelihoods.ts'
import { foldsOf, runRealismEval } from '../../../src/evals/realism/realism.ts'
import { windowsOf } from '../../../src/evals/realism/recorded-window.ts'
import type { RecordedWindow } from '../../../src/evals/realism/recorded-window.ts'
import { scoreModel } from '../../../src/evals/realism/score-model.ts'
import { pastSteps } from '../../../src/evals/realism/tracks.ts'
import { constantVelocity, laneTraffic, recordedModel } from '../../../src/evals/realism/traffic-models.ts'
import { parseCommonRoad } from '../../../src/world/commonroad/parse-commonroad.ts'
import { usualManner } from '../../../src/world/traffic/vehicle-mix.ts'
import { parseXml } from '../../../src/world/xml/parse-xml.ts'
import { car, lanelet } from '../../support/commonroad-scene.ts'

/** Two lanes (y 0 to 7) on which a car follows another at 12 m/s, 8 m behind at first, and brakes evenly to the other's 8 m/s. */
function madeScene(name: string, more = ''): string {
  const beside = (side: string, ref: number) => `<adjacent${side} ref="${ref}" drivingDir="same"/>`
  const lanes = lanelet(1, 0, 400, 7, beside('Right', 2)) + lanelet(2, 0, 400, 3.5, beside('Left', 1)) + more
  return `<?xml version="1.0"?><commonRoad timeStepSize="0.1" commonRoadVersion="2018b" benchmarkID="${name}" source="made" tags="">${lanes}${car(50, 60, 1.75, 8, 100, true)}${car(51, 35, 1.75, 12, 100, true)}</commonRoad>`
}

const windowOf = (text: string) => windowsOf(parseCommonRoad(parseXml(text, 'a.xml')))[0] as RecordedWindow

describe('features of tracks', () => {
  const window = windowOf(madeScene('MAD_Road-1_1_T-1'))
  const features = featuresOf(window, window.log)
  const at = (agent: number, step: number) => agent * features.steps + step

  test('speeds are central differences, distances are from body to body, time to collision is that to the one ahead [DRIVE-REALISM-01]', () => {
    expect(window.log.frames).toBe(pastSteps + 1 + 80)
    const { values } = features
    expect(values.linearSpeed[at(1, 3)]).toBeCloseTo(12, 9)
    expect(values.linearAcceleration[at(1, 3)]).toBeCloseTo(0, 6)
    expect(values.linearSpeed[at(1, 79)]).toBeNaN()
    // 25 m between their middles at first, 4 m/s of closing, 4.5 m of bodies.
    const gap = 25 - 4 * 1.1 - 4.5
    expect(values.distanceToNearest[at(1, 0)]).toBeCloseTo(gap, 6)
    expect(values.timeToCollision[at(1, 0)]).toBeCloseTo(gap / 4, 6)
    expect(values.timeToCollision[at(0, 0)]).toBe(5)
    expect(Math.min(...values.distanceToNearest)).toBeLessThan(0)
  })

  test('the edge of the road is beyond all lanes, not between them [DRIVE-REALISM-01]', () => {
    const { edge } = window
    expect(edge.signedDistance(100, 3.5)).toBeCloseTo(-3.5, 9)
    expect(edge.signedDistance(100, 0.5)).toBeCloseTo(-0.5, 9)
    expect(edge.signedDistance(100, -1)).toBeCloseTo(1, 9)
    expect(edge.signedDistance(100, 8)).toBeCloseTo(1, 9)
    // A body 1.8 m wide in the middle of the right lane.
    expect(features.values.distanceToRoadEdge[at(0, 0)]).toBeCloseTo(-0.85, 6)
    expect(Math.max(...features.values.distanceToRoadEdge)).toBeLessThan(0)
  })
})

describe('likelihoods', () => {
  const window = windowOf(madeScene('MAD_Road-1_1_T-1'))

  test('are shares of smoothed histograms of 32 rollouts, their geometric mean over agents and steps, weighted [DRIVE-REALISM-02]', () => {
    const log = featuresOf(window, window.log)
    const estimate = new LikelihoodEstimate(log)
    estimate.add(log, 32)
    const scores = estimate.result([true, true])
    // Each car has one speed: 79 steps of 32 rollouts fall into one of ten bins.
    expect(scores.linearSpeed).toBeCloseTo((79 * 32 + 0.1) / (79 * 32 + 1), 9)
    expect(scores.collision).toBeCloseTo(32.1 / 32.2, 9)
    expect(scores.offRoad).toBeCloseTo(32.1 / 32.2, 9)
    const without = new LikelihoodEstimate(log)
    const distanceToNearest = log.values.distanceToNearest.map(Math.abs)
    without.add({ ...log, values: { ...log.values, distanceToNearest } }, 32)
    expect(without.result([true, true]).collision).toBeCloseTo(0.1 / 32.2, 9)
  })

  test('the recording itself is the most likely, and traffic that keeps its distance is less so where cars ran into one another [DRIVE-REALISM-02]', () => {
    const recorded = scoreModel(window, recordedModel)
    const straight = scoreModel(window, constantVelocity)
    const traffic = scoreModel(window, laneTraffic(usualManner), 8)
    // These cars did keep their speeds.
    expect(straight.meta).toBeCloseTo(recorded.meta, 6)
    expect(traffic.meta).toBeLessThan(recorded.meta - 0.2)
    expect(traffic.collision).toBeLessThan(0.1)
    expect(scoreModel(window, laneTraffic(usualManner), 8)).toEqual(traffic)
  })
})

describe('our traffic in a recording', () => {
  test('begins where everybody was and how fast, and lets parked cars stand [DRIVE-REALISM-02]', () => {
    const parked = car(52, 150, 0.5, 0, 100, true)
    const waiting = car(53, 150, 5.25, 0, 100, true)
    const window = windowOf(
      madeScene('MAD_Road-1_1_T-1').replace('</commonRoad>', `${parked}${waiting}</commonRoad>`),
    )
    const tracks = laneTraffic(usualManner).rollOut(window, 1)
    const wayOf = (agent: number) => {
      const now = agent * tracks.frames + pastSteps
      return (tracks.x[now + 80] as number) - (tracks.x[now] as number)
    }
    expect(wayOf(2)).toBe(0)
    expect(wayOf(3)).toBeGreaterThan(20)
    const first = tracks.frames + pastSteps + 1
    expect((tracks.x[first] as number) - (tracks.x[first - 1] as number)).toBeCloseTo(1.2, 1)
    expect(tracks.y[first]).toBeCloseTo(1.75, 2)
  })
})

describe('the eval', () => {
  let folder = ''
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'realism-'))
    await mkdir(join(folder, 'a'))
    await writeFile(join(folder, 'a', 'one.xml'), madeScene('MAD_Road-1_1_T-1'))
    await writeFile(join(folder, 'a', 'again.xml'), madeScene('MAD_Road-1_2_T-1'))
    await writeFile(
      join(folder, 'made.xml'),
      madeScene('SIM_Town-1_1_T-1').replace('tags=""', 'tags="simulated"'),
    )
  })
  afterAll(() => rm(folder, { recursive: true }))

  test('leaves out what a simulator made, counts traffic once that is published twice, and says what clearance is worth [DRIVE-REALISM-03]', async () => {
    const result = await runRealismEval({
      dataDir: folder,
      report: () => undefined,
      signal: new AbortController().signal,
    })
    expect(result.metrics).toMatchObject({ files: 3, simulatedFiles: 1, windows: 1, vehicles: 2 })
    expect(result.peers?.['recorded']?.['meta']).toBeGreaterThan(result.metrics['meta'] as number)
    expect(Object.keys(result.sources)).toEqual(['MAD_Road'])
    expect(result.notes[0]).toMatch(/^What clearance in made traffic is worth: /)
  })

  test('fits on the other sources, of a single one on its other half [DRIVE-REALISM-03]', () => {
    const windows = ['A', 'A', 'B', 'C'].map((source) => ({ source }) as RecordedWindow)
    for (const { name, test: scored, train } of foldsOf(windows)) {
      expect(scored.every(({ source }) => source === name)).toBe(true)
      expect(train.some(({ source }) => source === name)).toBe(false)
      expect(scored.length + train.length).toBe(4)
    }
    const [first, second] = foldsOf(windows.slice(0, 2))
    expect(first?.train).toEqual(second?.test)
  })
})
