import { expect, test } from 'vitest'
import { measureTracking } from '../../src/evals/tracking/tracking.ts'
import { trackingConditions, trackingScenes } from '../../src/evals/tracking/tracking-scenes.ts'

test('the tracker is measured beside a nearest-neighbour tracker on the same detections, and beats it [DRIVE-TRACK-06]', () => {
  const scenes = trackingScenes('training', 1, 6).filter(
    ({ name, condition }) => condition === 'day' || condition === 'clutter' || name === 'cut-in',
  )
  const { own, baseline } = measureTracking(scenes, new AbortController().signal)
  expect(own.gospa).toBeLessThan(baseline.gospa)
  expect(own.hota).toBeGreaterThan(0.85)
  expect(own.hota).toBeGreaterThan(baseline.hota)
  expect(own.missed).toBeLessThan(0.5)
  expect(own.neesSamples).toBeGreaterThan(40)
  expect(own.nees).toBeGreaterThan(1)
  expect(own.nees).toBeLessThan(10)
  expect(measureTracking(scenes, new AbortController().signal).own).toEqual(own)
})

test('training and held-out scenes have no seed in common, and every condition has some [DRIVE-TRACK-06]', () => {
  const all = [...trackingScenes('training'), ...trackingScenes('held-out')]
  expect(new Set(all.map(({ seed }) => seed)).size).toBe(all.length)
  expect(new Set(all.map(({ condition }) => condition))).toEqual(new Set(trackingConditions))
})
