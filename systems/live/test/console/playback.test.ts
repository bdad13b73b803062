import { describe, expect, it } from 'vitest'
import { lapFractionBetween, marksBetween } from '../../console/playback/between.ts'
import { between, Playback } from '../../console/playback/playback.ts'
import { emptyPicture } from '../../src/pipeline/pictures/draw-picture.ts'
import type { Mark, Picture, RaceMark } from '../../src/pipeline/pictures/picture.ts'

const startMs = 1_800_000_000_000

const pictureAt = (atMs: number): Picture => ({ ...emptyPicture('nfl'), atMs: startMs + atMs })

const mark = (x: number, y: number): Mark => ({ id: 'a', side: 'home', jersey: 7, x, y, position: 'QB' })

const car = (lapFraction: number | null): RaceMark => ({
  carId: '7',
  number: '7',
  driver: 'A',
  position: 1,
  lapFraction,
  speedMps: null,
  lapsCompleted: 1,
  pitStops: 0,
  onPitRoad: false,
  isRunning: true,
})

/** A play head over pictures each 400 ms of the first five minutes; `asked` are the spans that it loaded. */
function openPlayback() {
  const asked: number[] = []
  let changes = 0
  const playback = new Playback({
    load(fromMs, toMs) {
      asked.push(fromMs)
      const pictures = []
      for (let atMs = 0; atMs < 300_000; atMs += 400)
        if (startMs + atMs >= fromMs && startMs + atMs <= toMs) pictures.push(pictureAt(atMs))
      return Promise.resolve(pictures)
    },
    onChange: () => changes++,
  })
  return { playback, asked, changes: () => changes }
}

const loaded = () => new Promise((resolve) => setImmediate(resolve))

describe('movement between two pictures', () => {
  it('is a straight line for players, and none where someone jumped [LIVE-DIRECTOR-01]', () => {
    expect(marksBetween([mark(10, 20)], [mark(12, 22)], 0.25)[0]).toMatchObject({ x: 10.5, y: 20.5 })
    expect(marksBetween([mark(10, 20)], [mark(60, 20)], 0.25)[0]).toMatchObject({ x: 10, y: 20 })
    expect(marksBetween([mark(10, 20)], [mark(60, 20)], 0.75)[0]).toMatchObject({ x: 60, y: 20 })
  })

  it('puts a player who was not there before where he is [LIVE-DIRECTOR-01]', () => {
    expect(marksBetween([], [mark(60, 20)], 0)[0]).toMatchObject({ x: 60, y: 20 })
  })

  it('takes cars over the line the short way [LIVE-DIRECTOR-01]', () => {
    expect(lapFractionBetween(car(0.98), car(0.02), 0.75)).toBeCloseTo(0.01, 9)
    expect(lapFractionBetween(car(0.02), car(0.96), 0.5)).toBeCloseTo(0.99, 9)
    expect(lapFractionBetween(car(0.4), car(0.5), 0.5)).toBeCloseTo(0.45, 9)
    expect(lapFractionBetween(car(0.4), car(null), 0.5)).toBeNull()
    expect(lapFractionBetween(undefined, car(0.5), 0.1)).toBe(0.5)
  })

  it('is between the two pictures around a time, and stands still at the ends [LIVE-DIRECTOR-01]', () => {
    const pictures = [0, 400, 800].map(pictureAt)
    expect(between(pictures, startMs + 500)).toEqual({
      before: pictures[1],
      after: pictures[2],
      share: 0.25,
    })
    expect(between(pictures, startMs - 50)).toMatchObject({ before: pictures[0], after: pictures[0] })
    expect(between(pictures, startMs + 5_000)).toMatchObject({ before: pictures[2], share: 1 })
    expect(between([], startMs)).toBeNull()
  })
})

describe('the play head', () => {
  it('follows the newest pictures a little behind [LIVE-DIRECTOR-02]', () => {
    const { playback } = openPlayback()
    for (let atMs = 0; atMs <= 2_000; atMs += 100) playback.push(pictureAt(atMs), 10_000 + atMs)
    const state = playback.state(12_050)
    expect(state.mode).toBe('live')
    expect(state.newestMs).toBe(startMs + 2_000)
    expect(state.atMs).toBe(startMs + 2_050 - 350)
  })

  it('never runs ahead of the newest picture when the feed pauses [LIVE-DIRECTOR-02]', () => {
    const { playback } = openPlayback()
    playback.push(pictureAt(0), 10_000)
    expect(playback.state(60_000).atMs).toBe(startMs)
  })

  it('stands at an earlier moment, loads its minute once, and goes back to live [LIVE-DIRECTOR-02]', async () => {
    const { playback, asked } = openPlayback()
    playback.push(pictureAt(299_900), 10_000)
    playback.seek(startMs + 90_500, 10_000)
    expect(playback.moment(10_000)).toBeNull()
    expect(playback.state(10_000).isLoading).toBe(true)
    await loaded()
    expect(playback.moment(10_016)).toMatchObject({ before: { atMs: startMs + 90_400 }, share: 0.25 })
    expect(playback.state(70_000)).toMatchObject({ mode: 'paused', atMs: startMs + 90_500 })
    expect(asked).toHaveLength(1)
    playback.toLive()
    expect(playback.state(10_000).mode).toBe('live')
  })

  it('plays four times as fast, and is live again when it has caught up [LIVE-DIRECTOR-02]', async () => {
    const { playback } = openPlayback()
    playback.push(pictureAt(120_000), 10_000)
    playback.seek(startMs + 60_400, 10_000)
    playback.play(4, 10_000)
    playback.moment(10_000)
    await loaded()
    expect(playback.state(12_000)).toMatchObject({ mode: 'playing', speed: 4, atMs: startMs + 68_400 })
    playback.moment(30_000)
    expect(playback.state(30_000).mode).toBe('live')
  })
})
