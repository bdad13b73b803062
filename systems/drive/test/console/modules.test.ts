import { describe, expect, test } from 'vitest'
import { perceptionFigures } from '../../console/modules/perception-figures.ts'
import { planningFigures } from '../../console/modules/planning-figures.ts'
import { predictionFigures } from '../../console/modules/prediction-figures.ts'
import { vehicleFigures } from '../../console/modules/vehicle-figures.ts'
import { emptyExplanation } from '../../src/driver/explanation.ts'
import type { ExplainedTrack, Explanation } from '../../src/driver/explanation.ts'
import type { Recording } from '../../src/clearance/recordings/recording.ts'

const car = { kind: 'car', lengthM: 4, widthM: 2, heightM: 1.5 } as const

function track(id: number, x: number, y: number): ExplainedTrack {
  return {
    id,
    kind: 'car',
    x,
    y,
    heading: 0,
    speedMps: 5,
    lengthM: 4,
    widthM: 2,
    covariance: [1, 0, 1],
    existence: 1,
  }
}

/** Four seconds at half-second steps: the ego goes along x at 10 m/s, another at 5 m/s beside it. */
function recordingWith(explain: (timeS: number, otherX: number) => Partial<Explanation>): Recording {
  return {
    name: 'made',
    version: 'made',
    stepS: 0.5,
    ego: 0,
    environment: {
      illuminanceLux: 50_000,
      visualRangeM: 10_000,
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
    frames: Array.from({ length: 9 }, (_, index) => {
      const timeS = index * 0.5
      const otherX = 20 + 5 * timeS
      return {
        timeS,
        agents: [0, 10 * timeS, 0, 0, 10, index === 4 ? -6 : 0, 0, 1, otherX, 4, 0, 5, 0, 0],
        signals: [],
        explanation: { ...emptyExplanation(), ...explain(timeS, otherX) },
      }
    }),
    failures: [],
  }
}

describe('figures of the parts of a stack', () => {
  test('perception: what was missed, wrong, off, and changed its track [DRIVE-VIEW-05]', () => {
    const recording = recordingWith((timeS, otherX) => ({
      // Half a metre off; gone in the first step; another number from 2 s on; once a track of nothing.
      tracks: [
        ...(timeS === 0 ? [] : [track(timeS < 2 ? 7 : 8, otherX + 0.3, 4.4)]),
        ...(timeS === 3 ? [track(9, otherX, -20)] : []),
      ],
    }))
    const figures = perceptionFigures(recording)
    expect(figures.missedShare).toBeCloseTo(1 / 9, 12)
    expect(figures.falsePerFrame).toBeCloseTo(1 / 9, 12)
    expect(figures.meanErrorM).toBeCloseTo(0.5, 12)
    expect(figures.nees).toBeCloseTo(0.25, 12)
    expect(figures.idSwitches).toBe(1)
  })

  test('prediction: the best of the modes counts, by how far ahead [DRIVE-VIEW-05]', () => {
    const recording = recordingWith((timeS, otherX) => ({
      tracks: [track(1, otherX, 4)],
      predictions:
        timeS > 0
          ? []
          : [
              { track: 1, probability: 0.3, stepS: 1, points: [otherX + 5, 4, otherX + 10, 5] },
              { track: 1, probability: 0.7, stepS: 1, points: [otherX, 4, otherX, 4] },
            ],
    }))
    const figures = predictionFigures(recording)
    expect(figures.scored).toBe(1)
    expect(figures.minFdeM).toBeCloseTo(1, 12)
    expect(figures.minAdeM).toBeCloseTo(0.5, 12)
    expect(figures.missRate).toBe(0)
    expect(figures.byHorizon.map(({ horizonS, meanErrorM }) => [horizonS, meanErrorM])).toEqual([
      [1, 0],
      [2, 1],
    ])
    expect(figures.reliability).toEqual([
      { probability: 0.3, rate: 1, n: 1 },
      { probability: 0.7, rate: 0, n: 1 },
    ])
  })

  test('planning: how far the drive was from the plan after a second [DRIVE-VIEW-05]', () => {
    const recording = recordingWith((timeS) => ({
      plans: [
        { points: [10 * timeS - 1.4, 0, 10 * timeS + 8.6 - 2, 0], stepS: 1, score: 0.8, isChosen: true },
        { points: [0, 0, 0, 0], stepS: 1, score: 0.1, isChosen: false },
      ],
    }))
    const figures = planningFigures(recording)
    expect(figures.meanFollowErrorM).toBeCloseTo(2, 9)
    expect(figures.followed.values).toHaveLength(7)
    expect(figures.changesPerS).toBe(0)
  })

  test('vehicle: hard braking is outside comfort, in the step and by its jerk in the next [DRIVE-VIEW-05]', () => {
    const figures = vehicleFigures(recordingWith(() => ({})))
    expect(figures.hardestBrakingMps2).toBe(6)
    expect(figures.comfortableShare).toBeCloseTo(7 / 9, 12)
  })
})
