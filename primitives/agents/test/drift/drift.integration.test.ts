import { createRandom } from '@heavylift/core/math'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { RunRow } from '../../src/run/run-row.ts'
import { openScene, tenantId } from '../run/scene.ts'
import type { Scene } from '../run/scene.ts'

let scene: Scene
beforeAll(async () => {
  scene = await openScene({ config: { drift: { onDrift: 'roll-back' } } })
})
afterAll(() => scene?.close())

/** Ended runs as the journal writes them; `version` 2 from `changedAt` on. */
async function writeRuns(agent: string, count: number, of: (at: number) => Partial<RunRow>): Promise<void> {
  const beganMs = Date.now() - 1_000_000
  const rows = Array.from({ length: count }, (_, at) => ({
    tenant_id: tenantId,
    id: `${agent}-${String(at).padStart(5, '0')}`,
    agent,
    version: 1,
    state: 'done' as const,
    input: JSON.stringify({ inline: {} }) as never,
    trigger: JSON.stringify({ kind: 'manual' }) as never,
    cost_micros: 1_000 + (at % 7),
    created_ms: beganMs + at,
    turned_ms: beganMs + at,
    ended_ms: beganMs + at,
    ...of(at),
  }))
  const database = scene.store.host.forSystem('agents').database<{ run: RunRow }>()
  for (let from = 0; from < count; from += 500)
    await database
      .insertInto('run')
      .values(rows.slice(from, from + 500) as never)
      .execute()
}

it('an agent whose runs begin to fail with a version is told of and rolled back, and watched anew once somebody accepts it; one that stays the same is not [AGENTS-DRIFT-02]', async () => {
  const { drift, agents, value } = scene.agents
  const step = (value: number) => ({ steps: [{ id: 'sort', kind: 'set', value }] })
  for (const name of ['worse', 'same']) {
    await scene.publish({ name, ...step(1) })
    await scene.publish({ name, ...step(2) })
  }
  const random = createRandom('drift')
  await writeRuns('worse', 900, (at) => ({
    version: at < 600 ? 1 : 2,
    state: random.chance(at < 600 ? 0.03 : 0.35) ? 'failed' : 'done',
  }))
  await writeRuns('same', 900, (at) => ({
    version: at < 600 ? 1 : 2,
    state: random.chance(0.1) ? 'failed' : 'done',
  }))
  await drift.look()
  // Looked at again, as by a process that takes over.
  await drift.look()
  expect(await drift.alarms(tenantId)).toMatchObject([
    { agent: 'worse', measure: 'failed', alarm: { since: { version: 2 }, did: 'rolled-back' } },
  ])
  expect(await agents.find(tenantId, 'worse')).toMatchObject({ live_version: 1, paused_because: null })
  const same = await drift.of(tenantId, 'same')
  expect(same.map(({ measure, count, alarm }) => [measure, count, alarm])).toEqual([
    ['failed', 900, null],
    ['cost', 900, null],
  ])
  await drift.accept(tenantId, 'worse', 'failed', { by: 'Ada', because: 'The supplier was down.' })
  expect(await drift.alarms(tenantId)).toEqual([])
  const [failed] = await drift.of(tenantId, 'worse')
  expect(failed).toMatchObject({ measure: 'failed', count: 0, accepted: { by: 'Ada' } })

  // Rework is taken when it is reported, once for a run however often that is.
  const outcomes = Array.from({ length: 40 }, (_, at) => ({
    subjectId: `same-${String(at).padStart(5, '0')}`,
    kind: 'rework-minutes' as const,
    value: at % 4 === 0 ? 5 : 0,
  }))
  await value.report(tenantId, 'same', outcomes.slice(0, 30))
  await value.report(tenantId, 'same', outcomes)
  const rework = (await drift.of(tenantId, 'same')).find(({ measure }) => measure === 'rework')
  expect(rework).toMatchObject({ count: 40, mean: 0.25 })
  await expect(
    drift.accept(tenantId, 'nobody', 'cost', { by: 'Ada', because: 'none' }),
  ).rejects.toMatchObject({ code: 'drift-unknown' })
})
