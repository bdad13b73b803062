import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'
import { graphScore } from '../../src/evals/import/graph-equal.ts'
import { importFile } from '../../src/import/import-file.ts'
import { importN8n } from '../../src/import/n8n/import-n8n.ts'

const orders = readFileSync(join(import.meta.dirname, '../../samples/import/n8n/orders.json'), 'utf8')

const node = (name: string, type: string, parameters: object = {}, more: object = {}): object => ({
  name,
  type: `n8n-nodes-base.${type}`,
  typeVersion: 1,
  parameters,
  ...more,
})
const chain = (...names: string[]): object =>
  Object.fromEntries(
    names
      .slice(0, -1)
      .map((from, at) => [from, { main: [[{ node: names[at + 1], type: 'main', index: 0 }]] }]),
  )

describe('a workflow of n8n', () => {
  it('becomes a draft with the same steps and arrows, loops as maps [AGENTS-IMPORT-01]', () => {
    const { definition, report } = importFile(orders, 'orders.json')
    expect(definition?.triggers).toMatchObject([{ kind: 'schedule', cron: '0 7 * * *' }])
    expect(definition?.steps.map(({ id, kind, after }) => [id, kind, after])).toEqual([
      ['every_morning', 'set', []],
      ['get_orders', 'tool', ['every_morning']],
      ['each_order', 'map', ['get_orders']],
      ['count', 'code', ['each_order']],
    ])
    const loop = definition?.steps.find((step) => step.kind === 'map')
    expect(loop?.steps.map(({ id, kind, after }) => [id, kind, after])).toEqual([
      ['is_it_late', 'branch', []],
      ['note', 'set', ['is_it_late/otherwise']],
      ['tell_the_customer', 'tool', ['is_it_late/yes']],
    ])
    expect(graphScore(JSON.parse(orders), { definition, sources: [], report })).toMatchObject({
      isEqual: true,
      byHand: 0,
    })
    expect(report.problems).toEqual([])
  })

  it('has its expressions as CEL, its plain texts plain, and its credentials by name [AGENTS-IMPORT-02]', () => {
    const { definition } = importFile(orders, 'orders.json')
    const loop = definition?.steps.find((step) => step.kind === 'map')
    expect(loop?.steps[2]).toMatchObject({
      with: {
        sendTo: '${item.customer.email.lowerAscii()}',
        subject: 'Your order ${item.number}',
        message: expect.stringContaining('days late. We ask $${nothing}.'),
      },
    })
    expect(loop?.steps[0]).toMatchObject({ cases: [{ id: 'yes', when: 'item.daysLate > 3' }] })
    expect(definition?.tools).toContainEqual({
      id: 'gmail_message_send',
      from: 'app:gmail',
      tool: 'message.send',
      credential: 'gmail-oauth2',
    })
    expect(definition?.steps[1]).toMatchObject({ retry: { attempts: 4 } })
  })

  it('keeps JavaScript as code that does not run until somebody has read it [AGENTS-IMPORT-04]', () => {
    const { definition, report } = importFile(orders, 'orders.json')
    expect(definition?.steps.at(-1)).toMatchObject({
      kind: 'code',
      review: true,
      code: expect.stringContaining('$input.all().length'),
    })
    expect(report.parts.find(({ step }) => step === 'count')).toMatchObject({ state: 'approximated' })
  })

  it('leaves an arrow that leads back to a person, and names it', () => {
    const value = {
      name: 'Poll',
      nodes: [
        node('Start', 'manualTrigger'),
        node('Ask', 'httpRequest', { url: 'https://a.example' }),
        node('Done?', 'if'),
        node('Wait', 'wait'),
      ],
      connections: { ...chain('Start', 'Ask', 'Done?', 'Wait', 'Ask') },
    }
    const imported = importN8n(value)
    expect(imported.report.edges.filter(({ state }) => state === 'by-hand')).toMatchObject([
      { from: 'nodes/Wait', to: 'nodes/Ask' },
    ])
    expect(graphScore(value, imported).isEqual).toBe(true)
  })

  it('names what it cannot say, with the place, and keeps it in the text', () => {
    const { definition, report } = importN8n({
      nodes: [
        node('A', 'set', {
          assignments: { assignments: [{ name: 'k', value: '={{ $binary.file }} and {{ $json.a }}' }] },
          keepOnlySet: true,
        }),
      ],
      connections: {},
    })
    expect(report.expressions).toMatchObject([
      {
        source: '$binary.file',
        cel: null,
        why: 'the name $binary',
        place: expect.stringContaining('nodes/A/'),
      },
      { source: '$json.a', cel: 'input.a' },
    ])
    expect(definition?.steps[0]).toMatchObject({ value: {} })
  })

  it('reads variables of the installation from one step before all others, and settings of nodes from the file [AGENTS-IMPORT-02]', () => {
    const { definition, report } = importN8n({
      nodes: [
        node('Start', 'manualTrigger'),
        node('Sheet', 'googleSheets', { sheetId: 'abc' }),
        node('Out', 'set', {
          keepOnlySet: true,
          values: {
            string: [{ name: 'k', value: '={{ $env.TEAM }}/{{ $node["Sheet"].parameter["sheetId"] }}' }],
          },
        }),
      ],
      connections: chain('Start', 'Sheet', 'Out'),
    })
    expect(definition?.steps).toMatchObject([
      { id: 'settings', kind: 'set', value: { TEAM: '' } },
      { id: 'start', after: ['settings'] },
      { id: 'sheet', after: ['start'] },
      { id: 'out', value: { k: '${steps.settings.output.TEAM}/${"abc"}' } },
    ])
    expect(report.expressions.every(({ cel }) => cel !== null)).toBe(true)
  })

  it('keeps the other fields of an item as n8n’s versions of Set say it', async () => {
    const made = (parameters: object, typeVersion: number): unknown => {
      const { definition } = importN8n({
        nodes: [
          {
            ...node('Set', 'set', {
              assignments: { assignments: [{ name: 'a.b', value: 'new' }] },
              ...parameters,
            }),
            typeVersion,
          },
        ],
        connections: {},
      })
      const step = definition?.steps[0]
      if (step?.kind !== 'code') return step?.kind === 'set' ? step.value : null
      const given = { ...(step.with as object), item: { a: { c: 1 }, d: 2, e: 3 } }
      return runInNewContext(`(() => { ${step.code} })()`, { input: given })
    }
    expect(made({}, 3.4)).toEqual({ a: { b: 'new' } })
    expect(made({ includeOtherFields: true }, 3.4)).toEqual({ a: { b: 'new', c: 1 }, d: 2, e: 3 })
    expect(made({}, 3.2)).toEqual({ a: { b: 'new', c: 1 }, d: 2, e: 3 })
    expect(made({ include: 'none' }, 3.2)).toEqual({ a: { b: 'new' } })
    expect(made({ include: 'selected', includeFields: 'd, x' }, 3.2)).toEqual({ a: { b: 'new' }, d: 2 })
    expect(made({ include: 'except', excludeFields: 'd' }, 3.2)).toEqual({ a: { b: 'new', c: 1 }, e: 3 })
  })

  it('reads a model’s answer where n8n puts it', () => {
    const { definition } = importN8n({
      nodes: [
        node('Start', 'manualTrigger'),
        { ...node('Agent', '', { text: '={{ $json.a }}' }), type: '@n8n/n8n-nodes-langchain.agent' },
        node('Out', 'set', {
          keepOnlySet: true,
          values: {
            string: [
              { name: 'k', value: '={{ $json.output }}' },
              { name: 'all', value: '={{ $json }}' },
            ],
          },
        }),
      ],
      connections: chain('Start', 'Agent', 'Out'),
    })
    expect(definition?.steps[2]).toMatchObject({
      value: { k: '${steps.agent.output}', all: '${{"output": steps.agent.output}}' },
    })
  })

  it('leaves out what no trigger leads to, for n8n never runs it', () => {
    const value = {
      nodes: [
        node('Start', 'manualTrigger'),
        node('Told', 'noOp'),
        node('Pay', 'stripe'),
        node('After', 'noOp'),
      ],
      connections: { ...chain('Start', 'Told'), ...chain('Pay', 'After') },
    }
    const imported = importN8n(value)
    expect(imported.definition?.steps.map(({ id }) => id)).toEqual(['start', 'told'])
    expect(imported.report.parts).toContainEqual(
      expect.objectContaining({ place: 'nodes/Pay', note: expect.stringContaining('never runs it') }),
    )
    expect(graphScore(value, imported).isEqual).toBe(true)
  })

  it('has a model that sorts texts as a question with a choice and a branch over it', () => {
    const value = {
      nodes: [
        node('Start', 'manualTrigger'),
        {
          ...node('Sort', '', {
            inputText: '={{ $json.mail }}',
            categories: {
              categories: [{ category: 'refund', description: 'wants money' }, { category: 'other' }],
            },
          }),
          type: '@n8n/n8n-nodes-langchain.textClassifier',
        },
        node('Pay', 'noOp'),
        node('Read', 'noOp'),
      ],
      connections: {
        ...chain('Start', 'Sort'),
        Sort: {
          main: [[{ node: 'Pay', type: 'main', index: 0 }], [{ node: 'Read', type: 'main', index: 0 }]],
        },
      },
    }
    const imported = importN8n(value)
    expect(imported.definition?.steps).toMatchObject([
      { id: 'start' },
      {
        id: 'sort_asked',
        kind: 'model',
        after: ['start'],
        prompt: '${steps.start.output.mail}',
        output: { properties: { choice: { enum: ['refund', 'other', 'none of these'] } } },
      },
      { id: 'sort', kind: 'branch', after: ['sort_asked'] },
      { id: 'read', after: ['sort/way_2'] },
      { id: 'pay', after: ['sort/way_1'], value: '${steps.start.output}' },
    ])
    expect(graphScore(value, imported).isEqual).toBe(true)
    expect(imported.report.parts.every(({ state }) => state === 'mapped')).toBe(true)
  })

  it('takes a model with tools for a tool loop', () => {
    const { definition } = importN8n({
      nodes: [
        {
          name: 'Agent',
          type: '@n8n/n8n-nodes-langchain.agent',
          parameters: {
            promptType: 'define',
            text: '={{ $json.question }}',
            options: { systemMessage: 'Be kind.' },
          },
        },
        {
          name: 'Model',
          type: '@n8n/n8n-nodes-langchain.lmChatOpenAi',
          parameters: { model: { value: 'small' } },
        },
        { name: 'Sheet', type: 'n8n-nodes-base.googleSheetsTool', parameters: { operation: 'append' } },
      ],
      connections: {
        Model: { ai_languageModel: [[{ node: 'Agent', type: 'ai_languageModel', index: 0 }]] },
        Sheet: { ai_tool: [[{ node: 'Agent', type: 'ai_tool', index: 0 }]] },
      },
    })
    expect(definition?.steps).toMatchObject([
      {
        kind: 'loop',
        model: 'small',
        system: 'Be kind.',
        goal: '${input.question}',
        tools: ['google_sheets_append'],
      },
    ])
  })

  it('survives whatever stands in the file', () => {
    const odd = [
      {
        nodes: [{ name: '__proto__', type: 'x', parameters: { __proto__: { a: 1 } } }],
        connections: { __proto__: { main: [[null]] } },
      },
      {
        nodes: [node('A', 'if', { conditions: 'none' }), node('A', 'set', { values: 7 })],
        connections: { A: { main: 'no' } },
      },
      { nodes: Array.from({ length: 300 }, (_, at) => node('x'.repeat(at + 1), 'noOp')), connections: {} },
      {
        nodes: [node('Deep', 'set', { mode: 'raw', jsonOutput: `={{ ${'('.repeat(5_000)}` })],
        connections: {},
      },
    ]
    for (const value of odd) expect(importN8n(value).definition).not.toBeNull()
    expect(() => importN8n({ nodes: 'no' })).toThrow(/no workflow of n8n/)
  })
})
