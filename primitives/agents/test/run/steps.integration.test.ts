import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ModelDirectory } from '@heavylift/models'
import type { Complete } from '@heavylift/models'
import type { ToolOutcome } from '../../src/tools/tool.ts'
import { scriptedSource } from '../../src/testing/scripted-source.ts'
import { agentSource } from '../../src/tools/agent-source.ts'
import { openScene, tenantId } from './scene.ts'
import type { Scene } from './scene.ts'

const done = (value: unknown): ToolOutcome => ({ state: 'done', value })
let flakyFails = 0
let answers: string[] = []
const shop = scriptedSource('shop', {
  echo: { answer: ({ args }) => done(args) },
  flaky: {
    effect: 'outside',
    answer: () =>
      flakyFails-- > 0
        ? { state: 'failed', code: 'busy', message: 'It is busy.', isRetryable: true }
        : done('at last'),
  },
  broken: {
    effect: 'outside',
    answer: () => ({ state: 'failed', code: 'no-stock', message: 'Nothing there.', isRetryable: false }),
  },
  halting: {
    effect: 'outside',
    answer: () => ({ state: 'lost', code: 'http-500', message: 'The server failed (500): out of paper' }),
  },
  mute: { answer: () => new Promise<ToolOutcome>(() => undefined) },
  huge: { answer: () => done('x'.repeat(2_000_000)) },
  throws: {
    answer: () => {
      throw new Error('garbage')
    },
  },
  typed: {
    input: { type: 'object', properties: { n: { type: 'integer' } }, required: ['n'] },
    answer: ({ args }) => done(args),
  },
})
const home = scriptedSource('away', { read: { answer: () => done('here') } })
/** A source that is away for a while. */
const away = {
  ...home,
  silentFor: 0,
  list: async (...context: Parameters<typeof home.list>) => {
    if (away.silentFor-- > 0) throw new Error('nobody home')
    return await home.list(...context)
  },
}
const tool = (id: string) => ({ id, from: 'shop', tool: id })
const complete: Complete = async function* () {
  yield { type: 'text', text: answers.shift() ?? 'none' }
  yield {
    type: 'done',
    finishReason: 'stop',
    usage: { promptTokens: 5, completionTokens: 2 },
    costMicros: 30,
  }
}

let scene: Scene
beforeAll(async () => {
  const models = new ModelDirectory()
  models.attach((task) => (task === 'nowhere' ? null : { name: 'scripted', complete }))
  scene = await openScene({ sources: [shop, away], models, config: { maxAnswerBytes: 1_000_000 } })
  const { agents, runs, sources } = scene.agents
  sources.register('agent', async (tenant, name) =>
    agentSource((await agents.live(tenant, name.slice('agent:'.length))).definition, runs),
  )
})
afterAll(() => scene?.close())

let count = 0
/** A run of an agent with these steps. */
async function runOf(steps: object[], more: { input?: unknown; result?: unknown; tools?: string[] } = {}) {
  const name = `a${++count}`
  await scene.publish({
    name,
    steps,
    tools: (more.tools ?? []).map(tool),
    ...('result' in more ? { result: more.result } : {}),
  })
  return await scene.run(name, more.input)
}

describe('joins', () => {
  it('skip what no exit leads to, and go on past a step whose condition is not true [AGENTS-RUN-02]', async () => {
    const row = await runOf(
      [
        { id: 'sort', kind: 'branch', cases: [{ id: 'a', when: 'input.wanted' }] },
        { id: 'on_a', kind: 'set', after: ['sort/a'], value: 1 },
        { id: 'after_a', kind: 'set', after: ['on_a'], value: 2 },
        { id: 'other', kind: 'set', after: ['sort/otherwise'], when: 'input.wanted', value: 3 },
        { id: 'last', kind: 'set', after: ['after_a', 'other'], value: 'came here' },
      ],
      { input: { wanted: false } },
    )
    expect(await scene.output(row)).toBe('came here')
    const story = await scene.story(row.id)
    expect(story.filter((line) => line.startsWith('skipped'))).toEqual([
      'skipped on_a',
      'skipped after_a',
      'skipped other',
    ])
  })

  it('give a failure to its error exit, or fail the run with its cause [AGENTS-RUN-03]', async () => {
    const handled = await runOf(
      [
        { id: 'charge', kind: 'tool', tool: 'broken' },
        { id: 'never', kind: 'set', after: ['charge'], value: 'no' },
        { id: 'mend', kind: 'set', after: ['charge/error'], value: '${steps.charge.error.code}' },
      ],
      { tools: ['broken'] },
    )
    expect(await scene.output(handled)).toBe('no-stock')
    const failed = await runOf([{ id: 'charge', kind: 'tool', tool: 'broken' }], { tools: ['broken'] })
    expect(failed).toMatchObject({
      state: 'failed',
      error: { code: 'no-stock', path: 'charge', message: 'Nothing there.' },
    })
  })
})

describe('calls', () => {
  it('are tried again as the step says, with the same key [AGENTS-CALL-02]', async () => {
    flakyFails = 2
    const step = { id: 'go', kind: 'tool', tool: 'flaky', retry: { attempts: 3, firstWait: 'PT0.01S' } }
    const row = await runOf([step], { tools: ['flaky'] })
    expect(await scene.output(row)).toBe('at last')
    const keys = shop.calls.filter((call) => call.tool === 'flaky').map(({ key }) => key)
    expect(keys).toHaveLength(3)
    expect(new Set(keys).size).toBe(1)
    flakyFails = 5
    expect(await runOf([step], { tools: ['flaky'] })).toMatchObject({
      state: 'failed',
      error: { code: 'busy' },
    })
  })

  it('are tried again where their source does not say what it has, as the step says [AGENTS-CALL-02]', async () => {
    const step = { id: 'go', kind: 'tool', tool: 'read', retry: { attempts: 3, firstWait: 'PT0.01S' } }
    const runAway = async (silentFor: number, more = {}) => {
      away.silentFor = silentFor
      const name = `away${++count}`
      await scene.publish({
        name,
        tools: [{ id: 'read', from: 'away', tool: 'read' }],
        steps: [{ ...step, ...more }],
      })
      return await scene.run(name)
    }
    expect(await scene.output(await runAway(2))).toBe('here')
    for (const more of [{}, { retry: { attempts: 1 } }])
      expect((await runAway(3, more)).error).toEqual({
        path: 'go',
        code: 'source-silent',
        message:
          'The source away does not say what tools it has: nobody home. See under Tools whether it answers there.',
      })
  })

  it('that may have happened are put to a person with what came back [AGENTS-CALL-01]', async () => {
    const name = `a${++count}`
    await scene.publish({
      name,
      tools: [tool('halting')],
      steps: [{ id: 'go', kind: 'tool', tool: 'halting' }],
    })
    const { runs } = scene.agents
    const { id } = await runs.start({ tenantId, agent: name, input: {}, trigger: { kind: 'manual' } })
    await scene.inState(id, 'waiting')
    const [question] = await runs.waits({ tenantId, runId: id })
    expect(question!.question!.ask).toBe(
      'Did the call of halting (shop) take place? Its answer was lost: The server failed (500): out of paper. The tool cannot tell.',
    )
    await runs.answer(tenantId, id, question!.path, { choice: 'give-up', by: 'ann' })
    expect((await scene.ended(id)).error?.code).toBe('outcome-unknown')
  })

  it('that never answer, answer too much, break off or are given what does not fit fail with a code [AGENTS-CALL-03]', async () => {
    const failure = async (name: string, more: object = {}) =>
      (await runOf([{ id: 'go', kind: 'tool', tool: name, ...more }], { tools: [name] })).error?.code
    expect(await failure('mute', { timeout: 'PT0.05S' })).toBe('tool-timeout')
    expect(await failure('huge')).toBe('answer-too-long')
    expect(await failure('throws')).toBe('tool-broke')
    expect(await failure('typed', { with: { n: 'x' } })).toBe('arguments-misfit')
  })
})

describe('models', () => {
  it('answer text or JSON that fits, at the cost that the gateway metered [AGENTS-MODEL-01]', async () => {
    answers = ['{"kind":"refund"}']
    const schema = { type: 'object', properties: { kind: { enum: ['refund', 'other'] } }, required: ['kind'] }
    const row = await runOf([{ id: 'sort', kind: 'model', prompt: 'Sort ${input.text}', output: schema }], {
      input: { text: 'money back' },
    })
    expect(await scene.output(row)).toEqual({ kind: 'refund' })
    expect(row).toMatchObject({ cost_micros: 30, tokens: 7 })
    answers = ['{"kind":"nonsense"}']
    const misfit = await runOf([{ id: 'sort', kind: 'model', prompt: 'x', output: schema }])
    expect(misfit).toMatchObject({ state: 'failed', error: { code: 'answer-misfit' }, cost_micros: 30 })
    const nowhere = await runOf([{ id: 'sort', kind: 'model', model: 'nowhere', prompt: 'x' }])
    expect(nowhere.error?.code).toBe('no-model')
  })
})

describe('maps', () => {
  it('run their steps for each item, in order of the items, and fail as one [AGENTS-RUN-04]', async () => {
    const steps = [{ id: 'one', kind: 'tool', tool: 'echo', with: { n: '${item}', at: '${index}' } }]
    const row = await runOf(
      [{ id: 'each', kind: 'map', over: 'input.items', steps, result: '${steps.one.output.n}' }],
      {
        tools: ['echo'],
        input: { items: [3, 1, 2] },
      },
    )
    expect(await scene.output(row)).toEqual([3, 1, 2])
    const failing = await runOf(
      [
        {
          id: 'each',
          kind: 'map',
          over: 'input.items',
          steps: [{ id: 'one', kind: 'tool', tool: 'broken' }],
        },
      ],
      { tools: ['broken'], input: { items: [1] } },
    )
    expect(failing.error).toMatchObject({ code: 'no-stock' })
  })
})

describe('waits', () => {
  it('for a person rest without memory, and the first answer stays [AGENTS-APPROVE-01]', async () => {
    await scene.publish({
      name: 'asks',
      steps: [
        {
          id: 'ask',
          kind: 'approve',
          who: ['finance'],
          ask: 'Refund ${input.n}?',
          show: { n: '${input.n}' },
        },
        { id: 'yes', kind: 'set', after: ['ask/approved'], value: '${steps.ask.output.by}' },
        { id: 'no', kind: 'set', after: ['ask/refused'], value: 'refused' },
      ],
    })
    const { runs } = scene.agents
    const { id } = await runs.start({ tenantId, agent: 'asks', input: { n: 7 }, trigger: { kind: 'manual' } })
    await scene.inState(id, 'waiting')
    const [question] = (await runs.questions(tenantId, 10)).filter(({ run_id: of }) => of === id)
    expect(question).toMatchObject({ path: 'ask', question: { ask: 'Refund 7?', show: { n: 7 } } })
    await expect(runs.answer(tenantId, id, 'ask', { choice: 'maybe', by: 'eve' })).rejects.toMatchObject({
      code: 'choice-wrong',
    })
    const both = await Promise.allSettled(
      ['ann', 'bob'].map((by) => runs.answer(tenantId, id, 'ask', { choice: 'approved', by })),
    )
    expect(both.filter(({ status }) => status === 'rejected')).toMatchObject([
      { reason: { code: 'answered-already' } },
    ])
    const row = await scene.ended(id)
    expect(['ann', 'bob']).toContain(await scene.output(row))
  })

  it('that nobody answers end at the deadline as the step says, and a later answer is refused [AGENTS-APPROVE-02]', async () => {
    await scene.publish({
      name: 'late',
      steps: [
        { id: 'ask', kind: 'approve', who: ['x'], ask: 'Well?', deadline: 'PT0.2S', late: 'refused' },
        { id: 'no', kind: 'set', after: ['ask/refused'], value: 'too late' },
      ],
    })
    const row = await scene.run('late')
    expect(await scene.output(row)).toBe('too late')
    await expect(
      scene.agents.runs.answer(tenantId, row.id, 'ask', { choice: 'approved', by: 'ann' }),
    ).rejects.toMatchObject({ code: 'approval-late', status: 409 })
  })

  it('for an event go on with what came, in every run that waits for it [AGENTS-WAIT-01]', async () => {
    await scene.publish({ name: 'paid', steps: [{ id: 'pay', kind: 'wait', event: 'paid.${input.order}' }] })
    const { runs } = scene.agents
    const { id } = await runs.start({
      tenantId,
      agent: 'paid',
      input: { order: 'A' },
      trigger: { kind: 'manual' },
    })
    await scene.inState(id, 'waiting')
    expect(await runs.event(tenantId, 'paid.B', {})).toBe(0)
    expect(await runs.event('other', 'paid.A', {})).toBe(0)
    expect(await runs.event(tenantId, 'paid.A', { euros: 3 })).toBe(1)
    expect(await scene.output(await scene.ended(id))).toEqual({ euros: 3 })
  })
})

describe('agents that call agents', () => {
  it('wait for the other run and have its result or its failure [AGENTS-AGENT-01]', async () => {
    await scene.publish({
      name: 'inner',
      steps: [{ id: 'go', kind: 'set', value: { twice: '${input.n * 2.0}' } }],
    })
    const row = await runOf([{ id: 'call', kind: 'agent', agent: 'inner', with: { n: 21 } }])
    expect(await scene.output(row)).toEqual({ twice: 42 })
    const wrong = await runOf([{ id: 'call', kind: 'agent', agent: 'nobody' }])
    expect(wrong.error?.code).toBe('agent-unknown')
  })

  it('are refused at publishing where they would call themselves, and stopped by depth where they do [AGENTS-AGENT-02]', async () => {
    await expect(
      scene.publish({ name: 'mirror', steps: [{ id: 'call', kind: 'agent', agent: 'mirror' }] }),
    ).rejects.toMatchObject({ code: 'definition-wrong' })
    const chain = async (name: string, next: string) =>
      scene.publish({ name, steps: [{ id: 'call', kind: 'agent', agent: next }] })
    await chain('c1', 'c2')
    await chain('c2', 'c3')
    await expect(chain('c3', 'c1')).rejects.toMatchObject({ code: 'definition-wrong' })
    for (let i = 3; i < 13; i++) await chain(`c${i}`, `c${i + 1}`)
    const deep = await scene.run('c1')
    expect(deep.error?.code).toBe('agents-too-deep')
  })
})

describe('agents as tools', () => {
  it('run under the caller’s rules while the caller rests, and in no circle [AGENTS-AGENT-03]', async () => {
    await scene.publish({
      name: 'doubler',
      summary: 'Doubles a number.',
      input: { type: 'object', required: ['n'], properties: { n: { type: 'number' } } },
      steps: [{ id: 'go', kind: 'set', value: { twice: '${input.n * 2.0}' } }],
    })
    const call = (name: string, args: object) =>
      scene.publish({
        name,
        tools: [
          {
            id: 'other',
            from: `agent:${name === 'asker' ? 'doubler' : name === 'ring-a' ? 'ring-b' : 'ring-a'}`,
            tool: 'run',
          },
        ],
        steps: [{ id: 'call', kind: 'tool', tool: 'other', with: args }],
      })
    await call('asker', { n: 21 })
    const row = await scene.run('asker')
    expect(await scene.output(row)).toEqual({ twice: 42 })
    const [child] = await scene.agents.runs.list({ tenantId, agent: 'doubler', limit: 5 })
    expect(child).toMatchObject({
      parent_run: row.id,
      depth: 1,
      trigger: { kind: 'agent', callers: [{ agent: 'asker' }] },
    })
    await call('asker', { n: 'no number' })
    expect((await scene.run('asker')).error?.code).toBe('arguments-misfit')
    await scene.publish({ name: 'ring-b', steps: [{ id: 'go', kind: 'set', value: 1 }] })
    await call('ring-a', {})
    await expect(call('ring-b', {})).rejects.toMatchObject({ code: 'definition-wrong' })
    // Where a version of before calls, or one that was never looked at so.
    const parent = {
      runId: row.id,
      path: 'x',
      depth: 2,
      subject: null,
      origins: { own: [] },
      callers: ['ring-b', 'asker'].map((agent) => ({ agent, version: 1 })),
    }
    await expect(
      scene.agents.runs.startChild({
        tenantId,
        agent: 'ring-b',
        version: null,
        id: 'run_circle',
        input: {},
        parent,
      }),
    ).rejects.toMatchObject({ code: 'agents-in-circle' })
  })
})

describe('cancelling', () => {
  it('ends a run that waits or works, and never one that has ended [AGENTS-CANCEL-01]', async () => {
    const { runs } = scene.agents
    await scene.publish({
      name: 'hangs',
      tools: [tool('mute')],
      steps: [{ id: 'go', kind: 'tool', tool: 'mute' }],
    })
    const start = async (agent: string): Promise<string> =>
      (await runs.start({ tenantId, agent, input: { n: 1 }, trigger: { kind: 'manual' } })).id
    const working = await start('hangs')
    await scene.inState(working, 'running')
    await runs.cancel(tenantId, working)
    expect(await scene.ended(working)).toMatchObject({ state: 'cancelled', error: { code: 'run-cancelled' } })
    const stopped = await start('hangs')
    await scene.inState(stopped, 'running')
    const because = { code: 'too-late', message: 'Nobody needs it any more.' }
    await runs.cancel(tenantId, stopped, because)
    expect(await scene.ended(stopped)).toMatchObject({ state: 'cancelled', error: because })
    const waiting = await start('asks')
    await scene.inState(waiting, 'waiting')
    expect(await runs.cancel(tenantId, waiting)).toBe('cancelled')
    const finished = await scene.run('inner', { n: 1 })
    expect(await runs.cancel(tenantId, finished.id)).toBe('done')
    expect((await runs.find(tenantId, finished.id)).state).toBe('done')
  })

  it('begins no step that would handle the failure, and stops every run of an agent at once [AGENTS-CANCEL-02]', async () => {
    const { runs, stops } = scene.agents
    await scene.publish({
      name: 'handles',
      tools: [tool('mute'), tool('broken')],
      steps: [
        { id: 'go', kind: 'tool', tool: 'mute' },
        { id: 'mend', kind: 'tool', tool: 'broken', after: ['go/error'] },
      ],
    })
    const before = shop.calls.filter((call) => call.tool === 'broken').length
    const ids = await Promise.all(
      [1, 2, 3].map(
        async () =>
          (await runs.start({ tenantId, agent: 'handles', input: {}, trigger: { kind: 'manual' } })).id,
      ),
    )
    await Promise.all(ids.map((id) => scene.inState(id, 'running')))
    const stop = (version?: number) =>
      stops.set(tenantId, {
        targets: [{ kind: 'agent', name: 'handles', version }],
        because: 'It must.',
        by: 'Ada',
      })
    await stop(99)
    expect((await Promise.all(ids.map((id) => runs.find(tenantId, id)))).map(({ state }) => state)).toEqual([
      'running',
      'running',
      'running',
    ])
    await stop()
    const rows = await Promise.all(ids.map((id) => scene.ended(id)))
    expect(rows.map(({ state }) => state)).toEqual(['cancelled', 'cancelled', 'cancelled'])
    expect(shop.calls.filter((call) => call.tool === 'broken')).toHaveLength(before)
  })
})

describe('starting', () => {
  it('joins the run of the same id, and refuses an input that does not fit [AGENTS-START-01]', async () => {
    await scene.publish({
      name: 'typed',
      input: { type: 'object', properties: { n: { type: 'number' } }, required: ['n'] },
      steps: [{ id: 'go', kind: 'set', value: '${input.n}' }],
    })
    const { runs } = scene.agents
    const start = (n: unknown) =>
      runs.start({ tenantId, agent: 'typed', id: 'order-1', input: { n }, trigger: { kind: 'manual' } })
    const both = await Promise.all([start(1), start(2)])
    expect(both.filter(({ isNew }) => isNew)).toHaveLength(1)
    expect([1, 2]).toContain(await scene.output(await scene.ended('order-1')))
    await expect(start('x')).rejects.toMatchObject({ code: 'input-misfit', status: 400 })
  })

  it('keeps long values out of the rows [AGENTS-PAYLOAD-01]', async () => {
    const text = 'y'.repeat(300_000)
    const row = await runOf([{ id: 'go', kind: 'set', value: '${input.text}' }], { input: { text } })
    expect(row.input).toMatchObject({ ref: expect.stringContaining('runs/main/'), bytes: 300_011 })
    expect(await scene.output(row)).toBe(text)
  })
})
