import { ModelDirectory } from '@heavylift/models'
import { startScriptedModelServer } from '@heavylift/models/testing'
import type { ScriptedModelServer } from '@heavylift/models/testing'
import { startTaskGateway } from '@heavylift/models/testing/gateway'
import type { TaskGateway } from '@heavylift/models/testing/gateway'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { AgentsTables } from '../../src/run/run-row.ts'
import { sumCosts } from '../../src/value/sum-costs.ts'
import { openScene, tenantId } from '../run/scene.ts'
import type { Scene } from '../run/scene.ts'

let server: ScriptedModelServer
let gateway: TaskGateway
let scene: Scene
beforeAll(async () => {
  let isCut = false
  server = await startScriptedModelServer(({ messages }, index) => {
    const asked = messages.at(-1)?.content ?? ''
    if (asked.includes('cut') && !isCut) {
      isCut = true
      return { deltas: ['half an '], ending: 'cut-hard' }
    }
    if (asked.includes('hang')) return { deltas: ['one', ' two'], ending: 'hang' }
    return { deltas: ['an', ' answer', '.'], promptTokens: 7 + (index % 5) }
  })
  // Prices that do not come out even, so that what is rounded where shows.
  const price = { input: 0.37, output: 1.913 }
  gateway = await startTaskGateway({ baseUrl: server.baseUrl, model: 'priced', price })
  const models = new ModelDirectory()
  models.attach(() => gateway.model)
  scene = await openScene({ models })
})
afterAll(async () => {
  await scene?.close()
  await gateway?.close()
  await server?.close()
})

const metered = (from = 0): number =>
  gateway.records
    .slice(from)
    .reduce((sum, { costMicros, wastedCostMicros }) => sum + costMicros + wastedCostMicros, 0)

async function cost(how: { by: 'agent' | 'team' | 'subject'; agent?: string }) {
  const database = scene.store.host.forSystem('agents').database<AgentsTables>()
  const { rows, total } = await sumCosts(database, tenantId, { sinceMs: 0, ...how })
  return {
    total: total.costMicros,
    by: Object.fromEntries(rows.map(({ name, costMicros }) => [String(name), costMicros])),
  }
}

it('costs by agent, team and subject are the meter of the gateway to the last micro-unit, answers that broke off, took too long or were cancelled included [AGENTS-COST-01]', async () => {
  const ask = { id: 'ask', kind: 'model', model: 'default', prompt: '${input.text}' }
  const definition = (name: string, team: string, step: object) => ({
    name,
    owner: { team, person: 'Ada' },
    input: { type: 'object', properties: { text: { type: 'string' }, customer: { type: 'string' } } },
    subject: '${input.customer}',
    steps: [{ ...ask, ...step }],
  })
  await scene.publish(definition('plain', 'north', {}))
  await scene.publish(definition('retried', 'north', { retry: { attempts: 4, firstWait: 'PT0.001S' } }))
  await scene.publish(definition('hurried', 'south', { timeout: 'PT0.5S' }))
  await scene.publish({
    name: 'caller',
    owner: { team: 'south', person: 'Ada' },
    subject: 'Zoe',
    steps: [{ id: 'call', kind: 'agent', agent: 'plain', with: { text: 'called' } }],
  })
  const byTeam: Record<string, number> = {}
  const played = async (team: string, agent: string, input: object) => {
    const before = gateway.records.length
    const row = await scene.run(agent, input)
    byTeam[team] = (byTeam[team] ?? 0) + metered(before)
    return row
  }
  for (const customer of ['Ann', 'Bo']) await played('north', 'plain', { text: 'hello', customer })
  await played('north', 'plain', { text: 'nobody' })
  const retried = await played('north', 'retried', { text: 'cut', customer: 'Ann' })
  expect(retried.state).toBe('done')
  const hurried = await played('south', 'hurried', { text: 'hang', customer: 'Bo' })
  expect(hurried).toMatchObject({ state: 'failed', error: { code: 'model-timeout' } })
  // A called agent costs its own team, and is about what its caller is about.
  const called = await played('north', 'caller', {})
  expect(called).toMatchObject({ state: 'done', cost_micros: 0, subject: 'Zoe' })

  // Cancelled in the middle of an answer.
  const before = gateway.records.length
  const { id } = await scene.agents.runs.start({
    tenantId,
    agent: 'plain',
    input: { text: 'hang', customer: 'Ann' },
    trigger: { kind: 'manual' },
  })
  await expect.poll(() => server.requests(), { timeout: 20_000 }).toBeGreaterThan(gateway.records.length)
  await scene.agents.runs.cancel(tenantId, id)
  expect((await scene.ended(id)).state).toBe('cancelled')
  await expect.poll(() => gateway.records.length, { timeout: 20_000 }).toBe(before + 1)
  byTeam['north'] = (byTeam['north'] ?? 0) + metered(before)

  expect(metered()).toBeGreaterThan(0)
  expect(gateway.records.map(({ status }) => status)).toEqual(
    expect.arrayContaining(['ok', 'cut', 'cancelled']),
  )
  const teams = await cost({ by: 'team' })
  expect(teams).toEqual({ total: metered(), by: byTeam })
  const subjects = await cost({ by: 'subject' })
  expect(subjects.total).toBe(metered())
  expect(Object.keys(subjects.by).toSorted()).toEqual(['Ann', 'Bo', 'Zoe', 'null'])
  expect(Object.values(subjects.by).reduce((sum, each) => sum + each, 0)).toBe(metered())
  const one = await cost({ by: 'agent', agent: 'retried' })
  expect(one.by).toEqual({ retried: retried.cost_micros })
})
