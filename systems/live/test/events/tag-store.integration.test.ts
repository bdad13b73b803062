import { createTestStore, testMigrations, type TestStore } from '@heavylift/store/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Tag } from '../../src/domain/tag.ts'
import { createTagStore, type TagStore } from '../../src/events/store/tag-store.ts'
import type { TagQuery } from '../../src/events/store/tag-query.ts'
import type { TagTables } from '../../src/events/store/tag-tables.ts'
import { migrations } from '../../src/migrations/migrations.ts'
import { madeTag } from './made-tags.ts'

let testStore: TestStore
let store: TagStore
let tenants = 0
let tenant: string

beforeAll(async () => {
  testStore = await createTestStore({ migrations: { live: migrations } })
  store = createTagStore(testStore.host.forSystem('live').database<TagTables>())
})
afterAll(() => testStore?.close())
beforeEach(() => {
  tenant = `t${++tenants}`
})

const actor = (id: string, name: string) => ({ id, name, role: 'passer', side: 'home' as const })
const numbers = (tags: readonly Tag[]) => tags.map((tag) => Number(tag.occasion))
const search = async (query: TagQuery, page = {}) => numbers((await store.search(tenant, query, page)).tags)

it('stands on tables that are the same from empty and from every earlier version, with matches in them [STORE-MIGRATE-04]', async () => {
  const { tables } = await testMigrations({
    system: 'live',
    migrations,
    seeds: [
      {
        after: '0001-matches',
        sql: `insert into match (tenant_id, match_id, sport, title, body, first_event_at, last_event_at)
              values ('main', 'm1', 'nfl', 'A at B', '{}', now(), now())`,
      },
    ],
  })
  expect(tables).toEqual(expect.arrayContaining(['match', 'insight', 'tag']))
})

describe('conditions', () => {
  beforeEach(() =>
    store.save(tenant, [
      madeTag(1, {
        type: 'score.touchdown.pass',
        text: 'Pass to W.Out, TOUCHDOWN.',
        actors: [actor('q1', 'Q. Back')],
        importance: 0.8,
      }),
      madeTag(2, { type: 'score.field-goal', importance: 0.45, game: { period: 4, secondsLeft: 12 } }),
      madeTag(3, {
        type: 'turnover.fumble',
        source: 'detected',
        matchId: 'm2',
        text: "It's a fumble; recovered at the 5.",
      }),
      madeTag(4, {
        sport: 'race',
        type: 'pit-stop.green',
        game: null,
        matchId: 'r1',
        text: 'Car 7 pits on lap 30.',
      }),
      madeTag(5, { actors: [actor('q1', 'Q. Back')], game: { period: 4, secondsLeft: 300 } }),
    ]),
  )

  it.each<[string, TagQuery, number[]]>([
    ['everything, newest first', {}, [5, 4, 3, 2, 1]],
    ['a type with its children', { types: ['score'] }, [2, 1]],
    ['several types', { types: ['score.touchdown', 'pit-stop'] }, [4, 1]],
    ['no type that merely begins alike', { types: ['pit'] }, []],
    ['a match', { matchId: 'm2' }, [3]],
    ['a sport', { sport: 'race' }, [4]],
    ['a player by id', { actorId: 'q1' }, [5, 1]],
    ['a player by name and a word in another form', { text: 'back passes' }, [1]],
    ['a kind in words', { text: 'scores' }, [2, 1]],
    ['a kind of several words', { text: '"pit stop under green"' }, [4]],
    ['a phrase', { text: '"on lap"' }, [4]],
    ['words that must not be there', { text: 'runs -3' }, []],
    ['either word', { text: 'fumbles or touchdown' }, [3, 1]],
    ['only stop words, which rule nothing out', { text: 'the of' }, [5, 4, 3, 2, 1]],
    ['importance', { importanceAtLeast: 0.45 }, [2, 1]],
    ['the last two minutes of a period', { period: 4, secondsLeft: { atMost: 120 } }, [2]],
    ['a span of time', { fromMs: 2000, toMs: 3000 }, [3, 2]],
    ['what was detected', { source: 'detected' }, [3]],
    ['quotes and backslashes', { actorId: "q'1\\", text: "it's \\ '" }, []],
  ])('finds by %s [LIVE-EVENTS-05]', async (_name, query, found) => {
    expect(await search(query)).toEqual(found)
  })

  it('orders by time either way and by importance', async () => {
    expect(await search({}, { order: 'oldest' })).toEqual([1, 2, 3, 4, 5])
    expect(await search({}, { order: 'important' })).toEqual([1, 2, 5, 4, 3])
  })

  it('counts what matches by type with parents, sport and player', async () => {
    const facets = await store.facets(tenant, { types: ['score', 'play'] })
    expect(facets).toMatchObject({ tags: 3, isComplete: true, sports: [{ value: 'nfl', count: 3 }] })
    expect(facets.types[0]).toEqual({ value: 'score', count: 2 })
    expect(facets.actors).toEqual([{ value: 'q1', name: 'Q. Back', count: 2 }])
  })

  it("shows no tenant another's tags, and removes a match", async () => {
    expect((await store.search('someone-else', { types: ['score'] })).tags).toEqual([])
    await store.remove(tenant, 'm1')
    expect(await search({})).toEqual([4, 3])
  })
})

describe('saving', () => {
  it('keeps one tag an id, with the last word on it [LIVE-EVENTS-06]', async () => {
    const tag = madeTag(1)
    await store.save(tenant, [tag, { ...tag, type: 'turnover.fumble', text: 'Ruled a fumble.' }])
    await store.save(tenant, [{ ...tag, type: 'turnover.fumble', text: 'Ruled a fumble.' }])
    const { tags } = await store.search(tenant, { types: ['turnover'], text: 'ruled' })
    expect(tags).toEqual([{ ...tag, type: 'turnover.fumble', text: 'Ruled a fumble.' }])
    expect(await search({ types: ['play'] })).toEqual([])
  })

  it('takes text that PostgreSQL cannot hold', async () => {
    await store.save(tenant, [madeTag(1, { text: 'a\0b \ud800 c' })])
    expect((await store.search(tenant, {})).tags[0]?.text).toBe('ab \ufffd c')
  })
})

describe('many tags', () => {
  const count = 7000
  const rare = (n: number) => n % 1400 === 3
  const scarce = (n: number) => n % 301 === 5
  const all = Array.from({ length: count }, (_, n) =>
    madeTag(n, {
      startMs: Math.floor(n / 3) * 1001,
      type: rare(n) ? 'score.safety' : scarce(n) ? 'review' : n % 2 === 0 ? 'play.pass' : 'play.run',
      importance: rare(n) ? 0.9 : (n % 5) / 10,
    }),
  )
  beforeAll(() => store.save('many', all))

  it.each(['newest', 'oldest', 'important'] as const)(
    'pages through all of a frequent and a rare type, each tag once, ordered by %s [LIVE-EVENTS-07]',
    async (order) => {
      for (const [types, limit] of [
        [['play.pass'], 900],
        [['score'], 2],
        [['review'], 21],
      ] as const) {
        const found: Tag[] = []
        let after: string | undefined
        do {
          const page = await store.search('many', { types }, { order, after, limit })
          found.push(...page.tags)
          after = page.next ?? undefined
        } while (after !== undefined)
        const wanted = all.filter((tag) => types.some((type) => tag.type.startsWith(type)))
        const key = (tag: Tag) => (order === 'important' ? tag.importance * 1e9 : 0) + tag.startMs
        const sorted = wanted.toSorted((a, b) => key(a) - key(b) || (a.id < b.id ? -1 : 1))
        expect(found).toEqual(order === 'oldest' ? sorted : sorted.toReversed())
      }
    },
  )

  it('refuses a cursor that no page gave', async () => {
    await expect(store.search('many', {}, { after: 'bm90IG9uZQ' })).rejects.toMatchObject({
      code: 'cursor-invalid',
    })
  })
})

it('finds moments that were saved under other names of kinds, once they were gone over again [LIVE-EVENTS-23]', async () => {
  const tag = {
    ...madeTag(1),
    id: 'old-1',
    matchId: 'old',
    type: 'lead-change',
    text: 'Home goes ahead',
  }
  await store.save(tenant, [tag])
  const db = testStore.host.forSystem('live').database<TagTables>()
  const old = sql<string>`array_to_tsvector(array(select word from unnest(tsvector_to_array(search)) word where word like '%:%'))`
  await db.updateTable('tag').set({ words_version: 0, search: old }).where('tenant_id', '=', tenant).execute()
  const ask = async () => (await store.search(tenant, { text: 'lead change' })).tags.map(({ id }) => id)
  expect(await ask()).toEqual([])
  expect(await store.reindex(new AbortController().signal)).toBe(1)
  expect(await ask()).toEqual(['old-1'])
  expect(await store.reindex(new AbortController().signal)).toBe(0)
})
