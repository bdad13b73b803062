import fc from 'fast-check'
import { InvalidInputError } from '@heavylift/core'
import { describe, expect, it } from 'vitest'
import type { FeedFormat } from '../../src/feeds/feed-format.ts'
import { nbaCdn } from '../../src/feeds/nba/cdn-json.ts'
import { nbaStatsCsv } from '../../src/feeds/nba/stats-csv.ts'
import { nflGamecenter } from '../../src/feeds/nfl/gamecenter.ts'
import { nflPbpCsv } from '../../src/feeds/nfl/pbp-csv.ts'
import { madeCdn } from './nba/made-cdn.ts'
import { soccerUnderstat } from '../../src/feeds/soccer/understat.ts'
import { soccerWyscout } from '../../src/feeds/soccer/wyscout.ts'
import { madeStats } from './nba/made-stats.ts'
import { madeGame } from './nfl/made-gamecenter.ts'
import { madePbp } from './nfl/made-pbp.ts'
import { madeShots, madeWyscout } from './soccer/made-soccer.ts'
import { readItems } from './read-items.ts'

const seed = 20_261_124
const feeds: readonly [FeedFormat, string][] = [
  [nflPbpCsv, madePbp()],
  [nbaStatsCsv, madeStats()],
  [nflGamecenter, JSON.stringify(madeGame())],
  [nbaCdn, JSON.stringify(madeCdn())],
  [soccerWyscout, madeWyscout()],
  [soccerUnderstat, madeShots],
]

/** Reads, or ends with the one error that a format may throw; every reject says where and why. */
async function readAny(format: FeedFormat, text: string, size: number) {
  try {
    const { events, rejects } = await readItems(format, text, { size })
    for (const reject of rejects) {
      expect(reject.where).not.toBe('')
      expect(reject.reason.length).toBeGreaterThan(10)
      expect(reject.raw.length).toBeLessThanOrEqual(500)
    }
    expect(JSON.parse(JSON.stringify(events))).toEqual(events)
    return { events, rejects }
  } catch (error) {
    if (!(error instanceof InvalidInputError)) throw error
    return null
  }
}

describe.each(feeds)('$name', (format, made) => {
  it('reads any change of a feed without a crash, and the same in any pieces [LIVE-FEEDS-06]', async () => {
    const edit = fc.record({
      at: fc.nat({ max: made.length }),
      drop: fc.nat({ max: 40 }),
      put: fc.oneof(
        fc.string({ maxLength: 12 }),
        fc.constantFrom('"', '\n', 'null', '{}', '[]', '-1', '1e999', ','),
      ),
    })
    await fc.assert(
      fc.asyncProperty(
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 900 }),
        async (edits, size) => {
          let text = made
          for (const { at, drop, put } of edits) text = text.slice(0, at) + put + text.slice(at + drop)
          expect(await readAny(format, text, size)).toEqual(await readAny(format, text, 1 << 20))
        },
      ),
      { seed, numRuns: 150 },
    )
  })
})

describe.each(feeds.slice(0, 2))('$name', (format, made) => {
  it('keeps every other row when one is broken [LIVE-FEEDS-06]', async () => {
    const lines = made.split('\n')
    const whole = await readItems(format, made)
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: lines.length }),
        fc.string({ unit: 'grapheme-ascii', maxLength: 60 }),
        async (at, noise) => {
          const broken = lines.toSpliced(at, 0, `x,${noise.replaceAll('"', '')}`).join('\n')
          const { events, rejects } = await readItems(format, broken)
          expect(rejects.length).toBeGreaterThan(0)
          expect(rejects[0]?.where).toBe(`row ${at + 1}`)
          expect(events.length).toBe(whole.events.length)
        },
      ),
      { seed, numRuns: 60 },
    )
  })
})
