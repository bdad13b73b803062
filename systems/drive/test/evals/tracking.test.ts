import { expect, test } from 'vitest'
import { measureTracking } from '../../src/evals/tracking/tracking.ts'
import { trackingScenes } from '../../src/evals/tracking/tracking-scenes.ts'

test('the tracker is measured beside a nearest-neighbour tracker on the same detections, and beats it [DRIVE-TRACK-06]', () => {
  const scenes = trackingScenes('training', 1)
    .filter(({ name }) => name.startsWith('day') || name.startsWith('clutter'))
    .map((scene) => ({ ...scene, durationS: 6 }))
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

test('training and held-out scenes have no seed in common [DRIVE-TRACK-06]', () => {
  const seeds = (part: 'training' | 'held-out') => trackingScenes(part).map(({ seed }) => seed)
  expect(new Set([...seeds('training'), ...seeds('held-out')]).size).toBe(40)
})
