import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRandom, silentLogger, systemClock } from '@heavylift/core'
import type { MeasureInput } from '@heavylift/core'
import { quantile, sortNumbers } from '@heavylift/core/math'
import { openStore } from '@heavylift/store'
import type { Kysely, RawBuilder } from 'kysely'
import { sql } from 'kysely'
import { createTagStore } from '../events/store/tag-store.ts'
import type { TagTables } from '../events/store/tag-tables.ts'
import type { Tag } from '../domain/tag.ts'
import { migrations } from '../migrations/migrations.ts'
import { madeTags } from './made-tags.ts'
import { madeQuestions } from './search-questions.ts'
import type { Question } from './search-questions.ts'

const defaultTags = 1_000_000
const tenant = 'bench'
const batch = 10_000
const each = 40
/** The peer is slow; a few of each kind are enough for its median. */
const peerEach = 3

/** Times by kind, in ms. */
async function timed(
  questions: readonly Question[],
  ask: (question: Question) => Promise<unknown>,
  signal: AbortSignal,
): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>()
  for (const question of questions) {
    signal.throwIfAborted()
    const startMs = performance.now()
    await ask(question)
    times.set(question.kind, [...(times.get(question.kind) ?? []), performance.now() - startMs])
  }
  return times
}

function figures(times: Map<string, number[]>): Record<string, number> {
  const all = [...times.values()].flat()
  const metrics: Record<string, number> = {
    p50Ms: quantile(sortNumbers(all), 0.5),
    p95Ms: quantile(sortNumbers(all), 0.95),
    p99Ms: quantile(sortNumbers(all), 0.99),
    maxMs: quantile(sortNumbers(all), 1),
  }
  for (const [kind, list] of times) {
    metrics[`${kind}P50Ms`] = quantile(sortNumbers(list), 0.5)
    metrics[`${kind}P95Ms`] = quantile(sortNumbers(list), 0.95)
  }
  return metrics
}

/** The same question as plain conditions over the same rows, as one writes them without an index made for it. */
function naive(db: Kysely<TagTables>, { query, order, depth }: Question, span: [number, number]) {
  const where: RawBuilder<unknown>[] = [sql`tenant_id = ${tenant}`]
  if (query.matchId !== undefined) where.push(sql`match_id = ${query.matchId}`)
  if (query.sport !== undefined) where.push(sql`body->>'sport' = ${query.sport}`)
  if (query.types !== undefined)
    where.push(
      sql`(${sql.join(
        query.types.map((type) => sql`body->>'type' like ${`${type}%`}`),
        sql` or `,
      )})`,
    )
  if (query.actorId !== undefined) where.push(sql`body->>'actors' like ${`%"${query.actorId}"%`}`)
  for (const word of query.text?.replaceAll('"', '').split(' ') ?? [])
    where.push(sql`body->>'text' ilike ${`%${word}%`}`)
  if (query.period !== undefined) where.push(sql`(body->'game'->>'period')::int = ${query.period}`)
  if (query.secondsLeft?.atMost !== undefined) where.push(sql`seconds_left <= ${query.secondsLeft.atMost}`)
  if (query.importanceAtLeast !== undefined) where.push(sql`importance >= ${query.importanceAtLeast}`)
  if (depth !== null) where.push(sql`start_ms < ${Math.round(span[0] + depth * (span[1] - span[0]))}::bigint`)
  const by = order === 'important' ? sql`importance desc, start_ms desc` : sql`start_ms desc, tag_id desc`
  return sql`select body from tag where ${sql.join(where, sql` and `)} order by ${by} limit 51`.execute(db)
}

/**
 * Loads made tags through the store's own `save` (as many as the environment's HEAVYLIFT_TAGS says, else a million) and
 * asks it mixed questions, frequent, rare and deep ones. Peer: ILIKE and JSON conditions over the same rows.
 */
export async function benchEventsSearch({ report, signal }: MeasureInput) {
  const count = Number(process.env['HEAVYLIFT_TAGS'] ?? defaultTags)
  const dataDir = await mkdtemp(join(tmpdir(), 'heavylift-tags-'))
  const host = await openStore({ dataDir, databaseUrl: null, log: silentLogger, clock: systemClock })
  try {
    await host.migrate('live', migrations)
    const db = host.forSystem('live').database<TagTables>()
    const store = createTagStore(db)
    const loadMs = performance.now()
    let waiting: Tag[] = []
    let saved = 0
    for (const tag of madeTags(count, 'tags')) {
      waiting.push(tag)
      if (waiting.length < batch && saved + waiting.length < count) continue
      signal.throwIfAborted()
      await store.save(tenant, waiting)
      saved += waiting.length
      waiting = []
      report({ stage: 'load', done: saved, total: count, unit: 'tags' })
    }
    const tagsPerSecond = count / ((performance.now() - loadMs) / 1000)
    // What autovacuum does by itself within minutes.
    await sql`vacuum analyze tag, tag_stretch`.execute(db)
    const sizes = await sql<{ indexMb: number }>`
      select (pg_indexes_size('tag') + pg_total_relation_size('tag_stretch')) / 1e6::float8 as "indexMb"`.execute(
      db,
    )
    const bounds = await sql<{ first: number; last: number }>`
      select min(start_ms) as first, max(start_ms) as last from tag`.execute(db)
    const span: [number, number] = [bounds.rows[0]?.first ?? 0, bounds.rows[0]?.last ?? 0]
    const ask = ({ query, order, depth }: Question) => {
      const toMs = depth === null ? undefined : Math.round(span[0] + depth * (span[1] - span[0]))
      return store.search(tenant, { ...query, toMs }, { order, limit: 50 })
    }
    report({ stage: 'ask', done: 0, total: 2, unit: 'engines' })
    await timed(madeQuestions(count, 2, createRandom('warm-up')), ask, signal)
    const ours = figures(await timed(madeQuestions(count, each, createRandom('questions')), ask, signal))
    report({ stage: 'ask', done: 1, total: 2, unit: 'engines' })
    const peer = figures(
      await timed(
        madeQuestions(count, peerEach, createRandom('questions')),
        (question) => naive(db, question, span),
        signal,
      ),
    )
    return {
      n: count,
      metrics: { ...ours, tags: count, tagsPerSecond, indexMb: sizes.rows[0]?.indexMb ?? 0 },
      peers: { ilike: peer },
    }
  } finally {
    await host.close()
    await rm(dataDir, { recursive: true, force: true })
  }
}
