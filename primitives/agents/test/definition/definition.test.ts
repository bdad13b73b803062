import { describe, expect, it } from 'vitest'
import { agentDefinition } from '../../src/definition/definition.ts'

const agent = {
  schema: 'heavylift.agent/1',
  name: 'refunds',
  title: 'Refunds',
  tools: [{ id: 'pay', from: 'openapi:shop', tool: 'refund' }],
  steps: [
    { id: 'sort', kind: 'branch', cases: [{ id: 'small', when: 'input.amount < 20' }] },
    {
      id: 'ask',
      kind: 'approve',
      after: ['sort/otherwise'],
      who: ['finance'],
      ask: 'Refund ${input.amount}?',
    },
    {
      id: 'each',
      kind: 'map',
      after: ['sort/small', 'ask/approved'],
      over: 'input.items',
      steps: [{ id: 'pay_one', kind: 'tool', tool: 'pay', with: { id: '${item.id}' } }],
    },
  ],
}

describe('the definition of an agent', () => {
  it('is read with its defaults', () => {
    const read = agentDefinition.parse(agent)
    expect(read.steps[2]).toMatchObject({
      kind: 'map',
      as: 'item',
      concurrency: 8,
      steps: [{ kind: 'tool', after: [] }],
    })
    expect(agentDefinition.parse(read)).toEqual(read)
  })

  it('names what is wrong, also inside a map', () => {
    const broken = structuredClone(agent) as { steps: { steps?: { with?: unknown; wiht?: unknown }[] }[] }
    broken.steps[2]!.steps![0]!.wiht = {}
    const { error } = agentDefinition.safeParse(broken)
    expect(error?.issues.map(({ path, code }) => [path.join('.'), code])).toEqual([
      ['steps.2.steps.0', 'unrecognized_keys'],
    ])
  })
})
