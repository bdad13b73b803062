import type { Ledger } from '@heavylift/store'
import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import type { Insight } from '../../domain/insight.ts'
import type { LiveOutput } from '../../domain/live-output.ts'
import { splitMatchKey } from '../../domain/match-key.ts'
import type { Tag } from '../../domain/tag.ts'
import type { MatchTables } from '../../matches/match-tables.ts'
import { claimOf } from '../scoring.ts'

export interface OutputRecord {
  /** `<tenant>/<match>`. */
  key: string
  value: LiveOutput
  /** When it was said: the ledger's time, since a recording's own may be years back. */
  appendedAtMs: number
}

export interface OutputSinks {
  db: Kysely<MatchTables>
  ledger: Pick<Ledger, 'decideAll' | 'outcomeAll'>
  saveTags: (tenantId: string, tags: readonly Tag[]) => Promise<void>
  isSample: (tenantId: string, matchId: string) => boolean
}

/**
 * Writes a batch of outputs to PostgreSQL and the ledger. Every write is idempotent (by id, and by revision where the newest
 * wins), so a batch that comes again after a crash changes nothing.
 */
export async function writeOutputs(sinks: OutputSinks, batch: readonly OutputRecord[]): Promise<void> {
  for (const [tenantId, records] of Map.groupBy(batch, ({ key }) => splitMatchKey(key).tenantId)) {
    await writeMatches(sinks, tenantId, records)
    await writeInsights(sinks, tenantId, records)
    const tags = records.flatMap(({ value }) => (value.type === 'tag' ? [value.tag] : []))
    if (tags.length > 0) await sinks.saveTags(tenantId, tags)
    await writeOutcomes(sinks, tenantId, records)
  }
}

async function writeMatches(
  { db, isSample }: OutputSinks,
  tenantId: string,
  records: readonly OutputRecord[],
): Promise<void> {
  for (const { key, value } of records) {
    const { matchId } = splitMatchKey(key)
    if (value.type === 'match') {
      const at = new Date(value.atMs)
      const { sport, title } = value.match
      await db
        .insertInto('match')
        .values({
          tenant_id: tenantId,
          match_id: matchId,
          sport,
          title,
          body: sql`${JSON.stringify(value.match)}::jsonb`,
          status: 'live',
          first_event_at: at,
          last_event_at: at,
          is_sample: isSample(tenantId, matchId),
        })
        .onConflict((conflict) =>
          conflict
            .columns(['tenant_id', 'match_id'])
            .doUpdateSet({ title, body: sql`excluded.body`, sport: sql`excluded.sport` }),
        )
        .execute()
    }
    if (value.type === 'match-end') {
      await db
        .updateTable('match')
        .set({
          status: 'ended',
          home_score: value.homeScore,
          away_score: value.awayScore,
          last_event_at: new Date(value.atMs),
        })
        .where('tenant_id', '=', tenantId)
        .where('match_id', '=', matchId)
        .execute()
    }
  }
}

async function writeInsights(
  { db, ledger }: OutputSinks,
  tenantId: string,
  records: readonly OutputRecord[],
): Promise<void> {
  const newest = new Map<string, Insight>()
  const scored: { insight: Insight; saidAtMs: number }[] = []
  for (const { value, appendedAtMs } of records) {
    if (value.type !== 'insight') continue
    newest.set(value.insight.id, value.insight)
    if (value.insight.isScored) scored.push({ insight: value.insight, saidAtMs: appendedAtMs })
  }
  if (newest.size === 0) return
  await db
    .insertInto('insight')
    .values(
      [...newest.values()].map((insight) => ({
        tenant_id: tenantId,
        match_id: insight.matchId,
        insight_id: insight.id,
        revision: insight.revision,
        kind: insight.kind,
        subject: insight.subject,
        at: new Date(insight.clocks.eventTimeMs),
        importance: insight.importance,
        body: sql<Insight>`${JSON.stringify(insight)}::jsonb`,
      })),
    )
    .onConflict((conflict) =>
      conflict
        .columns(['tenant_id', 'insight_id'])
        .doUpdateSet({
          revision: sql`excluded.revision`,
          at: sql`excluded.at`,
          importance: sql`excluded.importance`,
          body: sql`excluded.body`,
        })
        .where(sql<boolean>`excluded.revision >= insight.revision`),
    )
    .execute()
  await ledger.decideAll(
    scored.map(({ insight, saidAtMs }) => ({
      id: insight.id,
      tenantId,
      system: 'live',
      kind: insight.kind,
      subjectId: `${insight.matchId}/${insight.subject}`,
      inputRef: `live.feed:${insight.matchId}@${insight.occasion}`,
      inputHash: insight.id,
      output: { headline: insight.headline, estimate: insight.estimate },
      confidence: claimOf(insight.estimate)?.confidence ?? null,
      costMicros: 0,
      durationMs: 0,
      version: insight.rule,
      atMs: saidAtMs,
    })),
  )
}

async function writeOutcomes(
  { db, ledger }: OutputSinks,
  tenantId: string,
  records: readonly OutputRecord[],
): Promise<void> {
  const outcomes = records.flatMap(({ value, appendedAtMs }) =>
    value.type === 'scored' ? [{ ...value, saidAtMs: appendedAtMs }] : [],
  )
  if (outcomes.length === 0) return
  await ledger.outcomeAll(
    outcomes.map(({ insightId, isCorrect, cameTrue, saidAtMs }) => ({
      tenantId,
      subjectId: insightId,
      kind: 'correct',
      value: (cameTrue ?? isCorrect) ? 1 : 0,
      idempotencyKey: insightId,
      atMs: saidAtMs,
    })),
  )
  for (const { insightId, happened, isCorrect, confidence, atMs } of outcomes) {
    await db
      .updateTable('insight')
      .set({ outcome: sql`${JSON.stringify({ happened, isCorrect, confidence, atMs })}::jsonb` })
      .where('tenant_id', '=', tenantId)
      .where('insight_id', '=', insightId)
      .execute()
  }
}
