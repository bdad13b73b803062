import { describe, expect, it } from 'vitest'
import { graphOf } from '../../console/graph/graph-model.ts'
import { layOut } from '../../console/graph/lay-out.ts'

const agent = {
  steps: [
    { id: 'sort', kind: 'branch', cases: [{ id: 'small', when: 'input.a < 2' }] },
    { id: 'ask', kind: 'approve', after: ['sort/otherwise'], ask: 'Pay?' },
    {
      id: 'each',
      kind: 'map',
      after: ['sort/small', 'ask/approved'],
      over: 'input.items',
      steps: [
        { id: 'pay', kind: 'tool', tool: 'pay' },
        { id: 'tell', kind: 'tool', tool: 'mail', after: ['pay', 'pay/error'] },
      ],
    },
  ],
}

describe('the graph of a definition', () => {
  it('has every step with its exits, and edges by exits [AGENTS-STUDIO-01]', () => {
    const { steps, edges } = graphOf(agent)
    expect(steps.map(({ id, parent, exits }) => [id, parent, exits.map(({ name }) => name)])).toEqual([
      ['sort', null, ['small', 'otherwise']],
      ['ask', null, ['approved', 'refused']],
      ['each', null, ['', 'error']],
      ['pay', 'each', ['', 'error']],
      ['tell', 'each', ['', 'error']],
    ])
    expect(edges.map(({ id }) => id)).toEqual([
      'sort/otherwise→ask',
      'sort/small→each',
      'ask/approved→each',
      'pay/→tell',
      'pay/error→tell',
    ])
  })

  it('is drawn of whatever can be read of a broken one', () => {
    const broken = {
      steps: [{ id: 'a', after: ['gone', 3] }, 'x', { id: 'a' }, { kind: 'map', id: 'm', steps: 4 }],
    }
    expect(graphOf(broken).steps.map(({ id }) => id)).toEqual(['a', 'm'])
    expect(graphOf(broken).edges).toEqual([])
    for (const nothing of [null, undefined, [], 'x', { steps: {} }])
      expect(graphOf(nothing).steps).toEqual([])
  })

  it('has what follows an exit below it, in the order of the exits', () => {
    const fork = {
      steps: [
        { id: 'whose', kind: 'branch', cases: ['one', 'two', 'three'].map((id) => ({ id, when: 'true' })) },
        ...['otherwise', 'three', 'one', 'two'].map((exit) => ({
          id: `to-${exit}`,
          kind: 'set',
          after: [`whose/${exit}`],
        })),
      ],
    }
    const { boxes } = layOut(graphOf(fork))
    const after = ['one', 'two', 'three', 'otherwise'].map((exit) => boxes.get(`to-${exit}`)!.x)
    expect(after).toEqual(after.toSorted((a, b) => a - b))
  })

  it('is laid out top down without overlap, a map around its steps, also around a circle', () => {
    const circle = {
      steps: [...agent.steps, { id: 'x', kind: 'set', after: ['y'] }, { id: 'y', kind: 'set', after: ['x'] }],
    }
    for (const definition of [agent, circle]) {
      const model = graphOf(definition)
      const { boxes } = layOut(model)
      expect([...boxes.keys()].toSorted()).toEqual(model.steps.map(({ id }) => id).toSorted())
      for (const a of model.steps) {
        for (const b of model.steps) {
          if (a.id >= b.id || a.parent !== b.parent) continue
          const [one, other] = [boxes.get(a.id)!, boxes.get(b.id)!]
          const isApart =
            one.x + one.width <= other.x ||
            other.x + other.width <= one.x ||
            one.y + one.height <= other.y ||
            other.y + other.height <= one.y
          expect(isApart, `${a.id} and ${b.id}`).toBe(true)
        }
        const group = a.parent === null ? null : boxes.get(a.parent)
        const box = boxes.get(a.id)!
        if (group) {
          expect(box.x).toBeGreaterThanOrEqual(0)
          expect(box.x + box.width).toBeLessThanOrEqual(group.width)
          expect(box.y + box.height).toBeLessThanOrEqual(group.height)
        }
      }
    }
    const { boxes, bends } = layOut(graphOf(agent))
    expect(boxes.get('ask')!.y).toBeGreaterThan(boxes.get('sort')!.y)
    // From the branch past the approval to the map: around the approval.
    const ask = boxes.get('ask')!
    const past = bends.get('sort/small→each')!
    expect(past.length).toBeGreaterThan(0)
    for (const { x, y } of past)
      expect(x > ask.x && x < ask.x + ask.width && y > ask.y && y < ask.y + ask.height).toBe(false)
  })
})
