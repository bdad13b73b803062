import { describe, expect, test } from 'vitest'
import { problemsOf } from '../../src/definition/check.ts'
import type { Surroundings } from '../../src/definition/check.ts'
import { agentDefinition } from '../../src/definition/definition.ts'

const input = {
  type: 'object',
  properties: {
    city: { type: 'string' },
    amount: { type: 'number' },
    tags: { type: 'array', items: { type: 'string' } },
    note: { type: ['string', 'null'] },
    customer: { type: 'object', properties: { email: { type: 'string' } }, additionalProperties: false },
  },
}
const tools = [{ id: 'charge', from: 'openapi:bank', tool: 'charge' }]
const surroundings: Surroundings = {
  tools: {
    charge: {
      input: { type: 'object', properties: { amount: { type: 'number' }, to: { type: 'string' } } },
      output: { type: 'object', properties: { receipt: { type: 'string' } } },
    },
  },
}

function check(steps: unknown[], more: Record<string, unknown> = {}) {
  const definition = agentDefinition.parse({
    schema: 'heavylift.agent/1',
    name: 'pay',
    title: 'Pay',
    input,
    tools,
    steps,
    ...more,
  })
  return problemsOf(definition, surroundings)
}

const set = (id: string, value: unknown, more = {}) => ({ id, kind: 'set', value, ...more })

describe('what a definition says is checked before it ever runs', () => {
  test('a definition that holds together has no problems [AGENTS-CHECK-01]', () => {
    expect(
      check(
        [
          {
            id: 'sort',
            kind: 'model',
            prompt: 'Sort ${input.city}',
            output: { type: 'object', properties: { kind: { type: 'string', enum: ['a', 'b'] } } },
          },
          {
            id: 'which',
            kind: 'branch',
            after: ['sort'],
            cases: [{ id: 'refund', when: "steps.sort.output.kind == 'a' && input.amount > 5" }],
          },
          {
            id: 'pay',
            kind: 'tool',
            tool: 'charge',
            after: ['which/refund'],
            with: { amount: '${input.amount * 2}', to: '${input.customer.email}' },
          },
          { id: 'late', kind: 'set', after: ['pay/error'], value: '${steps.pay.error.message}' },
          {
            id: 'each',
            kind: 'map',
            after: ['pay'],
            over: 'input.tags',
            as: 'tag',
            steps: [set('up', '${tag.upperAscii() + string(index) + steps.pay.output.receipt}')],
            result: '${steps.up.output.size()}',
          },
          set('sum', '${steps.each.output.map(n, n + 1)[0]}', { after: ['each'] }),
          {
            id: 'solve',
            kind: 'loop',
            goal: 'Do ${input.note}',
            tools: ['charge'],
            stop: 'turn > 3 && text.contains("done")',
            after: ['sum'],
          },
        ],
        { result: { sum: '${steps.sum.output}', said: '${steps.solve.output}' } },
      ),
    ).toEqual([])
  })

  test.each([
    [
      'a circle',
      [set('a', 1, { after: ['b'] }), set('b', 1, { after: ['a'] })],
      'steps-in-circle',
      ['steps', 0, 'after'],
    ],
    ['a step after itself', [set('a', 1, { after: ['a'] })], 'steps-in-circle', ['steps', 0, 'after']],
    [
      'an unknown step',
      [set('first', 1), set('b', 1, { after: ['frist'] })],
      'after-unknown',
      ['steps', 1, 'after', 0],
    ],
    [
      'an unknown exit',
      [set('a', 1), set('b', 1, { after: ['a/eror'] })],
      'exit-unknown',
      ['steps', 1, 'after', 0],
    ],
    ['an unknown tool', [{ id: 'a', kind: 'tool', tool: 'chrage' }], 'tool-undeclared', ['steps', 0, 'tool']],
    [
      'an unknown tool of a loop',
      [{ id: 'a', kind: 'loop', goal: 'g', tools: ['charge', 'chrage'] }],
      'tool-undeclared',
      ['steps', 0, 'tools', 1],
    ],
    ['two steps of one name', [set('a', 1), set('a', 2)], 'step-twice', ['steps', 1, 'id']],
    [
      'an agent that calls itself',
      [{ id: 'a', kind: 'agent', agent: 'pay' }],
      'calls-itself',
      ['steps', 0, 'agent'],
    ],
    ['a step that never runs', [set('a', 1, { when: '1 > 2' })], 'unreachable', ['steps', 0, 'when']],
    [
      'a case behind one that is always true',
      [
        {
          id: 'a',
          kind: 'branch',
          cases: [
            { id: 'x', when: 'true' },
            { id: 'y', when: 'input.amount > 1' },
          ],
        },
      ],
      'unreachable',
      ['steps', 0, 'cases', 1],
    ],
    ['a wait for nothing', [{ id: 'a', kind: 'wait' }], 'wait-unclear', ['steps', 0]],
    [
      'an expression that cannot be read',
      [set('a', { deep: ['x ${input.'] })],
      'expression-syntax',
      ['steps', 0, 'value', 'deep', 0],
    ],
    ['an unknown name', [set('a', '${inptu.city}')], 'unknown-name', ['steps', 0, 'value']],
    ['an unknown field', [set('a', 'in ${input.ctiy}')], 'unknown-field', ['steps', 0, 'value']],
    ['a field of a text', [set('a', '${input.city.name}')], 'wrong-type', ['steps', 0, 'value']],
    ['a field of a list', [set('a', '${input.tags.name}')], 'wrong-type', ['steps', 0, 'value']],
    ['text and number added', [set('a', '${input.city + 1}')], 'wrong-type', ['steps', 0, 'value']],
    [
      'text and number compared',
      [set('a', 1, { when: 'input.city == 3' })],
      'wrong-type',
      ['steps', 0, 'when'],
    ],
    ['a condition that is text', [set('a', 1, { when: 'input.city' })], 'wrong-type', ['steps', 0, 'when']],
    [
      'going through a text',
      [{ id: 'a', kind: 'map', over: 'input.city', steps: [set('b', 1)] }],
      'wrong-type',
      ['steps', 0, 'over'],
    ],
    [
      'an argument of the wrong type',
      [{ id: 'a', kind: 'tool', tool: 'charge', with: { amount: '${input.city}' } }],
      'wrong-type',
      ['steps', 0, 'with', 'amount'],
    ],
    ['an unknown function', [set('a', '${input.city.toUpper()}')], 'unknown-function', ['steps', 0, 'value']],
    [
      'a step that has not run',
      [set('a', 1), set('b', '${steps.a.output}')],
      'unknown-field',
      ['steps', 1, 'value'],
    ],
    [
      'a fault inside a map',
      [{ id: 'm', kind: 'map', over: 'input.tags', steps: [set('b', '${item.size() + "x"}')] }],
      'wrong-type',
      ['steps', 0, 'steps', 0, 'value'],
    ],
  ])('names %s with its place [AGENTS-CHECK-01]', (_name, steps, code, path) => {
    expect(check(steps)).toEqual([expect.objectContaining({ code, path })])
  })

  test('says the nearest name, what was expected, and where in the text', () => {
    expect(check([set('a', 'in ${input.ctiy}')])[0]).toMatchObject({
      offset: 10,
      message: expect.stringContaining('“city”'),
    })
    expect(check([set('a', 1), set('b', '${steps.a.output}')])[0]!.message).toContain(
      'Put "a" into its `after`',
    )
    expect(check([set('a', '${input.city + 1}')])[0]!.message).toContain('text and a whole number')
    expect(check([{ id: 'a', kind: 'tool', tool: 'chrage' }])[0]!.message).toContain('Did you mean "charge"?')
  })

  test('lets through what it cannot know: open objects, unions, answers without a schema', () => {
    expect(
      check(
        [
          set('a', '${input.anything.at.all + 1}'),
          { id: 'b', kind: 'agent', agent: 'other', with: {} },
          set('c', '${steps.b.output.x[0].y == 2 ? steps.b.output.z : "none"}', { after: ['b'] }),
        ],
        { input: { type: 'object' } },
      ),
    ).toEqual([])
    expect(check([set('a', '${input.note == null ? "" : input.note + "!"}')])).toEqual([])
  })
})
