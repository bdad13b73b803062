import { describe, expect, it } from 'vitest'
import { InsightBook, newestOf } from '../../console/director/insight-book.ts'
import { lanesOf, winLine } from '../../console/director/timeline-scale.ts'
import type { Insight } from '../../src/domain/insight.ts'
import type { Tag } from '../../src/domain/tag.ts'

const insight = (change: Partial<Insight> & { id: string }, atMs = 1_000): Insight => ({
  kind: 'nfl.blitz',
  subject: 'p1',
  occasion: 'play1',
  clocks: { eventTimeMs: atMs, eventTimeFrom: 'wall', game: null, smpte: null },
  headline: 'Rushes',
  estimate: { type: 'probability', probability: 0.2 },
  evidence: [],
  leadTimeMs: null,
  importance: 0.5,
  detail: {},
  isScored: true,
  revision: 1,
  matchId: 'm',
  sport: 'nfl',
  rule: 'nfl.blitz@1',
  ...change,
})

const tag = (id: string, startMs: number, importance: number): Tag => ({
  id,
  type: 'score',
  occasion: id,
  startMs,
  endMs: startMs,
  game: null,
  actors: [],
  importance,
  confidence: 1,
  source: 'feed',
  text: 'Touchdown',
  homeScore: 7,
  awayScore: 0,
  sourceRef: 'row 1',
  matchId: 'm',
  sport: 'nfl',
})

/** The insights are of 20 %: that it does not happen is right. */
const result = (happened: number) => ({ happened, isCorrect: happened === 0, confidence: 0.2, atMs: 2_000 })

describe('the book of a match', () => {
  it('keeps the newest revision, whichever comes first, and results that come before their insight [LIVE-DIRECTOR-04]', () => {
    const book = new InsightBook()
    book.takeResult('a', result(0))
    book.takeInsight(insight({ id: 'a', revision: 2, headline: 'Second' }))
    book.takeInsight(insight({ id: 'a', revision: 1, headline: 'First' }))
    expect(book.read().insights).toEqual([
      { insight: insight({ id: 'a', revision: 2, headline: 'Second' }), outcome: result(0) },
    ])
  })

  it('knows at a time only what was said by then [LIVE-DIRECTOR-04]', () => {
    const book = new InsightBook()
    book.takeInsight(insight({ id: 'late' }, 3_000))
    book.takeInsight(insight({ id: 'early' }, 1_000))
    expect(newestOf(book.read(), 'nfl.blitz', 2_000)?.insight.id).toBe('early')
    expect(newestOf(book.read(), 'nfl.blitz', 4_000)?.insight.id).toBe('late')
    expect(newestOf(book.read(), 'nfl.blitz', 500)).toBeNull()
  })

  it('marks right what was said to be unlikely and did not happen [LIVE-DIRECTOR-04]', () => {
    const book = new InsightBook()
    book.takeInsight(insight({ id: 'a' }), result(0))
    book.takeInsight(insight({ id: 'b' }), result(1))
    book.takeInsight(insight({ id: 'c' }))
    const [lane] = lanesOf(book.read(), 0, 5_000)
    expect(lane?.marks.map(({ id, state }) => [id, state])).toEqual([
      ['a', 'right'],
      ['b', 'wrong'],
      ['c', 'open'],
    ])
  })

  it('has lanes with moments first, within the span, without what matters little [LIVE-DIRECTOR-04]', () => {
    const book = new InsightBook()
    book.takeInsight(insight({ id: 'a' }))
    book.takeTag(tag('t1', 1_500, 0.7))
    book.takeTag(tag('t2', 1_500, 0.05))
    book.takeTag(tag('t3', 9_000, 0.7))
    const lanes = lanesOf(book.read(), 0, 5_000)
    expect(lanes.map(({ name, marks }) => [name, marks.length])).toEqual([
      ['Moments', 1],
      ['Blitz', 1],
    ])
  })

  it('draws the win probability as a line and gives it no lane [LIVE-DIRECTOR-04]', () => {
    const book = new InsightBook()
    book.takeInsight(
      insight({ id: 'w', kind: 'nfl.win-probability', estimate: { type: 'probability', probability: 0.61 } }),
    )
    expect(winLine(book.read())).toEqual([[1_000, 0.61]])
    expect(lanesOf(book.read(), 0, 5_000)).toEqual([])
  })
})
