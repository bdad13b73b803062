import { ModelDirectory } from '@heavylift/models'
import type { Complete } from '@heavylift/models'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agentDefinition } from '../../src/definition/definition.ts'
import { trialOfAgent, trialOfStep } from '../../src/drafts/trial.ts'
import type { Change } from '../../src/evaluate/verdict.ts'
import type { EvaluationState } from '../../src/run/run-row.ts'
import { scriptedSource } from '../../src/testing/scripted-source.ts'
import type { ToolOutcome } from '../../src/tools/tool.ts'
import { openScene, tenantId } from '../run/scene.ts'
import type { Scene } from '../run/scene.ts'

const done = (value: unknown): ToolOutcome => ({ state: 'done', value })
/** What was done to the world: a case adds nothing to it. */
const refunds: unknown[] = []
let looks = 0
let price = 20
const shop = scriptedSource('shop', {
  price: {
    answer: () => {
      looks++
      return done({ price })
    },
  },
  refund: {
    effect: 'money',
    input: {
      type: 'object',
      properties: { amount: { type: 'number' }, note: { type: 'string' } },
      required: ['amount'],
    },
    answer: ({ args }) => {
      refunds.push(args)
      return done({ id: refunds.length })
    },
  },
})
const complete: Complete = async function* (messages) {
  const text = messages.map(({ content }) => String(content)).join(' ')
  yield { type: 'text', text: text.includes('curt') ? 'no' : 'yes' }
  yield { type: 'done', finishReason: 'stop', usage: null, costMicros: 10 }
}

let scene: Scene
beforeAll(async () => {
  const models = new ModelDirectory()
  // Of the class `curt` is a model that answers otherwise.
  models.attach((task) => ({
    name: task,
    complete: (messages, options) =>
      complete(task === 'curt' ? [...messages, { role: 'user', content: 'curt' }] : messages, options),
  }))
  scene = await openScene({ sources: [shop], models })
})
afterAll(() => scene?.close())

const tools = ['price', 'refund'].map((id) => ({ id, from: 'shop', tool: id }))
const refunding = (name: string, amount: string) => ({
  name,
  tools,
  steps: [
    { id: 'look', kind: 'tool', tool: 'price' },
    {
      id: 'ask',
      kind: 'approve',
      after: ['look'],
      ask: 'Refund?',
      who: ['owner'],
      deadline: 'PT1H',
      late: 'refused',
    },
    {
      id: 'pay',
      kind: 'tool',
      tool: 'refund',
      after: ['ask/approved'],
      with: { amount, note: 'Sorry, ${input.who}' },
    },
  ],
  result: { paid: '${steps.look.output.price}', by: '${input.who}' },
})

/** A run that a person approved, and that is kept as a case. */
async function caseOf(agent: string, input: object, checks?: string[]): Promise<string> {
  const { runs, cases } = scene.agents
  const { id } = await runs.start({ tenantId, agent, input, trigger: { kind: 'manual' } })
  await scene.inState(id, 'waiting')
  await runs.answer(tenantId, id, 'ask', { choice: 'approved', by: 'ada' })
  expect((await scene.ended(id)).state).toBe('done')
  return (await cases.save(tenantId, id, { title: `Of ${id}`, checks })).caseId
}

async function evaluated(evaluationId: string) {
  const { evaluations } = scene.agents
  await expect
    .poll(async () => (await evaluations.find(tenantId, evaluationId)).state, {
      timeout: 30_000,
      interval: 50,
    })
    .not.toBe('playing' satisfies EvaluationState)
  return await evaluations.find(tenantId, evaluationId)
}

async function evaluate(agent: string, version: number, change: Change | null = null) {
  const { evaluationId } = await scene.agents.evaluations.start(tenantId, { agent, version, change })
  return await evaluated(evaluationId)
}

describe('the cases of an agent', () => {
  it('are played with what their runs met, and change nothing outside [AGENTS-CASE-01]', async () => {
    await scene.publish(refunding('refunds', '${steps.look.output.price}'))
    await caseOf('refunds', { who: 'Bo' })
    const before = { refunds: refunds.length, looks }
    price = 99
    const { state, cases } = await evaluate('refunds', 1)
    expect(cases.map(({ verdict }) => verdict)).toEqual([
      { hasPassed: true, differences: [], failedChecks: [], missing: [], extra: [], failure: null },
    ])
    expect(state).toBe('passed')
    expect({ refunds: refunds.length, looks }).toEqual(before)
    price = 20
  })

  it('fail where another effect would be had, and say which [AGENTS-CASE-02]', async () => {
    const { agents } = scene.agents
    await scene.publish(refunding('generous', '${steps.look.output.price}'))
    await caseOf('generous', { who: 'Bo' })
    const full = (amount: string) => ({
      schema: 'heavylift.agent/1',
      title: 'Generous',
      ...refunding('generous', amount),
    })
    const twice = await agents.publish(tenantId, full('${steps.look.output.price * 2}'))
    const paid = refunds.length
    const { state, cases } = await evaluate('generous', twice.version)
    expect(state).toBe('failed')
    expect(cases[0]?.verdict).toMatchObject({
      hasPassed: false,
      failure: { code: 'not-rehearsed', path: 'pay' },
      missing: [{ tool: 'refund', args: { amount: 20 } }],
      extra: [{ tool: 'refund', args: { amount: 40 } }],
    })
    expect(refunds).toHaveLength(paid)
  })

  it('keep a version from new runs until it has passed them, or somebody says why not [AGENTS-CASE-03]', async () => {
    const { agents, cases } = scene.agents
    await scene.publish(refunding('gated', '${steps.look.output.price}'))
    await caseOf('gated', { who: 'Bo' })
    const next = {
      schema: 'heavylift.agent/1',
      title: 'Gated',
      ...refunding('gated', '${steps.look.output.price + 1}'),
    }
    const { version } = await agents.publish(tenantId, next)
    await expect(agents.putLive(tenantId, 'gated', version)).rejects.toMatchObject({
      code: 'cases-not-passed',
    })
    await evaluate('gated', version)
    await expect(agents.putLive(tenantId, 'gated', version, 0.1)).rejects.toThrow('1 of 1 cases')
    await agents.putLive(tenantId, 'gated', version, 1, 'The price has a fee now.')
    expect(await agents.versions(tenantId, 'gated')).toMatchObject([
      { version: 2, live_despite: 'The price has a fee now.' },
      { version: 1, live_despite: null },
    ])
    // What was live before is rolled back to at once.
    await agents.putLive(tenantId, 'gated', 1)
    // A case that is changed has to be played again.
    const third = await agents.publish(tenantId, {
      ...next,
      title: 'Gated again',
      steps: next.steps.slice(0, 1),
      result: next.result,
    })
    const [only] = await cases.list(tenantId, 'gated')
    await cases.change(tenantId, 'gated', only!.id, {
      title: 'T',
      expected: null,
      checks: ['output.paid == 20.0'],
    })
    expect(await scene.agents.evaluations.standing(tenantId, 'gated', third.version)).toEqual({
      state: 'not-played',
    })
  })

  it('are held against checks where the result is a model’s words [AGENTS-CASE-04]', async () => {
    const { agents, cases, runs } = scene.agents
    await scene.publish({
      name: 'words',
      steps: [{ id: 'say', kind: 'model', model: 'answer', prompt: 'Say yes' }],
    })
    const row = await scene.run('words', {})
    const checks = ['output == "yes"', 'size(output) > 1']
    await cases.save(tenantId, row.id, { title: 'Yes', checks })
    expect((await evaluate('words', 1)).state).toBe('passed')
    const curt = await evaluate('words', 1, { model: { route: 'answer', with: 'curt' } })
    expect(curt.cases[0]).toMatchObject({
      passed_before: true,
      verdict: { failedChecks: [{ check: 'output == "yes"' }] },
    })
    await expect(cases.save(tenantId, row.id, { title: 'Yes', checks: ['output =='] })).rejects.toMatchObject(
      {
        code: 'check-wrong',
      },
    )
    expect(await runs.read(row.output)).toBe('yes')
    expect((await agents.find(tenantId, 'words')).live_version).toBe(1)
  })

  it('are of the agent where a run of its draft is saved, before it is published too, and never of one step [AGENTS-CASE-06]', async () => {
    const { cases } = scene.agents
    const definition = agentDefinition.parse({
      schema: 'heavylift.agent/1',
      name: 'drafted',
      title: 'Drafted',
      steps: [{ id: 'say', kind: 'set', value: '${input.word}' }],
    })
    const tried = async (trial: typeof definition) => {
      await scene.publish({ ...trial })
      return (await scene.run(trial.name, { word: 'yes' })).id
    }
    const whole = await tried(trialOfAgent(definition))
    expect(await cases.save(tenantId, whole, { title: 'Yes' })).toMatchObject({ agent: 'drafted' })
    const step = await tried(trialOfStep(definition, 'say', { steps: {} }))
    await expect(cases.save(tenantId, step, { title: 'Yes' })).rejects.toMatchObject({
      code: 'case-of-one-step',
    })
    const { version } = await scene.agents.agents.publish(tenantId, definition)
    await expect(scene.agents.agents.putLive(tenantId, 'drafted', version)).rejects.toMatchObject({
      code: 'cases-not-passed',
    })
    expect((await evaluate('drafted', version)).state).toBe('passed')
    await scene.agents.agents.putLive(tenantId, 'drafted', version)
  })

  it('tell which agents a change of a tool or a model would break, before it is made [AGENTS-CASE-05]', async () => {
    const { evaluations } = scene.agents
    const { fleetId, agents: tried } = await evaluations.startFleet(tenantId, {
      model: { route: 'answer', with: 'curt' },
    })
    expect(tried).toBeGreaterThan(1)
    await expect
      .poll(
        async () =>
          (await evaluations.list(tenantId, { fleet: fleetId, limit: 50 })).every(
            ({ state }) => state !== 'playing',
          ),
        { timeout: 30_000 },
      )
      .toBe(true)
    const broken = (await evaluations.list(tenantId, { fleet: fleetId, limit: 50 })).filter(({ cases }) =>
      cases.some(({ passed_before: before }) => before === true),
    )
    expect(broken.map(({ agent }) => agent)).toEqual(['words'])
    await expect(
      evaluations.startFleet(tenantId, { tool: { from: 'shop', tool: 'unheard-of' } }),
    ).rejects.toMatchObject({ code: 'no-cases' })
  })
})
