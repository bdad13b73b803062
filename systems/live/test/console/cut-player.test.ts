import { expect, test } from 'vitest'
import { Playback } from '../../console/playback/playback.ts'
import { CutPlayer } from '../../console/recap/cut-player.ts'
import { emptyPicture } from '../../src/pipeline/pictures/draw-picture.ts'

const cuts = [
  { startMs: 10_000, endMs: 14_000 },
  { startMs: 60_000, endMs: 62_000 },
  { startMs: 90_000, endMs: 93_000 },
]
const liveMs = 200_000

/** A match that is at `liveMs` when the steady clock is at 0, and its recap. */
function open(firstPictureMs = 0) {
  const playback = new Playback({ load: () => Promise.resolve([]), onChange: () => {} })
  playback.push({ ...emptyPicture('nfl'), atMs: liveMs }, 0)
  const recap = new CutPlayer(playback, cuts, firstPictureMs)
  const at = (nowMs: number) => {
    recap.tick(nowMs)
    const { mode, atMs } = playback.state(nowMs)
    return mode === 'live' ? 'live' : atMs
  }
  return { recap, at }
}

test('plays the cuts one after the other, then the match as it is played [LIVE-RECAP-16]', () => {
  const { recap, at } = open()
  recap.start(0)
  expect(at(0)).toBe(10_000)
  expect(at(3_900)).toBe(13_900)
  expect(at(4_000)).toBe(60_000)
  expect(recap.positionMs(4_000)).toBe(4_000)
  expect(at(5_000)).toBe(61_000)
  expect(recap.positionMs(5_000)).toBe(5_000)
  expect(at(6_000)).toBe(90_000)
  expect(at(9_000)).toBe('live')
  expect(recap.positionMs(9_000)).toBeNull()
  expect(recap.durationMs).toBe(9_000)
})

test('begins at a moment, and skips to live at once [LIVE-RECAP-16]', () => {
  const { recap, at } = open()
  recap.start(0, 5_500)
  expect(at(0)).toBe(61_500)
  recap.skip()
  expect(at(1)).toBe('live')
  recap.start(10, 9_000)
  expect(at(10)).toBe('live')
})

test('passes over cuts of which no picture is kept any more', () => {
  const { recap, at } = open(30_000)
  recap.start(0)
  expect(at(0)).toBe(60_000)
  expect(recap.positionMs(0)).toBe(4_000)
})
