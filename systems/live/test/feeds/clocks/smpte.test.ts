import fc from 'fast-check'
import { expect, it } from 'vitest'
import { framesOfMs, framesOfSmpte, msOfFrames, smpteOfFrames } from '../../../src/feeds/clocks/smpte.ts'
import type { SmpteRate } from '../../../src/feeds/clocks/smpte.ts'

const rates: SmpteRate[] = [24, 25, 29.97, 30, 50, 59.94, 60]

it.each([
  ['00:00:59;29', 1799],
  ['00:01:00;02', 1800],
  ['00:10:00;00', 17_982],
  ['01:00:00;00', 107_892],
])('counts drop-frame timecode %s as frame %i [LIVE-CLOCKS-02]', (text, frame) => {
  expect(framesOfSmpte(text, 29.97)).toBe(frame)
  expect(smpteOfFrames(frame, 29.97)).toBe(text)
})

it('refuses a dropped frame, a wrong separator and a frame that the rate lacks', () => {
  expect(framesOfSmpte('00:01:00;01', 29.97)).toBe(null)
  expect(framesOfSmpte('00:01:00:02', 29.97)).toBe(null)
  expect(framesOfSmpte('00:01:00:25', 25)).toBe(null)
  expect(framesOfSmpte('24:00:00:00', 25)).toBe(null)
})

it('writes every frame of a day so that it reads back, and finds it by its time [LIVE-CLOCKS-02]', () => {
  fc.assert(
    fc.property(fc.constantFrom(...rates), fc.nat({ max: 2_500_000 }), (rate, frame) => {
      const day = framesOfSmpte(`23:59:59${rate === 29.97 || rate === 59.94 ? ';' : ':'}00`, rate) ?? 0
      const within = frame % day
      expect(framesOfSmpte(smpteOfFrames(within, rate), rate)).toBe(within)
      expect(framesOfMs(msOfFrames(within, rate), rate)).toBe(within)
    }),
    { seed: 20_261_124, numRuns: 500 },
  )
})
