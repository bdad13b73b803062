import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ModelDirectory } from '@heavylift/models'
import { followRun } from '../../src/run/follow-run.ts'
import { diffRuns } from '../../src/run/diff-runs.ts'
import type { AgentsTables, RunRow } from '../../src/run/run-row.ts'
import { scriptedSource } from '../../src/testing/scripted-source.ts'
import { signWebhook } from '../../src/triggers/webhook.ts'
import { openScene, tenantId } from '../run/scene.ts'
import type { Scene } from '../run/scene.ts'

let scene: Scene
let isOpen = false
let underWay = 0
let mostUnderWay = 0
let fails = true
const gate = scriptedSource('gate', {
  pass: {
    answer: async () => {
      mostUnderWay = Math.max(mostUnderWay, ++underWay)
      await expect.poll(() => isOpen, { timeout: 30_000 }).toBe(true)
      underWay--
      return { state: 'done', value: null }
    },
  },
  maybe: {
    effect: 'outside',
    answer: () =>
      fails
        ? { state: 'failed', code: 'down', message: 'It is down.', isRetryable: false }
        : { state: 'done', value: 'up' },
  },
  count: { effect: 'outside', answer: ({ args }) => ({ state: 'done', value: args }) },
})
const tool = (id: string) => ({ id, from: 'gate', tool: id })
const echo = [{ id: 'go', kind: 'set', value: '${input}' }]

beforeAll(async () => {
  const models = new ModelDirectory()
  models.attach(() => ({
    name: 'dear',
    complete: async function* () {
      yield { type: 'text', text: 'x' }
      yield { type: 'done', finishReason: 'stop', usage: null, costMicros: 600_000 }
    },
  }))
  scene = await openScene({ sources: [gate], models })
})
afterAll(() => scene?.close())

const runsOf = (agent: string): Promise<RunRow[]> => scene.agents.runs.list({ tenantId, agent, limit: 50 })

async function started(agent: string, count: number): Promise<RunRow[]> {
  let rows: RunRow[] = []
  await expect
    .poll(async () => (rows = (await runsOf(agent)).filter(({ state }) => state === 'done')).length, {
      timeout: 30_000,
      interval: 50,
    })
    .toBeGreaterThanOrEqual(count)
  return rows
}

describe('triggers', () => {
  it('of a webhook start one run for each message that is signed, and none for a replay [AGENTS-HOOK-02]', async () => {
    await scene.publish({
      name: 'hooked',
      triggers: [{ id: 'paid', kind: 'webhook', input: { order: '${event.data.order}' } }],
      steps: echo,
    })
    const { triggers } = scene.agents
    const [row] = await triggers.list(tenantId, 'hooked')
    const body = new TextEncoder().encode('{"order":"A1"}')
    const timestamp = String(Math.floor(Date.now() / 1000))
    const headers = new Headers({
      'webhook-id': 'm1',
      'webhook-timestamp': timestamp,
      'webhook-signature': signWebhook(row!.secret!, 'm1', timestamp, body),
    })
    const first = await triggers.webhook(row!.hook_id!, headers, body)
    expect(await triggers.webhook(row!.hook_id!, headers, body)).toEqual({ id: first.id, isNew: false })
    expect(await scene.output(await scene.ended(first.id))).toEqual({ order: 'A1' })
    headers.set('webhook-signature', 'v1,AAAA')
    await expect(triggers.webhook(row!.hook_id!, headers, body)).rejects.toMatchObject({ status: 401 })
    await expect(triggers.webhook('nobody', headers, body)).rejects.toMatchObject({ status: 404 })
    expect(await runsOf('hooked')).toHaveLength(1)
    // Another version keeps the address and the secret.
    await scene.publish({ name: 'hooked', triggers: [{ id: 'paid', kind: 'webhook' }], steps: echo })
    expect((await triggers.list(tenantId, 'hooked'))[0]).toMatchObject({
      hook_id: row!.hook_id,
      secret: row!.secret,
    })
  })

  it('of a webhook have their secret sealed, one that was written in the open too [AGENTS-HOOK-03]', async () => {
    await scene.publish({ name: 'sealed', triggers: [{ id: 'in', kind: 'webhook' }], steps: echo })
    const { triggers } = scene.agents
    const database = scene.store.host.forSystem('agents').database<AgentsTables>()
    const kept = async () =>
      (
        await database
          .selectFrom('agent_trigger')
          .select('secret')
          .where('agent', '=', 'sealed')
          .executeTakeFirst()
      )?.secret
    const [row] = await triggers.list(tenantId, 'sealed')
    expect(row!.secret).toMatch(/^whsec_/)
    expect(await kept()).not.toContain(row!.secret)
    // As an earlier release has left it.
    await database
      .updateTable('agent_trigger')
      .set({ secret: row!.secret })
      .where('agent', '=', 'sealed')
      .execute()
    await triggers.sealSecrets()
    expect(await kept()).toMatch(/^sealed:/)
    const body = new TextEncoder().encode('{}')
    const timestamp = String(Math.floor(Date.now() / 1000))
    const headers = new Headers({
      'webhook-id': 'm1',
      'webhook-timestamp': timestamp,
      'webhook-signature': signWebhook(row!.secret!, 'm1', timestamp, body),
    })
    expect(await triggers.webhook(row!.hook_id!, headers, body)).toMatchObject({ isNew: true })
  })

  it('of a schedule start a run a tick, let ticks pass while one runs, and one of every second is no flood [AGENTS-CRON-02]', async () => {
    isOpen = false
    mostUnderWay = 0
    await scene.publish({
      name: 'ticks',
      triggers: [{ id: 'often', kind: 'schedule', cron: '* * * * * *' }],
      tools: [tool('pass')],
      steps: [{ id: 'go', kind: 'tool', tool: 'pass' }],
    })
    await expect.poll(async () => (await runsOf('ticks')).length, { timeout: 20_000 }).toBe(1)
    const due = async () => (await scene.agents.triggers.list(tenantId, 'ticks'))[0]!.next_ms!
    const firstDue = await due()
    await expect.poll(due, { timeout: 20_000 }).toBeGreaterThan(firstDue + 1_500)
    expect(await runsOf('ticks')).toHaveLength(1)
    isOpen = true
    const rows = await started('ticks', 2)
    expect(mostUnderWay).toBe(1)
    expect(new Set(rows.map(({ trigger }) => trigger.trigger))).toEqual(new Set(['often']))
    // The next version has none.
    await scene.publish({ name: 'ticks', steps: echo })
    expect(await scene.agents.triggers.list(tenantId, 'ticks')).toEqual([])
    await expect(
      scene.publish({ name: 'ticks', triggers: [{ id: 'x', kind: 'schedule', cron: 'soon' }], steps: echo }),
    ).rejects.toMatchObject({ code: 'cron-wrong' })
  })

  it('of an event start runs by type and source, once for each event [AGENTS-EVENT-02]', async () => {
    await scene.publish({
      name: 'told',
      triggers: [{ id: 'paid', kind: 'cloudevent', type: 'order.paid', source: '/shop' }],
      steps: echo,
    })
    const { triggers } = scene.agents
    const event = (id: string, source = '/shop') => ({
      specversion: '1.0' as const,
      id,
      source,
      type: 'order.paid',
      data: { id },
    })
    expect(await triggers.cloudEvent(tenantId, event('1'))).toEqual({ started: 1, woken: 0 })
    expect(await triggers.cloudEvent(tenantId, event('1'))).toEqual({ started: 0, woken: 0 })
    expect(await triggers.cloudEvent(tenantId, event('2', '/other'))).toEqual({ started: 0, woken: 0 })
    expect(await triggers.cloudEvent('other', event('3'))).toEqual({ started: 0, woken: 0 })
    expect((await started('told', 1)).map(({ input }) => input)).toEqual([{ value: { id: '1' } }])
  })

  it('of a queue and a stream start a run for each message once; what no run can begin with is laid aside [AGENTS-QUEUE-01]', async () => {
    const { triggers } = scene.agents
    const put = (id: string, data: unknown) =>
      triggers.put(tenantId, 'queue', 'orders', { id, key: 'k', data })
    expect(await put('1', { n: 1 })).toEqual({ isNew: true })
    await scene.publish({
      name: 'taker',
      input: { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] },
      triggers: [{ id: 'orders', kind: 'queue', queue: 'orders' }],
      steps: echo,
    })
    await put('bad', { n: 'x' })
    await put('2', { n: 2 })
    expect(await put('2', { n: 2 })).toEqual({ isNew: false })
    const rows = await started('taker', 2)
    expect(rows.map(({ input }) => input).toReversed()).toEqual([{ value: { n: 1 } }, { value: { n: 2 } }])
    await scene.publish({
      name: 'follower',
      triggers: [{ id: 's', kind: 'stream', stream: 'laps' }],
      steps: echo,
    })
    await triggers.put(tenantId, 'stream', 'laps', { id: 'l1', key: 'car', data: { lap: 1 } })
    expect(await started('follower', 1)).toHaveLength(1)
  })
})

describe('limits', () => {
  it('of runs at once hold over everything that waits, and all come to their turn [AGENTS-LIMIT-01]', async () => {
    isOpen = false
    mostUnderWay = 0
    await scene.publish({
      name: 'narrow',
      limits: { concurrentRuns: 2 },
      tools: [tool('pass')],
      steps: [{ id: 'go', kind: 'tool', tool: 'pass' }],
    })
    const { runs } = scene.agents
    await Promise.all(
      Array.from({ length: 6 }, () =>
        runs.start({ tenantId, agent: 'narrow', input: {}, trigger: { kind: 'manual' } }),
      ),
    )
    await expect.poll(() => underWay).toBe(2)
    isOpen = true
    expect(await started('narrow', 6)).toHaveLength(6)
    expect(mostUnderWay).toBe(2)
  })

  it('of money end a run that has used its own, and let the next wait for another day [AGENTS-LIMIT-02]', async () => {
    await scene.publish({
      name: 'dear',
      limits: { usdPerRun: 1, usdPerDay: 1 },
      steps: [
        { id: 'one', kind: 'model', prompt: 'x' },
        { id: 'two', kind: 'model', prompt: 'x', after: ['one'] },
        { id: 'three', kind: 'model', prompt: 'x', after: ['two'] },
      ],
    })
    const row = await scene.run('dear')
    expect(row).toMatchObject({
      state: 'failed',
      error: { code: 'run-over-budget', path: 'three' },
      cost_micros: 1_200_000,
    })
    const { id } = await scene.agents.runs.start({
      tenantId,
      agent: 'dear',
      input: {},
      trigger: { kind: 'manual' },
    })
    await new Promise((resolve) => setTimeout(resolve, 700))
    expect((await scene.agents.runs.find(tenantId, id)).state).toBe('queued')
    expect(await scene.agents.runs.cancel(tenantId, id)).toBe('cancelled')
  })
})

describe('versions', () => {
  it('go to a canary’s share by the run’s id, to all, and back; old runs finish on theirs [AGENTS-VERSION-01]', async () => {
    const { agents, runs } = scene.agents
    const name = 'versions'
    const waits = (value: string) => ({
      schema: 'heavylift.agent/1',
      name,
      title: name,
      steps: [
        { id: 'ask', kind: 'approve', who: ['x'], ask: '?' },
        { id: 'go', kind: 'set', after: ['ask'], value },
      ],
    })
    expect(await scene.publish(waits('one'))).toBe(1)
    expect(await agents.publish(tenantId, waits('one'))).toMatchObject({ version: 1 })
    const old = await runs.start({ tenantId, agent: name, input: {}, trigger: { kind: 'manual' } })
    await scene.inState(old.id, 'waiting')
    expect(await agents.publish(tenantId, waits('two'))).toMatchObject({ version: 2 })
    await agents.putLive(tenantId, name, 2, 0.3)
    const versions = await Promise.all(
      Array.from({ length: 400 }, (_, i) => agents.versionFor(tenantId, name, `run-${i}`)),
    )
    expect(versions.filter((version) => version === 2).length).toBeGreaterThan(80)
    expect(versions.filter((version) => version === 2).length).toBeLessThan(160)
    expect(await agents.versionFor(tenantId, name, 'run-7')).toBe(versions[7])
    await agents.putLive(tenantId, name, 2)
    expect(await agents.versionFor(tenantId, name, 'run-1')).toBe(2)
    await agents.putLive(tenantId, name, 1)
    expect(await agents.find(tenantId, name)).toMatchObject({ live_version: 1, canary_version: null })
    await agents.putLive(tenantId, name, 2)
    await runs.answer(tenantId, old.id, 'ask', { choice: 'approved', by: 'x' })
    expect(await scene.output(await scene.ended(old.id))).toBe('one')
    await agents.pause(tenantId, name, 'It misbehaves.')
    await expect(
      runs.start({ tenantId, agent: name, input: {}, trigger: { kind: 'manual' } }),
    ).rejects.toMatchObject({ code: 'agent-paused', message: expect.stringContaining('It misbehaves.') })
  })
})

describe('forks', () => {
  it('take over what went before and do the rest anew, also with another version [AGENTS-FORK-01]', async () => {
    const { runs, agents } = scene.agents
    const definition = (last: string) => ({
      schema: 'heavylift.agent/1',
      name: 'forked',
      title: 'forked',
      tools: [tool('count'), tool('maybe')],
      steps: [
        { id: 'first', kind: 'tool', tool: 'count', with: { n: 1 } },
        { id: 'second', kind: 'tool', tool: 'maybe', after: ['first'] },
        { id: 'third', kind: 'set', after: ['second'], value: last },
      ],
    })
    await scene.publish(definition('old'))
    const failed = await scene.run('forked')
    expect(failed).toMatchObject({ state: 'failed', error: { path: 'second' } })
    fails = false
    const before = gate.calls.filter((call) => call.tool === 'count').length
    const retried = await runs.fork(tenantId, failed.id, { step: null })
    expect(await scene.output(await scene.ended(retried.id))).toBe('old')
    expect(gate.calls.filter((call) => call.tool === 'count')).toHaveLength(before)
    expect((await runs.find(tenantId, failed.id)).state).toBe('failed')
    const { version } = await agents.publish(tenantId, definition('new'))
    const other = await runs.fork(tenantId, retried.id, { step: 'third', version })
    expect(await scene.output(await scene.ended(other.id))).toBe('new')
    const again = await runs.fork(tenantId, retried.id, { step: 'first' })
    await scene.ended(again.id)
    expect(gate.calls.filter((call) => call.tool === 'count')).toHaveLength(before + 1)
    await expect(runs.fork(tenantId, retried.id, { step: 'nowhere' })).rejects.toMatchObject({
      code: 'step-unknown',
    })
    const [a, b] = await Promise.all([retried.id, other.id].map((id) => runs.entries(tenantId, id, -1, 100)))
    expect(
      diffRuns(a!, b!)
        .filter(({ isSame }) => !isSame)
        .map(({ path }) => path),
    ).toEqual(['third'])
  })
})

describe('a run is seen', () => {
  it('live, entry by entry, from any number on, until it has ended [AGENTS-LIVE-01]', async () => {
    const { runs } = scene.agents
    await scene.publish({
      name: 'seen',
      steps: [
        { id: 'ask', kind: 'approve', who: ['x'], ask: '?' },
        { id: 'go', kind: 'set', after: ['ask'], value: 1 },
      ],
    })
    const { id } = await runs.start({ tenantId, agent: 'seen', input: {}, trigger: { kind: 'manual' } })
    await scene.inState(id, 'waiting')
    const told: string[] = []
    for await (const event of followRun(runs, { tenantId, runId: id }, -1, new AbortController().signal)) {
      const data = event.data as { state?: string; happened?: { kind: string }; path?: string }
      told.push(event.event === 'run' ? data.state! : `${data.happened!.kind} ${data.path}`)
      if (data.state === 'waiting') await runs.answer(tenantId, id, 'ask', { choice: 'approved', by: 'x' })
    }
    expect(told.filter((line) => line.includes(' '))).toEqual([
      'began ask',
      'waits ask',
      'ended ask',
      'began go',
      'ended go',
    ])
    expect(told.at(-1)).toBe('done')
    const rest: unknown[] = []
    for await (const event of followRun(runs, { tenantId, runId: id }, 2, new AbortController().signal))
      rest.push(event.id)
    expect(rest).toEqual(['3', '4', undefined])
  })

  it('by a search over input, result and error, and becomes a case [AGENTS-SEARCH-01]', async () => {
    const { cases, runs } = scene.agents
    await scene.publish({ name: 'found', steps: echo })
    const row = await scene.run('found', { note: '100 % of Ümläut_text' })
    const search = async (text: string) =>
      (await runs.list({ tenantId, agent: 'found', text, limit: 10 })).map(({ id }) => id)
    expect(await search('ümläut_TEXT')).toEqual([row.id])
    expect(await search('100 %')).toEqual([row.id])
    expect(await search('100 _')).toEqual([])
    await cases.save(tenantId, row.id, { title: 'With umlauts' })
    expect(await cases.list(tenantId, 'found')).toMatchObject([
      {
        title: 'With umlauts',
        input: { note: '100 % of Ümläut_text' },
        expected: { note: '100 % of Ümläut_text' },
      },
    ])
    expect(await runs.removeOld(Date.now() + 1_000, 1_000)).toBeGreaterThan(0)
    expect(await search('ümläut_TEXT')).toEqual([])
  })
})
