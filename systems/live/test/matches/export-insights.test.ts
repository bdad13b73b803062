import { parquetReadObjects } from 'hyparquet'
import { expect, test } from 'vitest'
import { insightsAsCsv, insightsAsParquet } from '../../src/matches/export-insights.ts'
import { insightColumns } from '../../src/matches/insight-rows.ts'
import type { InsightEntry } from '../../src/routes/answers.ts'
import { insightOf } from '../graphics/insight.ts'

const entries: InsightEntry[] = [
  {
    insight: insightOf({
      kind: 'nfl.blitz',
      headline: 'Number 5, "Ace", comes; =1+1',
      estimate: { type: 'probability', probability: 0.8 },
    }),
    outcome: { happened: 1, isCorrect: true, confidence: 0.8, atMs: 5_000 },
  },
  {
    insight: insightOf({
      kind: 'race.burn-bar',
      estimate: { type: 'interval', value: 12, low: 10, high: 15, level: 0.8, unit: 'laps' },
    }),
    outcome: null,
  },
  {
    insight: insightOf({
      kind: 'nfl.coverage',
      estimate: {
        type: 'classes',
        classes: [
          { name: 'man', probability: 0.3 },
          { name: 'zone', probability: 0.7 },
        ],
      },
    }),
    outcome: null,
  },
]

async function* pages(...of: InsightEntry[][]): AsyncGenerator<InsightEntry[]> {
  yield* of
}

async function bytesOf(parts: AsyncIterable<Uint8Array>): Promise<Buffer> {
  return Buffer.concat(await Array.fromAsync(parts))
}

test('insights go out as CSV with a header, one line each, over several pages [LIVE-EXPORT-01]', async () => {
  const text = (await bytesOf(insightsAsCsv(pages(entries.slice(0, 1), entries.slice(1))))).toString()
  const lines = text.trimEnd().split('\r\n')
  expect(lines).toHaveLength(4)
  expect(lines[0]).toBe(insightColumns.map(({ name }) => name).join(','))
  expect(lines[1]).toContain('"Number 5, ""Ace"", comes; =1+1"')
  expect(lines[1]).toContain(',1970-01-01T00:00:01.000Z,')
})

test('insights go out as Parquet with types, which another reader reads [LIVE-EXPORT-01]', async () => {
  const { buffer, byteOffset, byteLength } = await bytesOf(
    insightsAsParquet(pages(entries.slice(0, 1), entries.slice(1))),
  )
  const file = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer
  const rows = await parquetReadObjects({ file })
  expect(rows).toHaveLength(3)
  expect(rows[0]).toMatchObject({
    kind: 'nfl.blitz',
    estimate: 'probability',
    value: 0.8,
    said_at: new Date(1_000),
    is_correct: true,
    happened: '1',
  })
  expect(rows[1]).toMatchObject({ value: 12, low: 10, high: 15, unit: 'laps', is_correct: null })
  expect(rows[2]).toMatchObject({ value: 0.7, low: null })
})

test('a match of which nothing was said is a file with columns and no rows [LIVE-EXPORT-01]', async () => {
  const { buffer, byteOffset, byteLength } = await bytesOf(insightsAsParquet(pages()))
  const file = buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer
  expect(await parquetReadObjects({ file })).toEqual([])
})
