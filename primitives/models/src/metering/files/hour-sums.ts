import type { SpentRow } from '../../admission/limits.ts'
import type { CallRecord } from '../call-record.ts'
import { whole } from '../call-rows.ts'
import { noUsage, reportUsage, sumNames } from '../usage-report.ts'
import type { UsageQuery, UsageReport, UsageRow, UsageSums } from '../usage-report.ts'

export const hourMs = 3_600_000
export const dayMs = 24 * hourMs

/** What one key of a tenant used of one model of one provider in an hour (UTC). No key is ''. */
export interface HourRow extends UsageSums {
  hourMs: number
  tenantId: string
  keyId: string
  /** '' for refused calls: clients may ask for models that do not exist, under any name. */
  model: string
  provider: string
}

/** Sums of calls by hour, as `usage_hour` has them in PostgreSQL. */
export class HourSums {
  readonly #rows = new Map<string, HourRow>()

  addCall(call: CallRecord): void {
    const { usage, status } = call
    const row = this.#row({
      hourMs: Math.floor(call.atMs / hourMs) * hourMs,
      tenantId: call.tenantId,
      keyId: call.keyId ?? '',
      model: status === 'rejected' ? '' : call.model,
      provider: call.provider,
    })
    row.calls += 1
    if (status === 'failed' || status === 'cut') row.failed += 1
    if (status === 'cancelled') row.cancelled += 1
    if (status === 'shed' || status === 'rejected') row.refused += 1
    if (call.cache === 'hit' || call.cache === 'ready') row.cacheHits += 1
    if (!call.isPriced) row.unpriced += 1
    row.inputTokens += whole(usage.input)
    row.cacheReadTokens += whole(usage.cacheRead)
    row.cacheWriteTokens += whole(usage.cacheWrite)
    row.outputTokens += whole(usage.output)
    row.reasoningTokens += whole(usage.reasoning)
    row.costMicros += whole(call.costMicros)
    row.wastedTokens += whole(call.wastedTokens)
    row.wastedCostMicros += whole(call.wastedCostMicros)
  }

  addRow(given: HourRow): void {
    const row = this.#row(given)
    for (const sum of sumNames) row[sum] += given[sum]
  }

  rows(): HourRow[] {
    return [...this.#rows.values()]
  }

  #row({ hourMs, tenantId, keyId, model, provider }: Omit<HourRow, keyof UsageSums>): HourRow {
    const key = JSON.stringify([hourMs, tenantId, keyId, model, provider])
    let row = this.#rows.get(key)
    if (row === undefined) {
      row = { hourMs, tenantId, keyId, model, provider, ...noUsage() }
      this.#rows.set(key, row)
    }
    return row
  }
}

const fieldOf = { tenant: 'tenantId', key: 'keyId', model: 'model', provider: 'provider' } as const

/** The report that a query asks for, over rows of which any number may not be part of it. */
export class UsageSummary {
  readonly #query: UsageQuery
  readonly #fromMs: number
  readonly #rows = new Map<string, UsageRow>()

  constructor(query: UsageQuery) {
    this.#query = query
    this.#fromMs = Math.floor(query.fromMs / hourMs) * hourMs
  }

  add(given: HourRow): void {
    const { tenantId, toMs, by, bucket } = this.#query
    if (given.hourMs < this.#fromMs || given.hourMs >= toMs) return
    if (tenantId !== null && given.tenantId !== tenantId) return
    const name = given[fieldOf[by]]
    const atMs = bucket === 'day' ? Math.floor(given.hourMs / dayMs) * dayMs : given.hourMs
    const key = `${atMs} ${name}`
    const row = this.#rows.get(key) ?? { atMs, name, ...noUsage() }
    this.#rows.set(key, row)
    for (const sum of sumNames) row[sum] += given[sum]
  }

  report(): UsageReport {
    return reportUsage(
      [...this.#rows.values()].toSorted(
        (a, b) => a.atMs - b.atMs || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0),
      ),
    )
  }
}

/** What tenants and their keys spent since the beginning of the UTC day and month. */
export class SpentSummary {
  readonly fromMs: number
  readonly #dayFromMs: number
  readonly #rows = new Map<string, SpentRow>()

  constructor(nowMs: number) {
    const now = new Date(nowMs)
    this.fromMs = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), 1)
    this.#dayFromMs = Math.floor(nowMs / dayMs) * dayMs
  }

  add(row: HourRow): void {
    if (row.hourMs < this.fromMs) return
    const micros = row.costMicros + row.wastedCostMicros
    for (const keyId of row.keyId === '' ? [null] : [null, row.keyId]) {
      const key = JSON.stringify([row.tenantId, keyId])
      const spent = this.#rows.get(key) ?? { tenantId: row.tenantId, keyId, dayMicros: 0, monthMicros: 0 }
      this.#rows.set(key, spent)
      spent.monthMicros += micros
      if (row.hourMs >= this.#dayFromMs) spent.dayMicros += micros
    }
  }

  rows(): SpentRow[] {
    return [...this.#rows.values()]
  }
}
