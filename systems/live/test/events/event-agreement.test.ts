import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { eventAgreement } from '../../src/evals/evals.ts'
import { madeStats, madeStatsRows } from '../feeds/nba/made-stats.ts'
import { madePbp } from '../feeds/nfl/made-pbp.ts'

it("measures agreement with the feed's own types, from type and from words [LIVE-EVENTS-04]", async () => {
  const dir = await mkdtemp(join(tmpdir(), 'events-'))
  try {
    await writeFile(join(dir, 'nfl.csv'), madePbp())
    // Row 3 says by its type that it is a foul, by its words that it is a missed shot.
    await writeFile(
      join(dir, 'nba.csv'),
      madeStats(madeStatsRows.with(2, { ...madeStatsRows[2], EVENTMSGTYPE: 6 })),
    )
    const { metrics, n } = await eventAgreement.run({
      dataDir: dir,
      report: () => undefined,
      signal: new AbortController().signal,
    })
    expect(n).toBe(16)
    expect(metrics).toEqual({
      nflRows: 5,
      nflFromType: 1,
      nflFromWords: 1,
      nbaRows: 11,
      nbaFromType: 1,
      nbaFromWords: 10 / 11,
    })
  } finally {
    await rm(dir, { recursive: true })
  }
})
