import { expect, test } from 'vitest'
import { filmFrames } from '../../src/film/film.ts'

test('a film shows an aisle that is closed and left, and a floor that stands while it is stopped [ROBOTS-FILM-01]', () => {
  const options = { rows: 30, columns: 40, robots: 60, steps: 40, framesAStep: 2, cellPx: 4, seed: 'film' }
  const told: [number, string][] = []
  const frames = Array.from(
    filmFrames(options, (step, what) => told.push([step, what])),
    ({ bytes, width, height }) => {
      expect(bytes.length).toBe(width * height * 3)
      return Uint8Array.from(bytes)
    },
  )
  expect(told).toEqual([
    [6, 'an aisle is closed'],
    [18, 'the aisle is open again'],
    [24, 'emergency stop'],
    [32, 'released'],
  ])
  expect(frames.length).toBe(80)
  const has = (frame: number, colour: readonly number[]): number => {
    let pixels = 0
    const bytes = frames[frame]!
    for (let at = 0; at < bytes.length; at += 3)
      if (colour.every((part, offset) => bytes[at + offset] === part)) pixels++
    return pixels
  }
  const closed = [110, 44, 50]
  expect([has(11, closed), has(36, closed)]).toEqual([0, 0])
  expect(has(12, closed)).toBeGreaterThan(500)
  // Who was in it has left: robots hide nothing of it at the end.
  expect(has(34, closed)).toBeGreaterThanOrEqual(has(12, closed))
  // Stopped: red around the floor, and no motion from frame to frame.
  const edge = (frame: number) => Array.from(frames[frame]!.subarray(0, 3))
  expect([edge(46), edge(50), edge(70)]).toEqual([
    [16, 20, 26],
    [240, 82, 82],
    [16, 20, 26],
  ])
  expect(frames[54]).toEqual(frames[62])
  expect(frames[66]).not.toEqual(frames[78])
})
