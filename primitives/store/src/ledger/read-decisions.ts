import { sql, type Kysely, type RawBuilder, type Selectable } from 'kysely'
import type { DecisionFacet, DecisionFilter, DecisionScope, RecordedDecision } from './ledger.ts'
import type { LedgerTables } from './tables.ts'

/** The column of the time that counts. */
export function selectTime(scope: DecisionScope): RawBuilder<unknown> {
  return scope.by === 'recorded' ? sql.ref('decision.recorded_at') : sql.ref('decision.at')
}

/** The condition that a row of `decision` belongs to the tenant and is in scope. */
export function inScope(tenantId: string, scope: DecisionScope): RawBuilder<boolean> {
  const parts = [sql`decision.tenant_id = ${tenantId}`]
  if (scope.system !== undefined) parts.push(sql`decision.system = ${scope.system}`)
  if (scope.kind !== undefined) parts.push(sql`decision.kind = ${scope.kind}`)
  if (scope.subjectId !== undefined) parts.push(sql`decision.subject_id = ${scope.subjectId}`)
  if (scope.version !== undefined) parts.push(sql`decision.version = ${scope.version}`)
  if (scope.fromMs !== undefined) parts.push(sql`${selectTime(scope)} >= ${new Date(scope.fromMs)}`)
  if (scope.toMs !== undefined) parts.push(sql`${selectTime(scope)} < ${new Date(scope.toMs)}`)
  return sql<boolean>`(${sql.join(parts, sql` and `)})`
}

/** The last recorded first; those of one transaction by id. `beforeId` is the last one of the page before. */
export async function listDecisions(
  db: Kysely<LedgerTables>,
  tenantId: string,
  filter: DecisionFilter,
): Promise<RecordedDecision[]> {
  let query = db.selectFrom('decision').where(inScope(tenantId, filter)).selectAll()
  if (filter.beforeId !== undefined) {
    query = query.where(
      sql<boolean>`(recorded_at, id) < (select d.recorded_at, d.id from decision d
        where d.tenant_id = ${tenantId} and d.id = ${filter.beforeId})`,
    )
  }
  const rows = await query.orderBy('recorded_at', 'desc').orderBy('id', 'desc').limit(filter.limit).execute()
  return withOutcomes(db, tenantId, rows)
}

export async function readDecision(
  db: Kysely<LedgerTables>,
  tenantId: string,
  id: string,
): Promise<RecordedDecision | null> {
  const rows = await db
    .selectFrom('decision')
    .where('tenant_id', '=', tenantId)
    .where('id', '=', id)
    .selectAll()
    .execute()
  return (await withOutcomes(db, tenantId, rows))[0] ?? null
}

export async function listFacets(
  db: Kysely<LedgerTables>,
  tenantId: string,
  scope: DecisionScope,
): Promise<DecisionFacet[]> {
  const rows = await db
    .selectFrom('decision')
    .where(inScope(tenantId, scope))
    .select(({ fn }) => [
      'system',
      'kind',
      'version',
      fn.countAll<number>().as('count'),
      fn.max('recorded_at').as('last'),
    ])
    .groupBy(['system', 'kind', 'version'])
    .orderBy('last', 'desc')
    .execute()
  return rows.map(({ last, count, ...facet }) => ({
    ...facet,
    count: Number(count),
    lastRecordedAtMs: last.getTime(),
  }))
}

async function withOutcomes(
  db: Kysely<LedgerTables>,
  tenantId: string,
  rows: Selectable<LedgerTables['decision']>[],
): Promise<RecordedDecision[]> {
  if (rows.length === 0) return []
  const ids = rows.map(({ id }) => id)
  const outcomes = await db
    .selectFrom('outcome')
    .where('tenant_id', '=', tenantId)
    .where('subject_id', 'in', ids)
    .selectAll()
    .orderBy('at')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    tenantId: row.tenant_id,
    system: row.system,
    kind: row.kind,
    subjectId: row.subject_id,
    inputRef: row.input_ref,
    inputHash: row.input_hash,
    output: row.output,
    confidence: row.confidence,
    costMicros: Number(row.cost_micros),
    durationMs: row.duration_ms,
    version: row.version,
    atMs: row.at.getTime(),
    recordedAtMs: row.recorded_at.getTime(),
    outcomes: outcomes
      .filter(({ subject_id }) => subject_id === row.id)
      .map(({ kind, value, at }) => ({ kind, value, atMs: at.getTime() })),
  }))
}
