import { fork, type ChildProcess } from 'node:child_process'
import { join } from 'node:path'
import { createTestStore } from '@heavylift/store/testing'
import type { TestStore } from '@heavylift/store/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startEffectServer } from '../../src/benches/kill/effect-server.ts'
import type { EffectServer } from '../../src/benches/kill/effect-server.ts'
import { killAgent } from '../../src/benches/kill/kill-agent.ts'
import type { StartRun } from '../../src/benches/kill/serve-child.ts'
import type { OpenAgents } from '../../src/open-agents.ts'
import { endStates } from '../../src/run/entry.ts'
import { agents as system } from '../../src/system.ts'
import { openTestAgents } from '../../src/testing/open-test-agents.ts'
import { scriptedSource } from '../../src/testing/scripted-source.ts'
import type { ToolOutcome } from '../../src/tools/tool.ts'
import { openScene, tenantId } from '../run/scene.ts'
import type { Scene } from '../run/scene.ts'

const waiting = { timeout: 60_000, interval: 50 }

const startOf = (id: string): StartRun => ({ id, agent: 'killed', input: {} })

describe('the kill switch over two server processes', () => {
  let store: TestStore
  let desk: OpenAgents
  let world: EffectServer
  const children: ChildProcess[] = []
  const said: { started?: string; failed?: string; error?: string }[] = []

  const startChild = async (slot: number): Promise<ChildProcess> => {
    const child = fork(join(import.meta.dirname, '../../src/benches/kill/agents-child.ts'), [
      store.databaseUrl,
      join(store.dataDir, `child-${slot}`),
      world.url,
    ])
    children.push(child)
    const ready = Promise.withResolvers<void>()
    child.on('message', (message: 'ready' | object) => {
      if (message === 'ready') ready.resolve()
      else said.push(message)
    })
    await ready.promise
    return child
  }

  beforeAll(async () => {
    store = await createTestStore({ durable: true, migrations: { agents: system.migrations } })
    world = await startEffectServer(300, Math.random)
    // It starts and works on no run: it stands for whoever stops.
    desk = openTestAgents(store.host.forSystem('agents'), { sources: [scriptedSource('world', {})] })
    const { version } = await desk.agents.publish(tenantId, killAgent)
    await desk.agents.putLive(tenantId, 'killed', version)
  }, 120_000)
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL')
    await desk?.close()
    await world?.close()
    await store?.close()
  })

  it('ends runs in both, doubles no effect, holds after a restart, says who and why, and is lifted [AGENTS-STOP-01]', async () => {
    const both = await Promise.all([startChild(0), startChild(1)])
    const ids = Array.from({ length: 16 }, (_, at) => `run-${at}`)
    ids.forEach((id, at) => both[at % 2]!.send(startOf(id)))
    await expect.poll(() => world.effects.length, waiting).toBeGreaterThan(10)
    const stopId = await desk.stops.set(tenantId, {
      targets: [{ kind: 'agent', name: 'killed' }],
      because: 'It orders too much.',
      by: 'Ada',
    })
    const rows = () => Promise.all(ids.map((id) => desk.runs.find(tenantId, id)))
    await expect
      .poll(async () => (await rows()).every(({ state }) => endStates.includes(state)), waiting)
      .toBe(true)
    const ended = await rows()
    expect(ended.some(({ state }) => state === 'cancelled')).toBe(true)
    for (const { state, error } of ended)
      if (state === 'cancelled') {
        expect(error?.code).toBe('agent-stopped')
        expect(error?.message).toMatch(/stopped by Ada at .*It orders too much\./)
      }
    const done = world.effects.map(({ run, n }) => `${run} ${n}`)
    expect(new Set(done).size).toBe(done.length)
    // What took place is in the journal, or is in doubt there; nothing is forgotten.
    for (const { run, n } of world.effects) {
      const entries = await desk.runs.entries(tenantId, run, -1, 1_000)
      expect(
        entries.some(
          ({ happened }) => happened.kind === 'intent' && JSON.stringify(happened).includes(`"n":${n}`),
        ),
      ).toBe(true)
    }

    for (const child of both) child.kill('SIGKILL')
    const next = await startChild(2)
    next.send(startOf('run-after'))
    await expect
      .poll(() => said.find(({ failed }) => failed === 'run-after')?.error, waiting)
      .toMatch(/stopped by Ada/)
    await desk.stops.lift(tenantId, stopId, { by: 'Bob', because: 'It is mended.' })
    // Until the process has heard of it.
    await expect
      .poll(() => {
        next.send(startOf('run-again'))
        return said.some(({ started }) => started === 'run-again')
      }, waiting)
      .toBe(true)
    await expect.poll(async () => (await desk.runs.find(tenantId, 'run-again')).state, waiting).toBe('done')
    expect(await desk.stops.list(tenantId)).toMatchObject([
      { id: stopId, by: 'Ada', lifted: { by: 'Bob', because: 'It is mended.' }, targetCount: 1 },
    ])
    await expect(desk.stops.lift(tenantId, stopId, { by: 'Bob', because: 'x' })).rejects.toMatchObject({
      code: 'stop-lifted',
    })
  }, 180_000)
})

describe('what is stopped', () => {
  let scene: Scene
  const answers: ((outcome: ToolOutcome) => void)[] = []
  const source = scriptedSource('shop', {
    read: { answer: () => new Promise<ToolOutcome>((resolve) => answers.push(resolve)) },
    pay: {
      effect: 'money',
      takesKey: true,
      answer: () => new Promise<ToolOutcome>((resolve) => answers.push(resolve)),
    },
  })
  beforeAll(async () => {
    scene = await openScene({ sources: [source] })
    for (const id of ['read', 'pay'])
      await scene.publish({
        name: `uses-${id}`,
        tools: [{ id, from: 'shop', tool: id, credential: `${id}-key` }],
        steps: [{ id: 'go', kind: 'tool', tool: id }],
      })
    await scene.publish({ name: 'rests', steps: [{ id: 'go', kind: 'wait', event: 'never' }] })
  })
  afterAll(() => scene?.close())
  const start = async (agent: string) =>
    (await scene.agents.runs.start({ tenantId, agent, input: {}, trigger: { kind: 'manual' } })).id
  const stop = (kind: 'agent' | 'tool' | 'source' | 'credential', name: string, version?: number) =>
    scene.agents.stops.set(tenantId, { targets: [{ kind, name, version }], because: 'Why not.', by: 'Ada' })
  const lift = (id: string) => scene.agents.stops.lift(tenantId, id, { by: 'Ada', because: 'Enough.' })

  it('is called by nobody, and a read of it is broken off [AGENTS-STOP-02]', async () => {
    const run = await start('uses-read')
    await expect.poll(() => source.calls.length, waiting).toBe(1)
    const id = await stop('tool', 'shop/read')
    expect(await scene.ended(run)).toMatchObject({
      state: 'failed',
      error: { message: expect.stringContaining('stopped by Ada') },
    })
    expect((await scene.run('uses-read')).error).toMatchObject({ code: 'tool-stopped' })
    await lift(id)
    for (const [kind, name] of [
      ['source', 'shop'],
      ['credential', 'read-key'],
    ] as const) {
      const other = await stop(kind, name)
      expect((await scene.run('uses-read')).error).toMatchObject({ code: 'tool-stopped' })
      await lift(other)
    }
    expect(source.calls).toHaveLength(1)
  })

  it('lets a payment under way end; one that was lost is asked about, not repeated [AGENTS-STOP-02]', async () => {
    const before = source.calls.length
    const run = await start('uses-pay')
    await expect.poll(() => source.calls.length, waiting).toBe(before + 1)
    const id = await stop('tool', 'shop/pay')
    answers.at(-1)!({ state: 'lost', code: 'gone', message: 'The line is dead.' })
    await scene.inState(run, 'waiting')
    const [question] = await scene.agents.runs.questions(tenantId, 10)
    expect(question).toMatchObject({ run_id: run, kind: 'uncertain' })
    expect(source.calls).toHaveLength(before + 1)
    await scene.agents.runs.answer(tenantId, run, question!.path, { choice: 'happened', by: 'Ada' })
    expect(await scene.ended(run)).toMatchObject({ state: 'done' })
    expect(source.calls).toHaveLength(before + 1)
    await lift(id)
  })

  it('ends runs that rest, of one version or of all, and begins none [AGENTS-STOP-01]', async () => {
    const run = await start('rests')
    await scene.inState(run, 'waiting')
    const other = await stop('agent', 'rests', 7)
    expect((await scene.agents.runs.find(tenantId, run)).state).toBe('waiting')
    const id = await stop('agent', 'rests', 1)
    expect(await scene.ended(run)).toMatchObject({ state: 'cancelled', error: { code: 'agent-stopped' } })
    await expect(start('rests')).rejects.toMatchObject({ code: 'agent-stopped', status: 409 })
    await expect(scene.agents.runs.fork(tenantId, run, { step: 'go' })).rejects.toMatchObject({
      code: 'agent-stopped',
    })
    await lift(id)
    await lift(other)
    await scene.inState(await start('rests'), 'waiting')
  })
})
