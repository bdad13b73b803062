import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isClutchLeadChange } from '../../src/recap/moments.ts'
import { evenPieces } from '../../src/recap/piece.ts'
import type { Piece } from '../../src/recap/piece.ts'
import { selectRecap } from '../../src/recap/select-recap.ts'
import { madeTag } from '../events/made-tags.ts'
import { gameStartMs, simulatedTags } from './simulated-tags.ts'

const games = [1, 2].map(simulatedTags)
const endOf = (tags: readonly { endMs: number }[]) => Math.max(...tags.map(({ endMs }) => endMs))

test.each([2_000, 4_004, 6_006])(
  'a recap in segments of %i ms lasts two minutes and ends now [LIVE-RECAP-01]',
  (lengthMs) => {
    for (const tags of games) {
      const pieces = evenPieces(gameStartMs - 10_000, endOf(tags), lengthMs).slice(0, -1)
      const { cuts, durationMs, moments } = selectRecap(tags, [], pieces)
      expect(Math.abs(durationMs - 120_000)).toBeLessThanOrEqual(2_000)
      expect(cuts.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0)).toBeCloseTo(durationMs, 3)
      expect(cuts.at(-1)!.endMs).toBe(pieces.at(-1)!.startMs + pieces.at(-1)!.durationMs)
      expect(cuts[0]!.startMs).toBeLessThan(gameStartMs + 10_000)
      expect(moments[0]!.reasons).toContain('opening')
      expect(moments.at(-1)!.reasons).toEqual(['now'])
      expect(new Set(moments.map(({ period }) => period))).toEqual(new Set([1, 2, 3, 4, null]))
    }
  },
)

test('every lead change in clutch time is in, whatever else happens [LIVE-RECAP-02]', () => {
  const clutch = (n: number, secondsLeft: number) =>
    madeTag(n, { sport: 'nba', type: 'lead-change', game: { period: 4, secondsLeft }, importance: 0.3 })
  const tags = [
    ...Array.from({ length: 400 }, (_, n) =>
      madeTag(n * 10, { sport: 'nba', type: 'score.basket.three', importance: 0.9 }),
    ),
    ...[200, 120, 60, 20].map((left, at) => clutch(4_001 + at * 30, left)),
  ]
  expect(tags.filter(isClutchLeadChange)).toHaveLength(4)
  const { moments, leftOut } = selectRecap(tags, [], evenPieces(0, 4_300_000, 2_000))
  expect(moments.filter(({ reasons }) => reasons.includes('clutch-lead-change'))).toHaveLength(4)
  expect(leftOut).toEqual([])
})

test('every touchdown of the fourth quarter is in, whatever else happens [LIVE-RECAP-19]', () => {
  const touchdown = (n: number, period: number) =>
    madeTag(n, { type: 'score.touchdown.run', game: { period, secondsLeft: 500 }, importance: 0.2 })
  const tags = [
    ...Array.from({ length: 200 }, (_, n) =>
      madeTag(n * 20, {
        type: 'turnover.interception',
        game: { period: 2, secondsLeft: 100 },
        importance: 0.9,
      }),
    ),
    ...[100, 200, 300, 400, 500].map((at) => touchdown(4_001 + at, 4)),
  ]
  const { moments, leftOut } = selectRecap(tags, [], evenPieces(0, 5_000_000, 2_000))
  expect(moments.filter(({ type }) => type === 'score.touchdown.run')).toHaveLength(5)
  expect(leftOut).toEqual([])
})

test('a rare moment beats the fifth of a kind, and a swing beats what changed nothing', () => {
  const threes = Array.from({ length: 60 }, (_, n) =>
    madeTag(100 + n * 40, { type: 'score.basket.three', importance: 0.3 }),
  )
  const rare = madeTag(1_010, { type: 'foul.technical', importance: 0.28 })
  const swung = madeTag(1_530, { type: 'miss.free-throw', importance: 0.1 })
  const chances = [
    { atMs: 0, home: 0.5 },
    { atMs: 1_535_000, home: 0.8 },
  ]
  const { moments } = selectRecap([...threes, rare, swung], chances, evenPieces(0, 2_600_000, 2_000))
  const types = moments.map(({ type }) => type)
  expect(types).toContain('foul.technical')
  expect(moments.find(({ type }) => type === 'miss.free-throw')?.reasons).toContain('swing')
  expect(types.filter((type) => type === 'score.basket.three').length).toBeLessThan(13)
})

test('what is shorter than the recap is shown whole, and without video there is none', () => {
  const pieces = evenPieces(0, 60_000, 2_000)
  expect(selectRecap([madeTag(10)], [], pieces)).toMatchObject({
    cuts: [{ startMs: 0, endMs: 60_000 }],
    durationMs: 60_000,
  })
  expect(selectRecap([madeTag(10)], [], [])).toMatchObject({ cuts: [], durationMs: 0 })
})

test('a long recap of few moments is filled to its time', () => {
  const { durationMs } = selectRecap([madeTag(3_000)], [], evenPieces(0, 9_000_000, 1_990), {
    budgetMs: 1_800_000,
  })
  expect(Math.abs(durationMs - 1_800_000)).toBeLessThanOrEqual(2_000)
})

test('moments of which the video has a hole are not shown', () => {
  const pieces = [...evenPieces(0, 200_000, 2_000), ...evenPieces(300_000, 500_000, 2_000)]
  const tags = [madeTag(250, { importance: 1 }), madeTag(100), madeTag(400)]
  const { moments } = selectRecap(tags, [], pieces)
  expect(moments.map(({ startMs }) => startMs)).toEqual([100_000, 400_000, 494_000])
})

test('is never over the budget, never overlaps, is in order and the same each time [LIVE-RECAP-03]', () => {
  const tag = fc.record({
    second: fc.integer({ min: 0, max: 3_000 }),
    type: fc.constantFrom('score.basket.two', 'lead-change', 'turnover.steal', 'foul.technical', 'tie'),
    importance: fc.double({ min: 0, max: 1, noNaN: true }),
    period: fc.integer({ min: 1, max: 5 }),
  })
  const piece = fc.record({
    durationMs: fc.integer({ min: 500, max: 8_000 }),
    gapMs: fc.constantFrom(0, 0, 0, 0, 3_000),
    isBreak: fc.constantFrom(false, false, false, true),
  })
  fc.assert(
    fc.property(
      fc.array(tag, { maxLength: 60 }),
      fc.array(piece, { minLength: 1, maxLength: 500 }),
      fc.constantFrom(30_000, 120_000),
      (drafts, lengths, budgetMs) => {
        const tags = drafts.map(({ second, type, importance, period }, n) =>
          madeTag(second, {
            id: `t${n}`,
            sport: 'nba',
            type,
            importance,
            game: { period, secondsLeft: 100 },
          }),
        )
        const pieces: Piece[] = []
        let startMs = 0
        for (const { durationMs, gapMs, isBreak } of lengths) {
          pieces.push({ startMs, durationMs, isBreak })
          startMs += durationMs + gapMs
        }
        const recap = selectRecap(tags, [], pieces, { budgetMs })
        expect(recap.durationMs).toBeLessThanOrEqual(budgetMs + 2_000)
        const allMs = pieces.reduce((sum, { durationMs }) => sum + durationMs, 0)
        // Longest piece 8 s: the sum can miss by no more than what one piece too few leaves.
        expect(recap.durationMs).toBeGreaterThanOrEqual(Math.min(allMs, budgetMs) - 8_000)
        for (const [at, cut] of recap.cuts.entries()) {
          expect(cut.endMs).toBeGreaterThan(cut.startMs)
          if (at > 0) expect(cut.startMs).toBeGreaterThanOrEqual(recap.cuts[at - 1]!.endMs)
        }
        for (const [at, moment] of recap.moments.entries())
          if (at > 0) expect(moment.startMs).toBeGreaterThanOrEqual(recap.moments[at - 1]!.startMs)
        expect(selectRecap(tags.toReversed(), [], pieces, { budgetMs })).toEqual(recap)
      },
    ),
    { seed: 25, numRuns: 60 },
  )
})
