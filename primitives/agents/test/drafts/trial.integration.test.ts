import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { trialOfAgent, trialOfStep } from '../../src/drafts/trial.ts'
import { agentDefinition } from '../../src/definition/definition.ts'
import { scriptedSource } from '../../src/testing/scripted-source.ts'
import { openScene } from '../run/scene.ts'
import type { Scene } from '../run/scene.ts'

const definition = agentDefinition.parse({
  schema: 'heavylift.agent/1',
  name: 'prices',
  title: 'Prices',
  input: { type: 'object', properties: { rate: { type: 'number' } } },
  triggers: [{ id: 'nightly', kind: 'schedule', cron: '0 3 * * *' }],
  steps: [
    { id: 'fetch', kind: 'tool', tool: 'gone' },
    {
      id: 'each',
      kind: 'map',
      after: ['fetch'],
      over: 'steps.fetch.output',
      steps: [
        { id: 'base', kind: 'set', value: '${item.price}' },
        {
          id: 'sum',
          kind: 'set',
          when: 'item.price > 1000.0',
          after: ['base'],
          value: '${steps.base.output * input.rate}',
        },
      ],
    },
    {
      id: 'text',
      kind: 'set',
      after: ['each'],
      value: 'All: ${size(steps.each.output)}, said ${steps.fetch.output[0].name}',
    },
  ],
  tools: [{ id: 'gone', from: 'nowhere', tool: 'x' }],
})

describe('a step that is tried', () => {
  let scene: Scene
  beforeAll(async () => {
    scene = await openScene({ sources: [scriptedSource('nowhere', {})] })
  })
  afterAll(() => scene.close())
  const outcome = async (trial: typeof definition, input: unknown) => {
    await scene.publish(trial)
    const row = await scene.run(trial.name, input)
    return row.state === 'done' ? await scene.output(row) : row.error
  }

  it('runs alone on what others made, past its condition, inside a map on one item [AGENTS-STUDIO-04]', async () => {
    const fetched = [{ name: 'a ${b} c', price: 2 }]
    expect(
      await outcome(trialOfStep(definition, 'text', { steps: { fetch: fetched, each: [1, 2] } }), {}),
    ).toBe('All: 2, said a ${b} c')
    const inner = trialOfStep(definition, 'sum', { steps: { base: 2.5 }, item: { price: 2 } })
    expect(await outcome(inner, { rate: 2.5 })).toEqual([6.25])
    expect(() => trialOfStep(definition, 'nothing', { steps: {} })).toThrow(/no step/)
  })

  it('computes what it reads of steps before it where that changes nothing, and says what is missing else [AGENTS-STUDIO-04]', async () => {
    const heaps = agentDefinition.parse({
      ...definition,
      name: 'heaps',
      input: { type: 'object', properties: { alerts: { type: 'array' } } },
      steps: [
        {
          id: 'score',
          kind: 'map',
          over: 'input.alerts',
          as: 'alert',
          steps: [{ id: 'weight', kind: 'set', value: '${alert * 2}' }],
        },
        { id: 'sorted', kind: 'set', after: ['score'], value: '${steps.score.output.filter(a, a > 5)}' },
        { id: 'pay', kind: 'tool', tool: 'gone', after: ['sorted'] },
        { id: 'report', kind: 'set', after: ['pay'], value: '${steps.pay.output} ${steps.sorted.output}' },
      ],
    })
    const given = { alerts: [1, 3, 4] }
    expect(await outcome(trialOfStep(heaps, 'sorted', { steps: {} }), given)).toEqual([6, 8])
    expect(await outcome(trialOfStep(heaps, 'sorted', { steps: { score: [9] } }), given)).toEqual([9])
    expect(await outcome(trialOfStep(heaps, 'weight', { steps: {} }), given)).toEqual([2, 6, 8])
    expect(await outcome(trialOfStep(heaps, 'weight', { steps: {}, item: 5 }), given)).toEqual([10])
    expect(() => trialOfStep(heaps, 'report', { steps: {} })).toThrow(/reads what “pay” made/)
  })

  it('leaves neither a version nor a trigger on the agent that is tried', async () => {
    const whole = trialOfAgent(definition)
    expect([whole.name, whole.triggers]).toEqual(['try-prices', []])
    await expect(scene.agents.agents.find('main', 'prices')).rejects.toMatchObject({ code: 'agent-unknown' })
  })
})
