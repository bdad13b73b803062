import type { Clock } from '@heavylift/core'
import { wilsonInterval } from '@heavylift/core/math'
import { sql, type Kysely } from 'kysely'
import { reportExperiment } from './experiment-report.ts'
import { toDatabaseJson } from '../database/database-json.ts'
import { GroupCommit } from './group-commit.ts'
import { inScope, listDecisions, listFacets, readDecision, selectTime } from './read-decisions.ts'
import type { Decision, Ledger, Outcome } from './ledger.ts'
import { assignArm } from './statistics/assignment.ts'
import { calibrate } from './statistics/calibration.ts'
import type { LedgerTables } from './tables.ts'

/** The ledger over PostgreSQL. `close` waits for writes that are under way. */
export function createLedger(db: Kysely<LedgerTables>, clock: Clock): Ledger & { close(): Promise<void> } {
  const decideAll = async (rows: readonly Decision[]): Promise<void> => {
    if (rows.length === 0) return
    // One parameter for all rows: building a statement of thirteen for each costs many times more.
    await sql`
      insert into decision (tenant_id, id, system, kind, subject_id, input_ref, input_hash, output, confidence,
        cost_micros, duration_ms, version, at)
      select tenant_id, id, system, kind, subject_id, input_ref, input_hash, coalesce(output, 'null'), confidence,
        cost_micros, duration_ms, version, at
      from json_populate_recordset(null::decision, ${toDatabaseJson(rows.map(toRow))}::json)
      on conflict do nothing`.execute(db)
  }
  const decisions = new GroupCommit<Decision>(decideAll)
  const outcomeAll = async (outcomes: readonly Outcome[]): Promise<void> => {
    if (outcomes.length === 0) return
    await db
      .insertInto('outcome')
      .values(
        outcomes.map((outcome) => ({
          tenant_id: outcome.tenantId,
          subject_id: outcome.subjectId,
          kind: outcome.kind,
          idempotency_key: outcome.idempotencyKey,
          value: outcome.value,
          at: new Date(outcome.atMs),
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  }

  return {
    decide: (decision) => decisions.add(decision),
    decideAll,
    close: () => decisions.flush(),

    async removeSamples(tenantId, system) {
      const { numDeletedRows } = await db
        .deleteFrom('decision')
        .where('tenant_id', '=', tenantId)
        .where('system', '=', system)
        .where('kind', 'like', 'sample-%')
        .executeTakeFirst()
      return Number(numDeletedRows)
    },

    outcome: (outcome) => outcomeAll([outcome]),
    outcomeAll,

    async assign(experiment, unitId) {
      const arm = assignArm(experiment.name, unitId, experiment.arms)
      await db
        .insertInto('experiment')
        .values({
          tenant_id: experiment.tenantId,
          name: experiment.name,
          arms: JSON.stringify(experiment.arms),
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      await db
        .insertInto('exposure')
        .values({
          tenant_id: experiment.tenantId,
          experiment: experiment.name,
          unit_id: unitId,
          arm,
          at: new Date(clock.nowMs()),
        })
        .onConflict((conflict) => conflict.doNothing())
        .execute()
      return arm
    },

    experiment: (experiment, outcomeKind) => reportExperiment(db, clock, experiment, outcomeKind),

    async experiments(tenantId) {
      const rows = await db
        .selectFrom('experiment')
        .leftJoin('exposure', (join) =>
          join
            .onRef('exposure.tenant_id', '=', 'experiment.tenant_id')
            .onRef('exposure.experiment', '=', 'experiment.name'),
        )
        .where('experiment.tenant_id', '=', tenantId)
        .select(({ fn }) => [
          'experiment.name',
          'experiment.arms',
          fn.count<string>('exposure.unit_id').as('units'),
        ])
        .groupBy(['experiment.name', 'experiment.arms'])
        .orderBy('experiment.name')
        .execute()
      return rows.map(({ name, arms, units }) => ({ name, arms, units: Number(units) }))
    },

    async summary(tenantId, scope) {
      const totals = await db
        .selectFrom('decision')
        .where(inScope(tenantId, scope))
        .select([
          sql<string>`count(*)`.as('count'),
          sql<string>`coalesce(sum(cost_micros), 0)`.as('cost_micros'),
          sql<
            number[] | null
          >`percentile_cont(array[0.5, 0.95, 0.99]) within group (order by duration_ms)`.as('durations'),
        ])
        .executeTakeFirstOrThrow()
      const judged = await db
        .selectFrom('decision')
        .innerJoin('outcome', (join) =>
          join
            .onRef('outcome.tenant_id', '=', 'decision.tenant_id')
            .onRef('outcome.subject_id', '=', 'decision.id'),
        )
        .where(inScope(tenantId, scope))
        .where('decision.confidence', 'is not', null)
        .where('outcome.kind', '=', 'correct')
        .select(['decision.confidence', 'outcome.value'])
        .execute()
      const [p50, p95, p99] = totals.durations ?? []
      return {
        count: Number(totals.count),
        costMicros: Number(totals.cost_micros),
        durationMs: p50 === undefined || p95 === undefined || p99 === undefined ? null : { p50, p95, p99 },
        calibration: calibrate(
          judged.map(({ confidence, value }) => ({
            confidence: confidence ?? 0,
            outcome: value > 0 ? 1 : 0,
          })),
        ),
      }
    },

    async rates(tenantId, system, outcomeKind, sinceMs) {
      const rows = await db
        .selectFrom('decision')
        .where('tenant_id', '=', tenantId)
        .where('system', '=', system)
        .where('at', '>=', new Date(sinceMs))
        .select([
          'version',
          sql<string>`count(*)`.as('decisions'),
          sql<string>`count(*) filter (where exists (
            select from ${sql.ref('outcome')} o
            where o.tenant_id = decision.tenant_id and o.subject_id = decision.id
              and o.kind = ${outcomeKind} and o.value > 0))`.as('count'),
        ])
        .groupBy('version')
        .orderBy(sql`max(at)`)
        .execute()
      return rows.map((row) => {
        const total = Number(row.decisions)
        const count = Number(row.count)
        return { version: row.version, decisions: total, count, rate: wilsonInterval(count, total) }
      })
    },

    async timeline(tenantId, scope, bucketMs) {
      const bucket = sql<string>`floor(extract(epoch from ${selectTime(scope)}) * 1000 / ${bucketMs})`
      const rows = await db
        .selectFrom('decision')
        .where(inScope(tenantId, scope))
        .select([
          bucket.as('bucket'),
          sql<string>`count(*)`.as('count'),
          sql<string>`sum(cost_micros)`.as('cost_micros'),
          sql<number[]>`percentile_cont(array[0.5, 0.99]) within group (order by duration_ms)`.as(
            'durations',
          ),
        ])
        .groupBy(sql`1`)
        .orderBy(sql`1`)
        .execute()
      return rows.map(({ bucket: index, count, cost_micros, durations }) => ({
        atMs: Number(index) * bucketMs,
        count: Number(count),
        p50Ms: durations[0] ?? 0,
        p99Ms: durations[1] ?? 0,
        costMicros: Number(cost_micros),
      }))
    },

    async durations(tenantId, scope) {
      const rows = await db
        .selectFrom('decision')
        .where(inScope(tenantId, scope))
        .select([
          // Two bins an octave, from 0.01 ms.
          sql<number>`floor(2 * ln(greatest(duration_ms, 0.01)) / ln(2::float8))`.as('bin'),
          sql<string>`count(*)`.as('count'),
        ])
        .groupBy(sql`1`)
        .orderBy(sql`1`)
        .execute()
      return rows.map(({ bin, count }) => ({
        lowMs: 2 ** (bin / 2),
        highMs: 2 ** ((bin + 1) / 2),
        count: Number(count),
      }))
    },

    decisions: (tenantId, filter) => listDecisions(db, tenantId, filter),
    decision: (tenantId, id) => readDecision(db, tenantId, id),
    facets: (tenantId, scope) => listFacets(db, tenantId, scope),
  }
}

function toRow(decision: Decision) {
  return {
    tenant_id: decision.tenantId,
    id: decision.id,
    system: decision.system,
    kind: decision.kind,
    subject_id: decision.subjectId,
    input_ref: decision.inputRef,
    input_hash: decision.inputHash,
    output: decision.output ?? null,
    confidence: decision.confidence,
    cost_micros: Math.round(decision.costMicros),
    duration_ms: decision.durationMs,
    version: decision.version,
    at: new Date(decision.atMs),
  }
}
