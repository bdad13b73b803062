import { describe, expect, test } from 'vitest'
import { measurePrediction } from '../../../src/evals/prediction/prediction.ts'
import { TrackTable } from '../../../src/driver/perception/track-table.ts'
import { committedNet } from '../../../src/driver/prediction/committed-net.ts'
import { LanePredictor } from '../../../src/driver/prediction/lane-predictor.ts'
import { parseNet } from '../../../src/driver/prediction/mode-net.ts'
import { predictionErrors } from '../../../src/driver/prediction/prediction-metrics.ts'
import {
  PredictionTable,
  predictionModes,
  predictionPoints,
} from '../../../src/driver/prediction/prediction-table.ts'
import type { NetWeights } from '../../../src/driver/prediction/mode-net.ts'
import { agentKindNumber, agentLights } from '../../../src/world/scene/agent-table.ts'
import type { AgentKind } from '../../../src/world/scene/agent-table.ts'
import { SignalTable, signalStates } from '../../../src/world/scene/signal-table.ts'
import { intersection } from '../../../src/world/town/intersection.ts'
import { signalsOf } from '../../../src/world/town/signal-plan.ts'

const network = intersection({ armLengthM: 120 })

interface Placed {
  kind?: AgentKind
  road?: number
  lane?: number
  s: number
  speedMps: number
  lights?: number
}

/** Tracks on the arms of the junction (road 0 comes from the west). */
function tracksAt(placed: Placed[]): TrackTable {
  const tracks = new TrackTable(placed.length)
  tracks.count = placed.length
  const pose = new Float64Array(4)
  for (const [row, one] of placed.entries()) {
    network.lanePose(one.road ?? 0, one.lane ?? -1, one.s, 0, pose)
    tracks.kind[row] = agentKindNumber(one.kind ?? 'car')
    tracks.x[row] = pose[0] as number
    tracks.y[row] = pose[1] as number
    tracks.heading[row] = pose[2] as number
    tracks.speedMps[row] = one.speedMps
    tracks.lengthM[row] = 4.5
    tracks.widthM[row] = 1.8
    tracks.lights[row] = one.lights ?? 0
  }
  return tracks
}

function predict(placed: Placed[], weights: NetWeights | null = null, closed = false) {
  const tracks = tracksAt(placed)
  const { signals } = signalsOf(network)
  signals.state.fill(closed ? signalStates.red : signalStates.green)
  const predictor = new LanePredictor(network, signals, placed.length, weights)
  predictor.predict(tracks)
  const { predictions } = predictor
  return Array.from({ length: placed.length }, (_, row) =>
    Array.from({ length: predictions.modeCount[row] as number }, (_unused, mode) => {
      const way = row * predictionModes + mode
      const at = (way + 1) * predictionPoints - 1
      return {
        probability: predictions.probability[way] as number,
        x: predictions.x[at] as number,
        y: predictions.y[at] as number,
        turn: (predictions.heading[at] as number) - (tracks.heading[row] as number),
        way: Math.hypot(
          (predictions.x[at] as number) - (tracks.x[row] as number),
          (predictions.y[at] as number) - (tracks.y[row] as number),
        ),
      }
    }),
  )
}

describe('ways of a track', () => {
  test.each([
    ['rules', null],
    ['net', 'committed'],
  ])(
    'before a junction are all its turns, likelier where indicated, by %s [DRIVE-PREDICT-01]',
    (_, which) => {
      const weights = which ? committedNet() : null
      const ends = (lights: number) => predict([{ s: 100, speedMps: 9, lights }], weights)[0] ?? []
      const plain = ends(0)
      expect(plain.length).toBe(predictionModes)
      expect(plain.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 9)
      for (const [index, { probability }] of plain.entries())
        expect(probability).toBeLessThanOrEqual(plain[index - 1]?.probability ?? 1)
      const share = (modes: typeof plain, sign: number) =>
        modes
          .filter(({ turn }) => Math.sign(turn) === sign && Math.abs(turn) > 0.7)
          .reduce((sum, { probability }) => sum + probability, 0)
      expect(plain.some(({ turn }) => turn > 0.7)).toBe(true)
      expect(plain.some(({ turn }) => turn < -0.7)).toBe(true)
      expect(plain.some(({ turn, way }) => Math.abs(turn) < 0.1 && way > 30)).toBe(true)
      expect(share(ends(agentLights.left), 1)).toBeGreaterThan(share(plain, 1))
      expect(share(ends(agentLights.right), -1)).toBeGreaterThan(share(plain, -1))
    },
  )

  test('before a red light most likely end at the stop line [DRIVE-PREDICT-01]', () => {
    const stopped = (closed: boolean) =>
      (predict([{ s: 75, speedMps: 10 }], committedNet(), closed)[0] ?? [])
        .filter(({ way, turn }) => way < 38 && Math.abs(turn) < 0.3)
        .reduce((sum, { probability }) => sum + probability, 0)
    expect(stopped(true)).toBeGreaterThan(0.5)
    expect(stopped(true)).toBeGreaterThan(stopped(false) + 0.15)
  })

  test('stay behind who stands in the lane [DRIVE-PREDICT-01]', () => {
    const [behind = []] = predict([
      { s: 20, speedMps: 10 },
      { s: 60, speedMps: 0 },
    ])
    const [free = []] = predict([{ s: 20, speedMps: 10 }])
    expect(behind[0]?.way).toBeLessThan((free[0]?.way ?? 0) - 5)
  })

  test('on foot go on, stop, or turn to either side [DRIVE-PREDICT-01]', () => {
    const [modes = []] = predict([{ kind: 'pedestrian', s: 50, speedMps: 1.4 }])
    expect(modes).toHaveLength(6)
    expect(modes[0]?.way).toBeCloseTo(1.4 * 6, 1)
    expect(Math.min(...modes.map(({ way }) => way))).toBeLessThan(1.5)
    expect(modes.filter(({ turn }) => Math.abs(turn) > 0.3)).toHaveLength(2)
  })
})

describe('figures', () => {
  test('of two ways by hand [DRIVE-PREDICT-02]', () => {
    const table = new PredictionTable(1)
    table.modeCount[0] = 2
    table.probability.set([0.75, 0.25])
    const future = new Float64Array(2 * predictionPoints)
    for (let point = 0; point < predictionPoints; point++) {
      future[2 * point] = point
      // One way 3 m to the left all along, the other from 0 to 2.9 m ahead.
      table.x[point] = point
      table.y[point] = 3
      table.x[predictionPoints + point] = point + 0.1 * point
    }
    const errors = predictionErrors(table, 0, future, () => ({ along: 1, across: 2 }))
    expect(errors.minAdeM).toBeCloseTo(1.45, 9)
    expect(errors.minFdeM).toBeCloseTo(2.9, 9)
    expect(errors.nearest).toBe(1)
    expect(errors.isMissed).toBe(true)
    expect(errors.brierMinFdeM).toBeCloseTo(2.9 + 0.75 ** 2, 9)
    const density = (along: number, across: number) =>
      Math.exp(-(along ** 2) / 2 - (across / 2) ** 2 / 2) / (2 * Math.PI * 2)
    const byHand = [4, 9, 14, 19, 24, 29].map(
      (point) => -Math.log(0.75 * density(0, 3) + 0.25 * density(0.1 * point, 0)),
    )
    expect(errors.nll).toBeCloseTo(byHand.reduce((sum, value) => sum + value, 0) / 6, 9)
  })
})

describe('the committed net', () => {
  test('is nearer than what it stands on, in a town that it never saw [DRIVE-PREDICT-04]', () => {
    const { own, laneRules, constantTurn, constantVelocity } = measurePrediction(
      [1001],
      new AbortController().signal,
      undefined,
      24,
    )
    expect(own.minAde6).toBeLessThan(0.9 * laneRules.minAde6)
    expect(own.nll).toBeLessThan(laneRules.nll)
    expect(laneRules.minFde6).toBeLessThan(constantTurn.minFde6)
    expect(constantTurn.minFde6).toBeLessThan(constantVelocity.minFde6)
    expect(own.brier).toBeLessThan(laneRules.brier)
    expect(own.calibrationError).toBeLessThan(0.06)
  })

  test('is refused where a file holds another net [DRIVE-PREDICT-03]', () => {
    const { layers, ...rest } = committedNet()
    expect(() => parseNet({ ...rest, layers: layers.slice(1) })).toThrow(/train it again/)
  })
})

test('signals that a network lacks close nothing [DRIVE-PREDICT-01]', () => {
  const tracks = tracksAt([{ s: 100, speedMps: 8 }])
  const predictor = new LanePredictor(network, new SignalTable([]), 1, null)
  predictor.predict(tracks)
  expect(predictor.predictions.modeCount[0]).toBe(predictionModes)
})
