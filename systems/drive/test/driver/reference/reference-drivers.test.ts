import { describe, expect, test } from 'vitest'
import { countGoals } from '../../../src/evals/reference-counts.ts'
import { runReferenceDriversEval } from '../../../src/evals/reference-drivers.ts'
import { CompetentDriver } from '../../../src/driver/reference/competent-driver.ts'
import { cutInCollides } from '../../../src/driver/reference/cut-in-sweep.ts'
import { FuzzyDriver } from '../../../src/driver/reference/fuzzy-driver.ts'
import { criticalFuzzySafety, proactiveFuzzySafety } from '../../../src/driver/reference/fuzzy-metrics.ts'
import type { CutInView, ReferenceDriver } from '../../../src/driver/reference/reference-driver.ts'
import { referenceModels } from '../../../src/driver/reference/reference-models.ts'
import { RegulationDriver } from '../../../src/driver/reference/regulation-driver.ts'
import { rssLateralM, rssLongitudinalM } from '../../../src/driver/reference/rss-distances.ts'
import { RssDriver, rssReference } from '../../../src/driver/reference/rss-driver.ts'

/** 20 m/s behind a car at 10 m/s that is 15 m ahead and coming over. */
const danger: CutInView = {
  egoSpeedMps: 20,
  otherSpeedMps: 10,
  gapM: 15,
  clearM: 0.4,
  closingMps: 1,
  offCentreM: 1.2,
  lengthsM: 8.6,
}

function brakingOf(driver: ReferenceDriver, view: CutInView, steps: number): number[] {
  return Array.from({ length: steps }, () => 0 - driver.step(view, 0.1))
}

describe('the competent human driver', () => {
  test('takes its foot off, then brakes from 0.75 s on, harder by 12.65 m/s³ up to 0.774 g [DRIVE-REF-01]', () => {
    const braking = brakingOf(new CompetentDriver(), danger, 16)
    expect(braking.slice(0, 7)).toEqual(Array.from({ length: 7 }, () => 0.4))
    expect(braking[7]).toBeCloseTo(0.4 + 1.265, 9)
    expect(braking[8]).toBeCloseTo(0.4 + 2.53, 9)
    expect(braking[15]).toBeCloseTo(0.774 * 9.81, 9)
  })

  test('does not see a car that wanders in its lane, and waits while the time to collision is 2 s or more [DRIVE-REF-01]', () => {
    const wandering = brakingOf(new CompetentDriver(), { ...danger, offCentreM: 1.09 }, 20)
    expect(wandering.every((braking) => braking === 0)).toBe(true)
    expect(brakingOf(new CompetentDriver(), { ...danger, gapM: 20 }, 20).at(-1)).toBe(0.4)
    expect(brakingOf(new CompetentDriver('centres'), { ...danger, gapM: 16 }, 20).at(-1)).toBe(0.4)
    expect(brakingOf(new CompetentDriver(), { ...danger, gapM: 16 }, 20).at(-1)).toBeGreaterThan(7)
  })
})

describe('the fuzzy safety model', () => {
  // 20 m/s behind 10 m/s: 15 m of reaction; 400 / 8 = 50 or 400 / 12 = 33.33 m of braking; 100 / 14 = 7.14 m of the leader.
  test('is sure below and above its distances and linear between [DRIVE-REF-01]', () => {
    const unsafe = 15 + 400 / 12 - 100 / 14
    const safe = 15 + 50 - 100 / 14 + 2
    expect(proactiveFuzzySafety(unsafe + 2 - 0.01, 20, 10)).toBe(1)
    expect(proactiveFuzzySafety(safe + 2, 20, 10)).toBe(0)
    expect(proactiveFuzzySafety((unsafe + safe) / 2 + 2, 20, 10)).toBeCloseTo(0.5, 9)
    // Closing at 10 m/s: 7.5 m of reaction, then 100 / 12 or 100 / 8.
    expect(criticalFuzzySafety(7.5 + 100 / 12 - 0.01, 20, 10, 0)).toBe(1)
    expect(criticalFuzzySafety(7.5 + 100 / 8, 20, 10, 0)).toBe(0)
    expect(criticalFuzzySafety(7.5 + (100 / 12 + 100 / 8) / 2, 20, 10, 0)).toBeCloseTo(0.5, 9)
    // 4 m/s² take off the 2 m/s of difference within the reaction: 4 / 8 m.
    expect(criticalFuzzySafety(0.49, 12, 10, -6)).toBe(1)
    expect(criticalFuzzySafety(0.51, 12, 10, -6)).toBe(0)
    expect(criticalFuzzySafety(1, 10, 10, 0)).toBe(0)
  })

  test('brakes comfortably early and hard late, and not for a car that comes behind it [DRIVE-REF-01]', () => {
    expect(brakingOf(new FuzzyDriver(), { ...danger, gapM: 8 }, 30).at(-1)).toBe(6)
    expect(brakingOf(new FuzzyDriver(), danger, 30).at(-1)).toBe(4)
    const early = brakingOf(new FuzzyDriver(), { ...danger, gapM: 50 }, 30).at(-1)!
    expect(early).toBeGreaterThan(0)
    expect(early).toBeLessThan(4)
    // It is past in (3 + 8.6) / 10 s; the other needs 4 s.
    const late = brakingOf(new FuzzyDriver(), { ...danger, gapM: 3, clearM: 4 }, 30)
    expect(late.every((braking) => braking === 0)).toBe(true)
  })
})

describe('RSS', () => {
  test('keeps the distances of lemmas 2 and 4 [DRIVE-REF-01]', () => {
    // 15 + 0.84375 + 22.25² / 12 − 100 / 12
    expect(rssLongitudinalM(20, 10, rssReference)).toBeCloseTo(15 + 0.84375 + 495.0625 / 12 - 100 / 12, 9)
    expect(rssLongitudinalM(1, 30, rssReference)).toBe(0)
    // Each drifts 0.75 / 2 · 0.75 m while it responds and 0.75² / 2 m while it brakes.
    expect(rssLateralM(0, 0, rssReference)).toBeCloseTo(0.3 + 2 * (0.28125 + 0.28125), 9)
    expect(rssLateralM(-5, -5, rssReference)).toBe(0.3)
  })

  test('brakes after its response time for as long as both distances are too small [DRIVE-REF-01]', () => {
    const driver = new RssDriver()
    expect(brakingOf(driver, danger, 8)).toEqual([0, 0, 0, 0, 0, 0, 0, 6])
    expect(brakingOf(driver, { ...danger, clearM: 5 }, 1)).toEqual([0])
    expect(brakingOf(driver, danger, 1)).toEqual([0])
  })
})

test('the driver of 5.2.5.2 brakes 0.35 s after the other is over the marking [DRIVE-REF-01]', () => {
  expect(brakingOf(new RegulationDriver(), danger, 4)).toEqual([0, 0, 0, 6])
  expect(brakingOf(new RegulationDriver(), { ...danger, clearM: 0.51 }, 9).at(-1)).toBe(0)
})

describe('the cut-in sweep', () => {
  const sleeper: ReferenceDriver = { step: () => 0 }

  test('sees where bodies meet [DRIVE-REF-02]', () => {
    const cutIn = { egoKmh: 36 + 18, otherKmh: 18, gapM: 20, lateralMps: 1 }
    // 20 m at 10 m/s: behind it after 2 s, where it has been since 1.6 s.
    expect(cutInCollides(cutIn, sleeper)).toBe(true)
    expect(cutInCollides({ ...cutIn, lateralMps: 0 }, sleeper)).toBe(false)
    // Past it after (5 + 8.6) / 10 s.
    expect(cutInCollides({ ...cutIn, gapM: 5 }, sleeper)).toBe(false)
    expect(cutInCollides({ ...cutIn, gapM: 8 }, sleeper)).toBe(true)
    expect(cutInCollides({ ...cutIn, gapM: 59 }, referenceModels.CcHuman())).toBe(false)
  })

  test('gives the published counts of each reference driver to 1 % of the cases [DRIVE-REF-02]', async () => {
    const { n, metrics } = await runReferenceDriversEval({
      dataDir: null,
      report: () => undefined,
      signal: new AbortController().signal,
    })
    expect(n).toBe(15_930 + 14_040)
    for (const [name, goal] of Object.entries(countGoals)) {
      expect(metrics[name], name).toBeGreaterThanOrEqual(goal.atLeast)
      expect(metrics[name], name).toBeLessThanOrEqual(goal.atMost)
    }
  })
})
