import type { Route } from '@heavylift/core'
import { createTestStore, type TestStore } from '@heavylift/store/testing'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Match } from '../../src/domain/match.ts'
import { createTagStore } from '../../src/events/store/tag-store.ts'
import type { TagTables } from '../../src/events/store/tag-tables.ts'
import { createMatchStore } from '../../src/matches/match-store.ts'
import type { MatchTables } from '../../src/matches/match-tables.ts'
import { migrations } from '../../src/migrations/migrations.ts'
import { tagRoutes } from '../../src/routes/tags.ts'
import { madeTag } from './made-tags.ts'

const team = (name: string) => ({ id: name, abbreviation: name, name, colour: null })
const match: Match = {
  id: 'm1',
  sport: 'nfl',
  title: 'AWY at HOM',
  home: team('HOM'),
  away: team('AWY'),
  homeSpread: null,
  race: null,
}

let testStore: TestStore
let routes: Route[]

beforeAll(async () => {
  testStore = await createTestStore({ migrations: { live: migrations } })
  const db = testStore.host.forSystem('live').database<MatchTables & TagTables>()
  const tags = createTagStore(db as never)
  const at = new Date(0)
  await db
    .insertInto('match')
    .values({
      tenant_id: 't',
      match_id: 'm1',
      sport: 'nfl',
      title: match.title,
      body: JSON.stringify(match) as never,
      status: 'ended',
      first_event_at: at,
      last_event_at: at,
      is_sample: false,
    })
    .execute()
  await tags.save('t', [
    madeTag(1, { type: 'score.field-goal', text: 'Kick is good.', homeScore: 3 }),
    madeTag(2, { type: 'match.end', occasion: 'match', text: 'Final: AWY 0, HOM 3.', homeScore: 3 }),
  ])
  routes = tagRoutes({
    tags,
    matches: createMatchStore(db as never),
    models: { forTask: () => null, embedder: () => null },
  })
})
afterAll(() => testStore?.close())

/** Calls a route as the server does: it parses what comes in and checks what goes out. */
async function call(path: string, query: Record<string, string> = {}, params: Record<string, string> = {}) {
  const route = routes.find((one) => one.path === path)
  if (!route) throw new Error(`No route ${path}.`)
  const answer = await route.handle({
    params: route.params?.parse(params),
    query: route.query?.parse(query),
    body: undefined,
    headers: new Headers(),
    caller: { tenantId: 't' } as never,
    signal: new AbortController().signal,
    lastEventId: null,
  })
  return route.response?.parse(answer)
}

it('finds tags, counts them, names the types and sums a match up over HTTP [LIVE-EVENTS-05] [LIVE-EVENTS-08]', async () => {
  expect(await call('/tags', { type: 'score,turnover', q: 'kicks', limit: '5' })).toMatchObject({
    tags: [{ occasion: '1' }],
    next: null,
  })
  expect(await call('/tags', { secondsLeftAtMost: '5' })).toMatchObject({ tags: [] })
  expect(await call('/tags/facets', { match: 'm1' })).toMatchObject({ tags: 2, isComplete: true })
  expect(await call('/tag-types')).toMatchObject({
    types: expect.arrayContaining([{ type: 'score.safety', title: 'Safety', parent: 'score' }]) as unknown,
  })
  expect(await call('/matches/:matchId/summary', { wording: 'model' }, { matchId: 'm1' })).toEqual({
    sentences: [
      { text: 'HOM beat AWY by 3 points, 3–0.', tagIds: ['tag_000002'] },
      {
        text: 'A field goal put HOM ahead for good with 14:59 left in the first quarter, 3–0. HOM never trailed.',
        tagIds: ['tag_000001'],
      },
    ],
    wordedBy: 'templates',
  })
  await expect(call('/matches/:matchId/summary', {}, { matchId: 'none' })).rejects.toMatchObject({
    code: 'match-not-found',
  })
})
