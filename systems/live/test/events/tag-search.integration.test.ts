import { createTestStore, type TestStore } from '@heavylift/store/testing'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Tag } from '../../src/domain/tag.ts'
import type { TagOrder, TagQuery } from '../../src/events/store/tag-query.ts'
import { createTagStore, type TagStore } from '../../src/events/store/tag-store.ts'
import type { TagTables } from '../../src/events/store/tag-tables.ts'
import { migrations } from '../../src/migrations/migrations.ts'
import { madeTag } from './made-tags.ts'

const dayMs = 86_400_000
const count = 9000
/** Few tags in the early years, then a crowded month, then a long gap, then a steady flow; before 1970, too. */
const startMs = (n: number): number => {
  if (n < 1000) return Math.floor((n - 500) * 0.7 * dayMs)
  if (n < 6000) return 1000 * dayMs + Math.floor(n / 2) * 600_000
  return 4000 * dayMs + n * 3_600_000
}
const types = ['play.pass', 'play.run', 'score.touchdown.pass', 'score.field-goal', 'turnover.fumble']
const wordsOf = (n: number): string =>
  [
    n % 2 === 0 ? 'even' : 'odd',
    n > 1000 && n < 6000 ? 'leatherhead' : '',
    n > 500 && n % 997 === 3 ? 'leatherhead' : '',
    n % 1300 === 7 ? 'dropkick' : '',
    n % 7 === 0 ? 'third try' : 'try third',
  ].join(' ')
const tags: Tag[] = Array.from({ length: count }, (_, n) =>
  madeTag(n, {
    matchId: `m${Math.floor(n / 300)}`,
    sport: n % 3 === 0 ? 'nba' : 'nfl',
    startMs: startMs(n),
    type: n % 401 === 0 ? 'record.longest' : (types[n % types.length] ?? ''),
    importance: n % 9 === 0 ? 0.5 : ((n * 7919) % 1000) / 1000,
    game: n % 4 === 0 ? null : { period: 1 + (n % 4), secondsLeft: (n * 37) % 900 },
    actors: [{ id: `p${n % 40}`, name: 'A. Name', role: 'passer', side: 'home' }],
    text: `It is ${wordsOf(n)}.`,
  }),
)

const texts: Record<string, (text: string) => boolean> = {
  even: (text) => text.includes('even'),
  leatherhead: (text) => text.includes('leatherhead'),
  'leatherheads dropkick': (text) => text.includes('leatherhead') && text.includes('dropkick'),
  '"third try"': (text) => text.includes('third try'),
  'odd or dropkick': (text) => text.includes('odd') || text.includes('dropkick'),
  'leatherhead -odd': (text) => text.includes('leatherhead') && !text.includes('odd'),
  '-even': (text) => !text.includes('even'),
  nowhere: () => false,
  "o'clock \\": () => false,
}

/** The same conditions, tag by tag. */
function matches(tag: Tag, query: TagQuery): boolean {
  const { atLeast = -Infinity, atMost = Infinity } = query.secondsLeft ?? {}
  return (
    (query.matchId === undefined || tag.matchId === query.matchId) &&
    (query.sport === undefined || tag.sport === query.sport) &&
    (query.types === undefined ||
      query.types.some((type) => tag.type === type || tag.type.startsWith(`${type}.`))) &&
    (query.actorId === undefined || tag.actors.some(({ id }) => id === query.actorId)) &&
    (query.text === undefined || (texts[query.text]?.(tag.text) ?? false)) &&
    tag.startMs >= (query.fromMs ?? -Infinity) &&
    tag.startMs <= (query.toMs ?? Infinity) &&
    (query.period === undefined || tag.game?.period === query.period) &&
    (query.secondsLeft === undefined ||
      (tag.game !== null && tag.game.secondsLeft >= atLeast && tag.game.secondsLeft <= atMost)) &&
    tag.importance >= (query.importanceAtLeast ?? 0)
  )
}

const compare: Record<TagOrder, (a: Tag, b: Tag) => number> = {
  oldest: (a, b) => a.startMs - b.startMs || (a.id < b.id ? -1 : 1),
  newest: (a, b) => compare.oldest(b, a),
  important: (a, b) => b.importance - a.importance || compare.newest(a, b),
}

const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined, freq: 2 })
const queries: fc.Arbitrary<TagQuery> = fc.record({
  matchId: fc.option(
    fc.integer({ min: 0, max: 31 }).map((n) => `m${n}`),
    { nil: undefined, freq: 1 },
  ),
  sport: maybe(fc.constantFrom('nfl', 'nba', 'race')),
  types: maybe(
    fc.subarray(['play', 'score', 'score.touchdown', 'record', 'turnover.fumble', 'sco'], { minLength: 1 }),
  ),
  actorId: maybe(fc.integer({ min: 0, max: 41 }).map((n) => `p${n}`)),
  text: maybe(fc.constantFrom(...Object.keys(texts))),
  fromMs: maybe(fc.integer({ min: 0, max: count - 1 }).map(startMs)),
  toMs: maybe(fc.integer({ min: 0, max: count - 1 }).map(startMs)),
  period: maybe(fc.integer({ min: 1, max: 4 })),
  secondsLeft: maybe(
    fc
      .record({ atLeast: maybe(fc.constant(100)), atMost: maybe(fc.constantFrom(60, 500)) })
      .filter(({ atLeast, atMost }) => atLeast !== undefined || atMost !== undefined),
  ),
  importanceAtLeast: maybe(fc.constantFrom(0.05, 0.25, 0.5)),
})

let testStore: TestStore
let store: TagStore
beforeAll(async () => {
  testStore = await createTestStore({ migrations: { live: migrations } })
  const db = testStore.host.forSystem('live').database<TagTables>()
  store = createTagStore(db)
  // Another word on some that is then taken back, by two servers that write the same in opposite orders.
  const chunks = Array.from({ length: 9 }, (_, at) => tags.slice(at * 1000, (at + 1) * 1000))
  const changed = tags.slice(0, 300).map((tag) => ({ ...tag, text: 'Not so.', startMs: tag.startMs + dayMs }))
  await store.save('many', changed)
  await Promise.all(
    [chunks, chunks.toReversed().map((chunk) => chunk.toReversed())].map(async (order) => {
      for (const chunk of order) await createTagStore(db).save('many', chunk)
    }),
  )
  await store.save('other', tags.slice(0, 50))
})
afterAll(() => testStore?.close())

it('answers any question in any order, page by page, as going through all tags would [LIVE-EVENTS-10]', async () => {
  await fc.assert(
    fc.asyncProperty(
      queries,
      fc.constantFrom<TagOrder>('newest', 'oldest', 'important'),
      fc.integer({ min: 1, max: 400 }),
      async (query, order, limit) => {
        const wanted = tags.filter((tag) => matches(tag, query)).toSorted(compare[order])
        const found: string[] = []
        let after: string | undefined
        for (let page = 0; page < 4; page++) {
          const { tags: more, next } = await store.search('many', query, { order, after, limit })
          found.push(...more.map(({ id }) => id))
          if (next === null) break
          after = next
        }
        expect(found).toEqual(wanted.slice(0, 4 * limit).map(({ id }) => id))
      },
    ),
    { seed: 20_261, numRuns: 150 },
  )
})

it('finds what was saved before stretches were noted', async () => {
  const step = migrations.findIndex(({ name }) => name === '0005-tag-stretches')
  const older = await createTestStore({ migrations: { live: migrations.slice(0, step) } })
  try {
    const db = older.host.forSystem('live').database<TagTables>()
    const olderStore = createTagStore(db)
    // What saves writes a column that came later, too.
    await sql`alter table tag add column words_version integer not null default 0`.execute(db)
    await olderStore.save('t', tags.slice(0, 3000))
    await sql`alter table tag drop column words_version`.execute(db)
    await older.host.migrate('live', migrations)
    const found = await olderStore.search('t', { text: 'dropkick' })
    expect(found.tags.map(({ id }) => id)).toEqual(['tag_002607', 'tag_001307', 'tag_000007'])
  } finally {
    await older.close()
  }
})
