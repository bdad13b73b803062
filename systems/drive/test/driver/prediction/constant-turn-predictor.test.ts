import { expect, test } from 'vitest'
import { emptyExplanation } from '../../../src/driver/explanation.ts'
import { TruePerception } from '../../../src/driver/perception/true-perception.ts'
import { ConstantTurnPredictor } from '../../../src/driver/prediction/constant-turn-predictor.ts'
import {
  explainPredictions,
  predictionModes,
  predictionPoints,
  predictionStepS,
} from '../../../src/driver/prediction/prediction-table.ts'
import { sceneOf } from '../../support/scene.ts'
import { restingState } from '../../../src/driver/vehicle.ts'

test('true perception tells every agent within reach as it is, and leaves out the vehicle itself [DRIVE-STACK-01]', () => {
  const scene = sceneOf({ x: 0, y: 0 }, [
    { x: 30, y: 3, speedMps: 7, heading: 0.2, kind: 'bicycle', lengthM: 1.8, widthM: 0.6 },
    { x: 900, y: 0 },
  ])
  scene.environment.illuminanceLux = 0.2
  const perception = new TruePerception(scene)
  perception.step(restingState)
  expect(perception.tracks.count).toBe(1)
  expect(perception.sightM).toBe(60)
  const explanation = emptyExplanation()
  perception.explain(explanation)
  expect(explanation.tracks).toEqual([
    {
      id: 1,
      kind: 'bicycle',
      x: 30,
      y: 3,
      heading: 0.2,
      speedMps: 7,
      lengthM: 1.8,
      widthM: 0.6,
      covariance: [0, 0, 0],
      existence: 1,
    },
  ])
})

test('a track that goes on as it does is where its speed takes it; one that brakes comes to a standstill [DRIVE-STACK-01]', () => {
  const scene = sceneOf({ x: 0, y: 0 }, [
    { x: 10, y: 0, speedMps: 5, heading: Math.PI / 2 },
    { x: 20, y: 0, speedMps: 3 },
  ])
  scene.agents.accelerationMps2[2] = -3
  const perception = new TruePerception(scene)
  const predictor = new ConstantTurnPredictor(scene.agents.capacity)
  perception.step(restingState)
  predictor.predict(perception.tracks)
  const explanation = emptyExplanation()
  explainPredictions(perception.tracks, predictor.predictions, explanation)
  const [first, second] = explanation.predictions
  const atEnd = (points: number[] | undefined) => points?.slice(-2)
  expect(first?.points).toHaveLength(2 * predictionPoints)
  expect(atEnd(first?.points)?.[1]).toBeCloseTo(5 * predictionPoints * predictionStepS, 9)
  expect(atEnd(first?.points)?.[0]).toBeCloseTo(10, 9)
  // 3 m/s at −3 m/s²: 1.5 m.
  expect(atEnd(second?.points)?.[0]).toBeCloseTo(21.5, 6)
  expect(predictor.predictions.probability[predictionModes]).toBe(1)
})

test('what brakes stays where it comes to a stand, also while its braking is still seen then [DRIVE-STACK-01]', () => {
  const scene = sceneOf({ x: 0, y: 0 }, [
    { x: 10, y: 0, speedMps: 3, accelerationMps2: -6 },
    { x: 20, y: 0, speedMps: 0, accelerationMps2: -4 },
    { x: 30, y: 0, speedMps: -2, accelerationMps2: 5 },
    { x: 40, y: 0, speedMps: -1, accelerationMps2: -1 },
  ])
  const perception = new TruePerception(scene)
  const predictor = new ConstantTurnPredictor(scene.agents.capacity)
  perception.step(restingState)
  predictor.predict(perception.tracks)
  const explanation = emptyExplanation()
  explainPredictions(perception.tracks, predictor.predictions, explanation)
  const ends = explanation.predictions.map(({ points }) => points.at(-2) as number)
  expect(ends[0]).toBeCloseTo(10.75, 0)
  expect(ends[0]).toBeGreaterThan(10.5)
  expect(ends[1]).toBe(20)
  expect(ends[2]).toBeCloseTo(29.6, 0)
  expect(ends[2]).toBeLessThan(30)
  // Who goes back goes on so.
  expect(ends[3]).toBeCloseTo(34, 6)
})
