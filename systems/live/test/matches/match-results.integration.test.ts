import { createTestStore, type TestStore } from '@heavylift/store/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createMatchStore } from '../../src/matches/match-store.ts'
import type { MatchTables } from '../../src/matches/match-tables.ts'
import { migrations } from '../../src/migrations/migrations.ts'

let testStore: TestStore
beforeAll(async () => {
  testStore = await createTestStore({ migrations: { live: migrations } })
})
afterAll(() => testStore?.close())

it('gives the results of a tenant’s own games from before a time, simulated ones left out [LIVE-WIN-05]', async () => {
  const db = testStore.host.forSystem('live').database<MatchTables>()
  const team = (id: string) => ({ id, abbreviation: id, name: id, colour: null })
  const row = (matchId: string, day: number, change: object = {}) => ({
    tenant_id: 'main',
    match_id: matchId,
    sport: 'nfl',
    title: matchId,
    body: {
      id: matchId,
      sport: 'nfl' as const,
      title: matchId,
      home: team('A'),
      away: team('B'),
      homeSpread: null,
      race: null,
    },
    status: 'ended',
    home_score: 20,
    away_score: 10,
    first_event_at: new Date(Date.UTC(2030, 8, day)),
    last_event_at: new Date(Date.UTC(2030, 8, day)),
    is_sample: false,
    ...change,
  })
  await db
    .insertInto('match')
    .values([
      row('m1', 8),
      row('later', 22),
      row('running', 9, { status: 'live', home_score: null, away_score: null }),
      row('simulated', 10, { is_sample: true }),
      row('basketball', 10, { sport: 'nba' }),
      row('elsewhere', 10, { tenant_id: 'other' }),
    ])
    .execute()
  const results = await createMatchStore(db).results('main', 'nfl', Date.UTC(2030, 8, 15))
  expect(results).toEqual([
    { startMs: Date.UTC(2030, 8, 8), home: 'A', away: 'B', homeScore: 20, awayScore: 10 },
  ])
})
