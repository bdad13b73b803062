import { afterEach, beforeEach, expect, test } from 'vitest'
import { usageCsv } from '../../src/metering/usage-report.ts'
import type { CallFilter, UsageStore } from '../../src/metering/usage-store.ts'
import { callRecord } from './call-record.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const midnightMs = Date.UTC(2026, 4, 10)

/** What every place that usage is kept in has to do. `open` gives an empty one that drops no old calls. */
export function runUsageStoreContract({ open }: { open: () => Promise<UsageStore> }): void {
  let usage: UsageStore
  beforeEach(async () => {
    usage = await open()
  })
  afterEach(() => usage.close())

  async function add(calls: ReturnType<typeof callRecord>[]): Promise<void> {
    for (const call of calls) usage.add(call)
    await usage.flush()
  }

  test('usage sums up calls by tenant, key, model and provider [MODELS-METER-07]', async () => {
    await add([
      callRecord({ id: 'a', atMs: midnightMs, keyId: null }),
      callRecord({ id: 'b', atMs: midnightMs + hourMs, costMicros: 100 }),
      callRecord({ id: 'c', atMs: midnightMs + dayMs, status: 'failed', isPriced: false, costMicros: 0 }),
      callRecord({ id: 'd', atMs: midnightMs, tenantId: 'other', model: '=small', cache: 'hit' }),
      callRecord({ id: 'e', atMs: midnightMs, tenantId: 'other', status: 'rejected', model: 'invented' }),
    ])
    const range = { fromMs: midnightMs, toMs: midnightMs + 2 * dayMs }
    const all = await usage.readUsage({ tenantId: null, ...range, by: 'tenant', bucket: 'day' })
    expect(all.total).toMatchObject({
      calls: 5,
      failed: 1,
      refused: 1,
      unpriced: 1,
      cacheHits: 1,
      inputTokens: 500,
    })
    expect(all.groups.map(({ name, calls: n, costMicros }) => [name, n, costMicros])).toEqual([
      ['acme', 3, 139],
      ['other', 2, 78],
    ])
    expect(all.series.map(({ atMs, name, calls: n }) => [atMs - midnightMs, name, n])).toEqual([
      [0, 'acme', 2],
      [0, 'other', 2],
      [dayMs, 'acme', 1],
    ])
    const keys = await usage.readUsage({ tenantId: 'acme', ...range, by: 'key', bucket: 'hour' })
    expect(keys.groups.map(({ name, calls: n }) => [name, n])).toEqual([
      ['key_1', 2],
      ['', 1],
    ])
    const models = await usage.readUsage({ tenantId: 'other', ...range, by: 'model', bucket: 'day' })
    expect(models.groups.map(({ name }) => name).toSorted()).toEqual(['', '=small'])
    const csv = usageCsv(models, 'model').split('\r\n')
    expect(csv[0]).toMatch(/^at,model,calls,failed/)
    expect(csv[2]).toMatch(/^2026-05-10T00:00:00\.000Z,"'=small",1,0,0,0,1,/)
    const later = { fromMs: midnightMs + 1.5 * hourMs, toMs: range.toMs }
    expect(
      (await usage.readUsage({ tenantId: null, ...later, by: 'model', bucket: 'hour' })).total.calls,
    ).toBe(2)
  })

  test('calls are listed newest first, filtered and paged', async () => {
    const calls = Array.from({ length: 5 }, (_, i) =>
      callRecord({
        id: `call_${i}`,
        atMs: midnightMs + i * dayMs,
        status: i % 2 === 0 ? 'ok' : 'cut',
        errorCode: i === 3 ? 'model-cut-off' : null,
      }),
    )
    await add(calls)
    const idsOf = async (filter: Partial<CallFilter>) =>
      (await usage.listCalls({ tenantId: null, limit: 3, ...filter })).map(({ id }) => id)
    expect(await idsOf({})).toEqual(['call_4', 'call_3', 'call_2'])
    expect(await idsOf({ beforeId: 'call_2' })).toEqual(['call_1', 'call_0'])
    expect(await idsOf({ statuses: ['cut', 'failed'] })).toEqual(['call_3', 'call_1'])
    expect(await idsOf({ fromMs: midnightMs + dayMs, toMs: midnightMs + 3 * dayMs })).toEqual([
      'call_2',
      'call_1',
    ])
    expect(await idsOf({ text: 'CUT-off' })).toEqual(['call_3'])
    expect(await idsOf({ tenantId: 'other' })).toEqual([])
    expect(await usage.readCall('acme', 'call_2')).toEqual({ call: calls[2], text: null })
    expect(await usage.readCall('other', 'call_2')).toBeNull()
    expect(await usage.readCall(null, 'call_9')).toBeNull()
  })

  test('texts are kept only when given, without keys in them', async () => {
    const call = callRecord({ id: 'call_1', atMs: midnightMs })
    usage.add(call, {
      request: 'use sk-proj-abcdefghijklmnop1234 and AKIAABCDEFGHIJKLMNOP',
      answer: 'ok',
    })
    await usage.flush()
    expect((await usage.readCall('acme', call.id))?.text).toEqual({
      request: 'use sk-[redacted] and [redacted]',
      answer: 'ok',
    })
  })

  test('what was spent today and this month is read by tenant and key', async () => {
    const nowMs = midnightMs + 12 * hourMs
    const spend = (id: string, atMs: number, keyId: string | null, costMicros: number) =>
      callRecord({ id, atMs, keyId, costMicros, wastedCostMicros: 1 })
    await add([
      spend('a', Date.UTC(2026, 3, 30, 23), 'key_1', 1000),
      spend('b', Date.UTC(2026, 4, 1), 'key_1', 100),
      spend('c', nowMs, 'key_1', 10),
      spend('d', nowMs, null, 1),
    ])
    const rows = await usage.readSpent(nowMs)
    expect(rows.toSorted((a, b) => a.monthMicros - b.monthMicros)).toEqual([
      { tenantId: 'acme', keyId: 'key_1', dayMicros: 11, monthMicros: 112 },
      { tenantId: 'acme', keyId: null, dayMicros: 13, monthMicros: 114 },
    ])
  })

  test('whether models were ever called is known', async () => {
    expect(await usage.hasCalls()).toBe(false)
    await add([callRecord({ id: 'a', model: 'heavylift-sample/x' })])
    expect(await usage.hasCalls()).toBe(false)
    await add([callRecord({ id: 'b' })])
    expect(await usage.hasCalls()).toBe(true)
  })
}
