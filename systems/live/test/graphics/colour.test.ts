import fc from 'fast-check'
import { expect, test } from 'vitest'
import { contrast, ground, onGround, sideColours, textOn } from '../../graphics/shared/colour.js'

const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, '0')}`)

test('any team colour is seen on the panel, and a number on it is read [LIVE-GRAPHICS-07]', () => {
  fc.assert(
    fc.property(colour, (team) => {
      const shown = onGround(team)
      expect(contrast(shown, ground)).toBeGreaterThanOrEqual(3)
      expect(contrast(shown, textOn(shown))).toBeGreaterThanOrEqual(4)
    }),
    { seed: 23, numRuns: 500 },
  )
})

test('two sides in nearly the same colour are told apart [LIVE-GRAPHICS-07]', () => {
  const { home, away } = sideColours('#c8102e', '#c60c30')
  expect(away).not.toBe('#c60c30')
  expect(contrast(home, away)).toBeGreaterThan(1.8)
  expect(sideColours('#0b6e4f', '#d9480f')).toEqual({ home: onGround('#0b6e4f'), away: '#d9480f' })
})
