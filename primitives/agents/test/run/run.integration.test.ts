import { afterEach, describe, expect, it } from 'vitest'
import { scriptedSource } from '../../src/testing/scripted-source.ts'
import { openScene } from './scene.ts'
import type { Scene } from './scene.ts'

let scene: Scene | null = null
afterEach(async () => {
  await scene?.close()
  scene = null
})

describe('a run', () => {
  it('goes through set, branch and tool to its result, every step journalled [AGENTS-RUN-01]', async () => {
    const shop = scriptedSource('shop', {
      refund: {
        effect: 'money',
        takesKey: true,
        answer: ({ args }) => ({ state: 'done', value: { paid: args['amount'] } }),
      },
    })
    scene = await openScene({ sources: [shop] })
    await scene.publish({
      name: 'refunds',
      tools: [{ id: 'pay', from: 'shop', tool: 'refund' }],
      steps: [
        { id: 'sum', kind: 'set', value: { amount: '${input.price * 2.0}', for: 'Order ${input.order}' } },
        {
          id: 'sort',
          kind: 'branch',
          after: ['sum'],
          cases: [{ id: 'small', when: 'steps.sum.output.amount < 20.0' }],
        },
        {
          id: 'pay_now',
          kind: 'tool',
          after: ['sort/small'],
          tool: 'pay',
          with: { amount: '${steps.sum.output.amount}' },
        },
        { id: 'refuse', kind: 'set', after: ['sort/otherwise'], value: 'too much' },
        { id: 'tell', kind: 'set', after: ['pay_now', 'refuse'], value: '${steps.sum.output.for}' },
      ],
      result: { said: '${steps.tell.output}', small: '${steps.sort.exit}' },
    })
    const row = await scene.run('refunds', { price: 4.5, order: 'A1' })
    expect(row).toMatchObject({ state: 'done', error: null })
    expect(await scene.output(row)).toEqual({ said: 'Order A1', small: 'small' })
    expect(shop.calls).toEqual([
      { tool: 'refund', args: { amount: 9 }, key: expect.stringMatching(/^[\w-]{43}$/) },
    ])
    expect(await scene.story(row.id)).toEqual([
      'began sum',
      'ended sum',
      'began sort',
      'ended sort',
      'began pay_now',
      'skipped refuse',
      'verdict pay_now',
      'intent pay_now',
      'outcome pay_now',
      'ended pay_now',
      'began tell',
      'ended tell',
    ])
    const dear = await scene.run('refunds', { price: 50, order: 'A2' })
    expect(await scene.output(dear)).toEqual({ said: 'Order A2', small: 'otherwise' })
    expect(shop.calls).toHaveLength(1)
  })
})
