import { describe, expect, it } from 'vitest'
import { cornerAngle, court } from '../../console/scene/court.ts'
import { fieldToCanvas, fieldView, firstDownX, yardNumber } from '../../console/scene/field.ts'
import { fitInto } from '../../console/scene/fit.ts'
import { inkOn } from '@heavylift/ui/palette'
import { teamColours } from '../../console/scene/team-colours.ts'
import { besideTrack, trackOutline, trackView } from '../../console/scene/track.ts'
import type { NflPicture } from '../../src/pipeline/pictures/picture.ts'

const canvas = { width: 800, height: 485 }

const nfl = (change: {
  direction: 'left' | 'right'
  line: number
  down: number | null
  toGo: number
}): NflPicture => ({
  situation: {
    playId: '1',
    possession: 'home',
    down: change.down,
    yardsToGo: change.toGo,
    yardsToGoal: 40,
    homeScore: 0,
    awayScore: 0,
    homeTimeouts: 3,
    awayTimeouts: 3,
  },
  direction: change.direction,
  lineOfScrimmageX: change.line,
  players: [],
  ball: null,
})

describe('the field', () => {
  it('keeps both sidelines in the canvas and never looks past an end line by more than its margin [LIVE-DIRECTOR-03]', () => {
    for (const cameraX of [0, 30, 60, 90, 120]) {
      const view = fieldView(canvas, cameraX)
      const near = fieldToCanvas(view, canvas, { x: 0, y: 0 })
      const far = fieldToCanvas(view, canvas, { x: 120, y: 160 / 3 })
      expect(far.y).toBeGreaterThan(0)
      expect(near.y).toBeLessThan(canvas.height)
      expect(near.x).toBeLessThanOrEqual(2 * view.scale + 1e-9)
      expect(far.x).toBeGreaterThanOrEqual(canvas.width - 2 * view.scale - 1e-9)
    }
  })

  it('shows the whole length where the canvas is long enough [LIVE-DIRECTOR-03]', () => {
    const wide = { width: 2_000, height: 485 }
    const view = fieldView(wide, 10)
    expect(fieldToCanvas(view, wide, { x: 0, y: 0 }).x).toBeGreaterThan(0)
    expect(fieldToCanvas(view, wide, { x: 120, y: 0 }).x).toBeLessThan(wide.width)
  })

  it('puts the line to gain where down and distance say, either way; none at the goal or on kicks [LIVE-DIRECTOR-03]', () => {
    expect(firstDownX(nfl({ direction: 'right', line: 60, down: 1, toGo: 10 }))).toBe(70)
    expect(firstDownX(nfl({ direction: 'left', line: 60, down: 3, toGo: 4 }))).toBe(56)
    expect(firstDownX(nfl({ direction: 'right', line: 105, down: 1, toGo: 5 }))).toBeNull()
    expect(firstDownX(nfl({ direction: 'right', line: 60, down: null, toGo: 0 }))).toBeNull()
  })

  it('is numbered from both goals to the middle [LIVE-DIRECTOR-03]', () => {
    expect([10, 20, 60, 90, 110, 25].map(yardNumber)).toEqual([null, 10, 50, 20, null, null])
  })
})

describe('the court', () => {
  it('lets the three-point arc meet the straight lines of the corners [LIVE-DIRECTOR-03]', () => {
    const y = court.width / 2 - court.threeRadius * Math.sin(cornerAngle())
    expect(y).toBeCloseTo(court.cornerFromSideline, 9)
  })

  it('is fitted whole and in proportion [LIVE-DIRECTOR-03]', () => {
    const fit = fitInto({ width: 500, height: 400 }, { width: 94, height: 50 }, 10)
    expect(fit.scale * 94).toBeCloseTo(480, 9)
    expect(fit.left).toBeCloseTo(10, 9)
    expect(fit.top).toBeCloseTo((400 - 50 * fit.scale) / 2, 9)
  })
})

describe('the track', () => {
  it('is the simulated circuit by its name, else a plain oval [LIVE-DIRECTOR-03]', () => {
    expect(trackOutline('Copper Ridge Road Course')).toMatchObject({ isTrue: true, pit: { entry: 0.93 } })
    expect(trackOutline('Anywhere Speedway')).toMatchObject({ isTrue: false, pit: null })
  })

  it('fits the canvas, and puts pit road inside of the oval [LIVE-DIRECTOR-03]', () => {
    const outline = trackOutline('Ironwood Oval')
    const view = trackView(outline, canvas)
    for (const point of outline.points) {
      const { x, y } = view(point)
      expect(x).toBeGreaterThan(0)
      expect(x).toBeLessThan(canvas.width)
      expect(y).toBeGreaterThan(0)
      expect(y).toBeLessThan(canvas.height)
    }
    const middle = { x: canvas.width / 2, y: canvas.height / 2 }
    const far = (place: { x: number; y: number }) => Math.hypot(place.x - middle.x, place.y - middle.y)
    expect(far(besideTrack(outline, view, 0, 20))).toBeLessThan(far(besideTrack(outline, view, 0, 0)))
  })
})

describe('colours', () => {
  const team = (colour: string | null) => ({ id: 't', abbreviation: 'T', name: 'T', colour })

  it('tell apart two sides that look alike, and stand for those without one [LIVE-DIRECTOR-03]', () => {
    const alike = teamColours({ home: team('#102030'), away: team('#122434') })
    expect(alike).toEqual({ home: '#102030', away: '#f2f2f2' })
    expect(teamColours({ home: team(null), away: team('red') })).toEqual({
      home: '#3a86c8',
      away: '#d1495b',
    })
  })

  it('carry numbers that can be read [LIVE-DIRECTOR-03]', () => {
    expect(inkOn('#ffd23c')).toBe('#000000')
    expect(inkOn('#20262e')).toBe('#ffffff')
  })
})
