import { afterAll, beforeAll, expect, it } from 'vitest'
import { openScene, tenantId } from '../run/scene.ts'
import type { Scene } from '../run/scene.ts'

let scene: Scene
const dayMs = 86_400_000
let nowMs = Date.now()
beforeAll(async () => {
  scene = await openScene({ clock: { nowMs: () => nowMs, monotonicMs: () => performance.now() } })
})
afterAll(() => scene?.close())

const steps = [{ id: 'go', kind: 'set', value: 1 }]
const owned = (name: string, person: string, more: object = {}) =>
  scene.publish({ name, steps, owner: { team: 'one', person, ...more } })
const card = (name: string) => scene.agents.registry.catalogue.card(tenantId, name)

it('agents of somebody who is gone go to the stand-in; what nobody takes over is paused [AGENTS-OWNER-01]', async () => {
  const { owners } = scene.agents.registry
  await owned('accepted', 'Ada', { standIn: 'Bob' })
  await owned('forgotten', 'Ada', { standIn: 'Bob' })
  await owned('alone', 'Ada')
  await owned('of-another', 'Cleo')
  await owners.gone(tenantId, 'Ada', 'Dan')
  const { handovers } = await owners.duties(tenantId)
  expect(handovers.map(({ agent, to }) => `${agent} ${to}`).toSorted()).toEqual([
    'accepted Bob',
    'forgotten Bob',
  ])
  expect(await card('alone')).toMatchObject({
    state: 'paused',
    because: expect.stringContaining('Ada is gone'),
  })
  expect(await card('forgotten')).toMatchObject({ state: 'live', owner: 'Ada' })
  await owners.accept(tenantId, 'accepted')
  expect(await card('accepted')).toMatchObject({ state: 'live', owner: 'Bob' })
  nowMs += 15 * dayMs
  await owners.look()
  expect(await card('forgotten')).toMatchObject({
    state: 'paused',
    because: expect.stringContaining('Bob has not'),
  })
  expect(await card('accepted')).toMatchObject({ state: 'live', owner: 'Bob' })
  expect(await card('of-another')).toMatchObject({ state: 'live', owner: 'Cleo' })
  // Late is better than never.
  await owners.accept(tenantId, 'forgotten')
  expect(await card('forgotten')).toMatchObject({ state: 'live', owner: 'Bob' })
  await expect(owners.accept(tenantId, 'alone')).rejects.toMatchObject({ code: 'handover-unknown' })
})

it('tells of agents whose day of review is past [AGENTS-OWNER-02]', async () => {
  const dayOf = (days: number) => new Date(nowMs + days * dayMs).toISOString().slice(0, 10)
  await owned('late', 'Cleo', { review: dayOf(-2) })
  await owned('in-time', 'Cleo', { review: dayOf(2) })
  const { overdue } = await scene.agents.registry.owners.duties(tenantId)
  expect(overdue).toEqual([{ agent: 'late', owner: 'Cleo', reviewOn: dayOf(-2) }])
})

it('a deprecated agent tells its callers of its successor, a retired one refuses with advice [AGENTS-LIFE-01]', async () => {
  const { agents } = scene.agents
  await owned('old', 'Cleo')
  await owned('new', 'Cleo')
  const set = (life: 'active' | 'deprecated' | 'retired', successor: string | null) =>
    agents.setLife(tenantId, 'old', { life, successor, because: 'It is slow.' })
  await expect(set('deprecated', null)).rejects.toMatchObject({ code: 'successor-wrong' })
  await expect(set('deprecated', 'old')).rejects.toMatchObject({ code: 'successor-wrong' })
  await expect(set('deprecated', 'nobody')).rejects.toMatchObject({ code: 'successor-wrong' })
  expect(await agents.warning(tenantId, 'old')).toBeNull()
  await set('deprecated', 'new')
  expect((await scene.run('old')).state).toBe('done')
  expect(await agents.warning(tenantId, 'old')).toBe(
    'The agent "old" is deprecated: It is slow. Call "new" instead.',
  )
  expect(await card('old')).toMatchObject({ state: 'deprecated', successor: 'new' })
  await set('retired', 'new')
  await expect(scene.run('old')).rejects.toMatchObject({
    code: 'agent-retired',
    status: 409,
    message: expect.stringContaining('Call "new" instead.'),
  })
  await set('active', null)
  expect((await scene.run('old')).state).toBe('done')
  expect(await card('old')).toMatchObject({ state: 'live', successor: null })
})
