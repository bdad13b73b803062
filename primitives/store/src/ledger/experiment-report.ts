import type { Clock } from '@heavylift/core'
import { differenceInterval, wilsonInterval } from '@heavylift/core/math'
import { sql, type Kysely } from 'kysely'
import type { ExperimentKey, ExperimentReport } from './ledger.ts'
import { ratioInterval } from './statistics/interval.ts'
import { SequentialTest } from './statistics/sequential-test.ts'
import type { LedgerTables } from './tables.ts'

const defaultAttributionMs = 24 * 60 * 60 * 1000

/** What one arm's units did, in the order of their first exposure. */
interface ArmRow {
  arm: string
  /** One character a unit: `1` converted within its window, `0` not. */
  conversions: string
  value: number
}

/**
 * Conversion by arm over the units whose attribution window has passed. Only a unit's first exposure counts, and only
 * outcomes from then until the window's end.
 */
export async function reportExperiment(
  db: Kysely<LedgerTables>,
  clock: Clock,
  experiment: ExperimentKey,
  outcomeKind: string,
): Promise<ExperimentReport> {
  const attributionMs = experiment.attributionMs ?? defaultAttributionMs
  const matureUntil = new Date(clock.nowMs() - attributionMs)
  const rows = await db
    .with('unit', (query) =>
      query
        .selectFrom('exposure')
        .leftJoin('outcome', (join) =>
          join
            .onRef('outcome.tenant_id', '=', 'exposure.tenant_id')
            .onRef('outcome.subject_id', '=', 'exposure.unit_id')
            .on('outcome.kind', '=', outcomeKind)
            .onRef('outcome.at', '>=', 'exposure.at')
            .on(sql<boolean>`outcome.at <= exposure.at + ${attributionMs} * interval '1 millisecond'`),
        )
        .where('exposure.tenant_id', '=', experiment.tenantId)
        .where('exposure.experiment', '=', experiment.name)
        .where('exposure.at', '<=', matureUntil)
        .groupBy(['exposure.arm', 'exposure.at', 'exposure.unit_id'])
        .select([
          'exposure.arm',
          'exposure.at',
          'exposure.unit_id',
          sql<boolean>`coalesce(bool_or(outcome.value > 0), false)`.as('converted'),
          sql<number>`coalesce(sum(outcome.value), 0)`.as('value'),
        ]),
    )
    .selectFrom('unit')
    .groupBy('arm')
    .select([
      'arm',
      sql<string>`string_agg(case when converted then '1' else '0' end, '' order by at, unit_id)`.as(
        'conversions',
      ),
      sql<number>`sum(value)`.as('value'),
    ])
    .execute()
  const waiting = await db
    .selectFrom('exposure')
    .where('tenant_id', '=', experiment.tenantId)
    .where('experiment', '=', experiment.name)
    .where('at', '>', matureUntil)
    .select(sql<string>`count(*)`.as('count'))
    .executeTakeFirstOrThrow()
  return compareArms(Object.keys(experiment.arms), rows, Number(waiting.count))
}

function compareArms(names: string[], rows: ArmRow[], waiting: number): ExperimentReport {
  const arms = names.map((arm) => {
    const row = rows.find((candidate) => candidate.arm === arm)
    const conversions = row?.conversions ?? ''
    let converted = 0
    for (const unit of conversions) if (unit === '1') converted++
    const units = conversions.length
    return {
      arm,
      units,
      converted,
      rate: wilsonInterval(converted, units),
      value: row?.value ?? 0,
      conversions,
    }
  })
  const control = arms[0]
  const treatment = arms.at(-1)
  const report = {
    arms: arms.map(({ conversions: _conversions, ...arm }) => arm),
    waiting,
    uplift: null,
    difference: null,
    sequentialPValue: null,
  }
  if (control === undefined || treatment === undefined || control === treatment) return report
  if (control.units === 0 || treatment.units === 0) return report
  const [a, b] = [treatment, control].map(({ converted, units }) => ({ successes: converted, n: units }))
  if (a === undefined || b === undefined) return report
  const ratio = ratioInterval(a, b)
  const sequential = new SequentialTest()
  const blocks = Math.min(control.units, treatment.units)
  for (let block = 0; block < blocks; block++) {
    sequential.add(control.conversions[block] === '1', treatment.conversions[block] === '1')
  }
  return {
    ...report,
    uplift: ratio && { estimate: ratio.estimate - 1, low: ratio.low - 1, high: ratio.high - 1 },
    difference: differenceInterval(a, b),
    sequentialPValue: sequential.pValue,
  }
}
