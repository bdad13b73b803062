import { afterAll, beforeAll, expect, it } from 'vitest'
import { openScene, tenantId } from '../run/scene.ts'
import type { Scene } from '../run/scene.ts'

let scene: Scene
beforeAll(async () => {
  scene = await openScene()
})
afterAll(() => scene?.close())

it('what agents save is computed from their runs and what was reported of them, once each [AGENTS-VALUE-03]', async () => {
  const { value } = scene.agents
  await scene.publish({ name: 'sorted', steps: [{ id: 'sort', kind: 'set', value: 1 }] })
  const rows = await Promise.all(
    Array.from({ length: 40 }, (_, at) => scene.run('sorted', {}, `sorted-${at}`)),
  )
  const outcomes = rows.flatMap(({ id: subjectId }, at) => [
    { subjectId, kind: 'rework-minutes' as const, value: at % 2 },
    { subjectId, kind: 'error' as const, value: at < 4 ? 1 : 0 },
  ])
  await value.setBaseline(tenantId, 'sorted', {
    minutes: Array.from({ length: 30 }, (_, at) => 5 + (at % 3)),
    claimedMinutes: null,
    errors: { count: 30, of: 100 },
    usdPerHour: 30,
    minutesPerApproval: 2,
    source: 'A week with a stop-watch.',
  })
  await value.report(tenantId, 'sorted', outcomes)
  // Reported again, as by a client whose answer was lost.
  await value.report(tenantId, 'sorted', outcomes)
  const [only] = await value.all(tenantId, 30)
  expect(only).toMatchObject({
    agent: 'sorted',
    runs: 40,
    outcomes: 40,
    // 40 runs of 6 minutes less half a minute each.
    hours: { grade: 'measured', estimate: expect.closeTo((40 * 5.5) / 60, 9) },
    errorsAvoided: { grade: 'measured', estimate: expect.closeTo(20, 9) },
    usd: { estimate: expect.closeTo(((40 * 5.5) / 60) * 30, 9) },
  })
  await expect(
    value.report(tenantId, 'sorted', [{ subjectId: 'of-another', kind: 'error', value: 1 }]),
  ).rejects.toMatchObject({ code: 'subject-unknown' })
})

it('chance says who does a case, always the same for it, and its outcomes are taken by its arm [AGENTS-VALUE-04]', async () => {
  const { value } = scene.agents
  await scene.publish({ name: 'tried', steps: [{ id: 'sort', kind: 'set', value: 1 }] })
  const units = Array.from({ length: 60 }, (_, at) => `order-${at}`)
  const arms = await Promise.all(units.map((unit) => value.arm(tenantId, 'tried', unit)))
  expect(await Promise.all(units.map((unit) => value.arm(tenantId, 'tried', unit)))).toEqual(arms)
  expect(new Set(arms)).toEqual(new Set(['person', 'agent']))
  await value.report(
    tenantId,
    'tried',
    units.map((unit) => ({ subjectId: `unit:${unit}`, kind: 'error' as const, value: 0 })),
  )
  await expect(value.arm(tenantId, 'nobody', 'order-1')).rejects.toMatchObject({ code: 'agent-unknown' })
})
