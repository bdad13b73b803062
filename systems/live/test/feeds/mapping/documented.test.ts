import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { createMappedFormat } from '../../../src/feeds/mapping/mapped-format.ts'
import { parseMapping } from '../../../src/feeds/mapping/mapping-schema.ts'
import { ofKind } from '../made-feed.ts'
import { readItems } from '../read-items.ts'

it('reads the feed of the documents by the mapping beside it [LIVE-MAPPING-01]', async () => {
  const page = readFileSync(join(import.meta.dirname, '../../../MAPPING.md'), 'utf8')
  const block = (language: string): string =>
    new RegExp(`\`\`\`${language}\\n([^]*?)\`\`\``).exec(page)?.[1] ?? ''
  const { events, rejects } = await readItems(createMappedFormat(parseMapping(block('json'))), block('csv'))
  expect(rejects).toEqual([])
  expect(events[0]).toMatchObject({ matchId: 'league-12', clocks: { eventTimeMs: Date.UTC(2030, 8, 1, 4) } })
  expect(
    ofKind(events, 'nba-action').map(({ actionType, side, isMade, homeScore }) => [
      actionType,
      side,
      isMade,
      homeScore,
    ]),
  ).toEqual([
    ['period', null, null, 0],
    ['2pt', 'home', true, 2],
    ['3pt', 'away', false, 2],
    ['rebound', 'home', null, 2],
  ])
})
