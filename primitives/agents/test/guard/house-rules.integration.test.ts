import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { judgeExamples } from '../../src/guard/example-calls.ts'
import { defaultPolicy } from '../../src/guard/policy.ts'
import { scriptedSource } from '../../src/testing/scripted-source.ts'
import { openScene, tenantId } from '../run/scene.ts'
import type { Scene } from '../run/scene.ts'

const paid: unknown[] = []
const bank = scriptedSource('bank', {
  pay: {
    effect: 'money',
    input: { type: 'object', properties: { amount: { type: 'number' }, iban: { type: 'string' } } },
    answer: ({ args }) => {
      paid.push(args)
      return { state: 'done', value: 'ok' }
    },
  },
})

let scene: Scene
beforeAll(async () => {
  scene = await openScene({ sources: [bank], isGuarded: true })
})
afterAll(() => scene?.close())

const large = {
  id: 'large',
  when: 'tool.effect == "money" && has(args.amount) && double(args.amount) > 1000.0',
  verdict: 'refuse' as const,
  because: 'It is a large amount.',
}
const set = (rules: object[], basedOn: number) =>
  scene.agents.houseRules.set(tenantId, rules as [], { note: 'Why', by: 'ada', basedOn })

describe('rules of a tenant', () => {
  it('hold for the next call of every agent, and stand in the journal as the rule that decided [AGENTS-POLICY-01]', async () => {
    await scene.publish({
      name: 'pays',
      tools: [{ id: 'pay', from: 'bank', tool: 'pay' }],
      steps: [
        { id: 'pay', kind: 'tool', tool: 'pay', with: { amount: '${input.amount}', iban: '${input.iban}' } },
      ],
    })
    const pay = (amount: number) => scene.run('pays', { amount, iban: 'DE02120300000000202051' })
    expect((await pay(5_000)).state).toBe('done')
    await set([large], 0)
    expect(await pay(5_000)).toMatchObject({
      state: 'failed',
      error: { code: 'policy-refused', message: expect.stringContaining('It is a large amount.') },
    })
    expect((await pay(20)).state).toBe('done')
    expect(paid).toHaveLength(2)
  })

  it('are refused where they cannot be read or ask for what is not there, and the old ones stay [AGENTS-POLICY-02]', async () => {
    const { houseRules } = scene.agents
    const before = await houseRules.current(tenantId)
    await expect(set([{ ...large, when: 'tool.effect ==' }], before.version)).rejects.toMatchObject({
      code: 'rule-wrong',
    })
    await expect(set([{ ...large, when: 'tool.efect == "money"' }], before.version)).rejects.toThrow('efect')
    await expect(set([large, large], before.version)).rejects.toThrow('another rule has this id')
    expect(await houseRules.current(tenantId)).toEqual(before)
  })

  it('of two who set them at once are those of the first, and every version is kept [AGENTS-POLICY-03]', async () => {
    const { houseRules } = scene.agents
    const { version } = await houseRules.current(tenantId)
    const both = await Promise.allSettled([set([large], version), set([], version)])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    await expect(set([], version)).rejects.toMatchObject({ code: 'policy-changed' })
    expect((await houseRules.history(tenantId, 10)).map((each) => each.version)).toEqual([
      version + 1,
      version,
    ])
  })

  it('are shown on example calls, of which the house lets those pass that a user chose [AGENTS-POLICY-04]', () => {
    const verdicts = Object.fromEntries(
      judgeExamples(defaultPolicy).map(({ title, verdict }) => [title, verdict]),
    )
    expect(verdicts).toEqual({
      'A step pays what the user gave, to whom the user gave': 'allow',
      'A step pays what a webhook brought': 'ask',
      'A model mails one whom the user named': 'allow',
      'A model mails an address that stands in a page': 'refuse',
      'A model pays an amount out of a record, to whom the user named': 'allow',
      'A model reads a page whose address stands in another page': 'refuse',
      'A model deletes what nobody named': 'refuse',
      'A model deletes what the user named': 'allow',
    })
  })
})
