import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Complete } from '@heavylift/models'
import { liveThrough } from './mortal-world.ts'

const tools = ['keyed', 'checked', 'blind', 'look'].map((id) => ({ id, from: 'outside', tool: id }))
const never = { diesAt: [] }

/** Every way in which a step touches the world, in one run. */
const everything = {
  tools,
  steps: [
    { id: 'first', kind: 'tool', tool: 'keyed', with: { n: 1 } },
    { id: 'second', kind: 'tool', after: ['first'], tool: 'checked', with: { n: 2 } },
    { id: 'third', kind: 'tool', after: ['second'], tool: 'blind', with: { n: 3 } },
    { id: 'seen', kind: 'tool', after: ['first'], tool: 'look', with: { n: 4 } },
    {
      id: 'each',
      kind: 'map',
      after: ['seen'],
      over: 'input.items',
      steps: [
        { id: 'one', kind: 'tool', tool: 'keyed', with: { n: '${item}' } },
        { id: 'two', kind: 'tool', after: ['one'], tool: 'checked', with: { n: '${item + 100.0}' } },
      ],
    },
    { id: 'ask', kind: 'approve', after: ['third'], who: ['ann'], ask: 'Go on?' },
    { id: 'event', kind: 'wait', after: ['ask/approved', 'each'], event: 'paid' },
    { id: 'last', kind: 'tool', after: ['event'], tool: 'blind', with: { n: 5 } },
  ],
  result: {
    first: '${steps.first.output}',
    third: '${steps.third.output.n}',
    each: '${steps.each.output}',
    last: '${steps.last.output.n}',
  },
}
const input = { items: [10, 11, 12] }
const allEffects = [
  'blind 3',
  'blind 5',
  'checked 110',
  'checked 111',
  'checked 112',
  'checked 2',
  'keyed 1',
  'keyed 10',
  'keyed 11',
  'keyed 12',
]

describe('a run through kills', () => {
  it('does every effect once and ends the same, whenever its process dies [AGENTS-KILL-01]', async () => {
    const whole = await liveThrough(everything, never, { input })
    expect(whole.end.state).toBe('done')
    expect(whole.effects.toSorted()).toEqual(allEffects)
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(60), { maxLength: 12 }), async (diesAt) => {
        const told = await liveThrough(everything, { diesAt }, { input })
        expect(told.end.state).toBe('done')
        expect(told.output).toEqual(whole.output)
        expect(told.effects.toSorted()).toEqual(allEffects)
      }),
      { numRuns: 300 },
    )
  })

  it('asks a person about a call that nobody can tell of, and never repeats it blindly [AGENTS-CALL-01]', async () => {
    const definition = { tools, steps: [{ id: 'only', kind: 'tool', tool: 'blind', with: { n: 1 } }] }
    const asks: string[][] = []
    for (let at = 0; at < 8; at++) {
      const told = await liveThrough(definition, { diesAt: [at] })
      expect(told.effects).toEqual(['blind 1'])
      expect(told.end.state).toBe('done')
      asks.push(told.asked)
    }
    // Before the intent is durable nothing can have happened; after the outcome is, it is known.
    expect(asks[0]).toEqual([])
    expect(asks).toContainEqual(['uncertain only!1'])
    expect(asks.at(-1)).toEqual([])
  })

  it('that goes to rest while its answer comes is woken by it, and goes on nowhere else meanwhile [AGENTS-APPROVE-01]', async () => {
    const steps = [
      { id: 'ask', kind: 'approve', who: ['ann'], ask: 'Go on?' },
      { id: 'one', kind: 'tool', after: ['ask'], tool: 'keyed', with: { n: 1 } },
      { id: 'two', kind: 'tool', after: ['one'], tool: 'keyed', with: { n: 2 } },
    ]
    const told = await liveThrough({ tools, steps }, never, { answersWhileResting: true })
    expect(told.end.state).toBe('done')
    expect(told.effects).toEqual(['keyed 1', 'keyed 2'])
  })

  it('journals a tool loop turn by turn and call by call [AGENTS-LOOP-01]', async () => {
    let asked = 0
    const complete: Complete = async function* (messages) {
      asked++
      const turn = messages.filter(({ role }) => role === 'assistant').length + 1
      if (turn <= 3) {
        yield { type: 'text', text: `turn ${turn}` }
        for (const [index, name] of (['keyed', 'checked'] as const).entries())
          yield {
            type: 'tool-call',
            call: { id: `c${index}`, name, arguments: JSON.stringify({ n: turn * 10 + index }) },
          }
      } else
        yield {
          type: 'text',
          text: messages
            .filter(({ role }) => role === 'tool')
            .map(({ content }) => content)
            .join(),
        }
      yield {
        type: 'done',
        finishReason: 'stop',
        usage: { promptTokens: 7, completionTokens: 3 },
        costMicros: 5,
      }
    }
    const definition = {
      tools,
      steps: [{ id: 'solve', kind: 'loop', goal: 'Do it.', tools: ['keyed', 'checked'] }],
    }
    const whole = await liveThrough(definition, never, { complete })
    expect(whole.end).toMatchObject({ state: 'done', costMicros: 20, tokens: 40 })
    const effects = whole.effects.toSorted()
    expect(effects).toEqual(['checked 11', 'checked 21', 'checked 31', 'keyed 10', 'keyed 20', 'keyed 30'])
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(20), { maxLength: 10 }), async (diesAt) => {
        asked = 0
        const told = await liveThrough(definition, { diesAt }, { complete })
        expect(told.output).toEqual(whole.output)
        expect(told.effects.toSorted()).toEqual(effects)
        // A life that ends costs at most the turn that was being written.
        expect(asked).toBeLessThanOrEqual(4 + diesAt.length)
        expect(told.end.costMicros).toBe(20)
      }),
      { numRuns: 200 },
    )
  })
})
