import { describe, expect, it } from 'vitest'
import { budgetRows } from '../../console/usage/budget-rows.ts'
import { rangeStart } from '../../console/usage/ranges.ts'
import { otherName, topGroups } from '../../console/usage/top-groups.ts'
import { gatewayConfigSchema } from '../../src/table/gateway-config.ts'
import type { UsageReport, UsageSums } from '../../src/metering/usage-report.ts'

const dayMs = 86_400_000
const nowMs = 20_000 * dayMs + 5000

describe('budgets', () => {
  it('shows each tenant and key with what is spent of the day and the month, the fullest first [MODELS-CONSOLE-04]', () => {
    const table = gatewayConfigSchema.parse({
      tenants: { acme: { budgetUsdPerDay: 1, budgetUsdPerMonth: 4 } },
      keys: { key_1: { budgetUsdPerMonth: 0 } },
      defaults: { budgetUsdPerMonth: 10 },
    })
    const spent = {
      tenant: report([
        ['acme', 20_000, 500_000],
        ['acme', 19_990, 2_500_000],
        ['globex', 19_990, 1_000_000],
      ]),
      key: report([]),
    }
    expect(
      budgetRows(table, spent, nowMs).map(({ name, period, spentMicros, share }) => [
        name,
        period,
        spentMicros,
        share,
      ]),
    ).toEqual([
      ['key_1', 'month', 0, 1],
      ['acme', 'month', 3_000_000, 0.75],
      ['acme', 'day', 500_000, 0.5],
      ['globex', 'month', 1_000_000, 0.1],
    ])
  })
})

describe('the usage chart', () => {
  it('keeps the four largest and sums up the others without losing any', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f']
    const six = report(names.map((name, index) => [name, 20_000, index + 1]))
    const top = topGroups(six, ({ costMicros }) => costMicros)
    expect(top.names).toEqual(['f', 'e', 'd', 'c', otherName])
    expect(top.series.reduce((sum, { value }) => sum + value, 0)).toBe(21)
    expect(top.series.find(({ name }) => name === otherName)?.value).toBe(3)
  })

  it('begins at a whole bucket and ends with the one of now', () => {
    expect(rangeStart('week', nowMs)).toBe(19_994 * dayMs)
    expect(rangeStart('week', nowMs) + 7 * dayMs).toBeGreaterThan(nowMs)
  })
})

function report(rows: [name: string, day: number, costMicros: number][]): UsageReport {
  const sums = (costMicros: number): UsageSums => ({
    calls: 1,
    failed: 0,
    cancelled: 0,
    refused: 0,
    cacheHits: 0,
    unpriced: 0,
    inputTokens: 0,
    cacheReadTokens: 0,
    cacheWriteTokens: 0,
    outputTokens: 0,
    reasoningTokens: 0,
    costMicros,
    wastedTokens: 0,
    wastedCostMicros: 0,
  })
  return {
    total: sums(0),
    groups: [...new Set(rows.map(([name]) => name))].map((name) => ({
      name,
      ...sums(rows.filter(([own]) => own === name).reduce((sum, [, , cost]) => sum + cost, 0)),
    })),
    series: rows.map(([name, day, cost]) => ({ name, atMs: day * dayMs, ...sums(cost) })),
  }
}
