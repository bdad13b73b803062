import { createHook } from 'node:async_hooks'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { graphScore } from '../../src/evals/import/graph-equal.ts'
import { parseTemplate } from '../../src/expressions/template.ts'
import { importFile, readData } from '../../src/import/import-file.ts'

const sample = (name: string): string =>
  readFileSync(join(import.meta.dirname, '../../samples', name), 'utf8')

describe('an import', () => {
  it('of Dify has its containers as maps and its selectors as CEL [AGENTS-IMPORT-05]', () => {
    const source = sample('import/dify/summary.yml')
    const imported = importFile(source, 'summary.yml')
    expect(imported.definition?.steps).toMatchObject([
      { id: 'start', kind: 'set' },
      {
        id: 'each_part',
        kind: 'map',
        over: 'steps.start.output.parts',
        result: '${steps.sum_up.output}',
        steps: [{ id: 'sum_up', kind: 'model', prompt: 'Sum up: ${item}', system: 'Be short.' }],
      },
      { id: 'any', kind: 'branch' },
      { id: 'nothing', after: ['any/otherwise'] },
      { id: 'end', after: ['any/case_1'], value: { result: '${steps.each_part.output}' } },
    ])
    expect(graphScore(readData(source), imported).isEqual).toBe(true)
  })

  it('of Flowise reads nodes by their categories [AGENTS-IMPORT-05]', () => {
    const source = sample('import/flowise/desk.json')
    const imported = importFile(source, 'desk.json')
    expect(imported.definition?.steps).toMatchObject([
      { kind: 'set' },
      { kind: 'branch', cases: [{ when: 'input.question.contains("refund")' }] },
      { kind: 'set', value: 'We read: ${input.question}', after: ['is_it_long/otherwise'] },
      {
        kind: 'loop',
        model: 'chatLocal',
        system: 'You handle refunds.',
        tools: ['shop_orders'],
        after: ['is_it_long/case_1'],
      },
    ])
    expect(graphScore(readData(source), imported).isEqual).toBe(true)
  })

  it('of Flowise reads the state of a flow from the node that wrote it last [AGENTS-IMPORT-05]', () => {
    const node = (id: string, name: string, inputs: object): object => ({
      id,
      data: { name, label: id, category: 'Agent Flows', inputs },
    })
    const { definition, report } = importFile(
      JSON.stringify({
        nodes: [
          node('startAgentflow_0', 'startAgentflow', { startState: [{ key: 'query', value: 'none' }] }),
          node('llmAgentflow_0', 'llmAgentflow', {
            llmMessages: [{ role: 'user', content: 'Ask after {{ $flow.state.query }}' }],
            llmUpdateState: [{ key: 'query', value: '<p>{{ output.sql }}</p>' }],
            llmStructuredOutput: [{ key: 'sql', type: 'string', description: 'SQL' }],
          }),
          node('directReplyAgentflow_0', 'directReplyAgentflow', {
            directReplyMessage: '{{ $flow.state.query }} for {{ $vars.team }}',
          }),
        ],
        edges: [
          { source: 'startAgentflow_0', target: 'llmAgentflow_0' },
          { source: 'llmAgentflow_0', target: 'directReplyAgentflow_0' },
        ],
      }),
      'state.json',
    )
    expect(report.expressions.filter(({ cel }) => cel === null)).toEqual([])
    expect(definition?.steps).toMatchObject([
      { id: 'settings', value: { team: '' } },
      { kind: 'set' },
      { prompt: 'Ask after ${"none"}', output: { required: ['sql'] } },
      {
        value:
          '${(has(steps.llmagentflow_0) ? steps.llmagentflow_0.output.sql : "none")} for ${steps.settings.output.team}',
      },
    ])
    expect(report.problems).toEqual([])
  })

  it('of Flowise keeps a document that the state begins with once, beside the expressions that read it [AGENTS-IMPORT-05]', () => {
    const norm = `Article 1 ${'of the "norm" ${x} '.repeat(2_000)}`.trim()
    const { definition, report } = importFile(
      JSON.stringify({
        nodes: ['startAgentflow', 'directReplyAgentflow'].map((name) => ({
          id: name,
          data: {
            name,
            label: name,
            category: 'Agent Flows',
            inputs: {
              startState: [{ key: 'norm', value: norm }],
              directReplyMessage: 'By {{ $flow.state.norm }}',
            },
          },
        })),
        edges: [{ source: 'startAgentflow', target: 'directReplyAgentflow' }],
      }),
      'norm.json',
    )
    expect(report.problems).toEqual([])
    const [settings, , reply] = definition!.steps as { value: unknown }[]
    expect(parseTemplate((settings!.value as { state_norm: string }).state_norm).render({})).toBe(norm)
    expect(reply!.value).toBe('By ${steps.settings.output.state_norm}')
  })

  it('of Dify reads variables of the app, and those of the conversation as they were written last [AGENTS-IMPORT-05]', () => {
    const { definition, report } = importFile(
      `app: { name: Count, mode: advanced-chat }
kind: app
workflow:
  environment_variables: [{ name: team, value: blue, value_type: string }, { name: key, value: k-1, value_type: secret }]
  conversation_variables: [{ name: seen, value: [], value_type: 'array[string]' }]
  graph:
    nodes:
      - { id: a, data: { type: start, title: Start } }
      - id: b
        data:
          type: assigner
          title: Note
          items: [{ variable_selector: [conversation, seen], operation: append, value: [sys, query], input_type: variable }]
      - { id: c, data: { type: answer, title: Answer, answer: '{{#conversation.seen#}} {{#env.team#}} {{#env.key#}}' } }
    edges: [{ source: a, target: b }, { source: b, target: c }]
`,
      'count.yml',
    )
    expect(definition?.steps).toMatchObject([
      {
        id: 'settings',
        value: {
          team: 'blue',
          key: '',
          seen: '${has(input.conversation) && has(input.conversation.seen) ? input.conversation.seen : []}',
        },
      },
      { id: 'start' },
      { id: 'note', value: { seen: '${steps.settings.output.seen + [input.query]}' } },
      {
        value:
          '${(has(steps.note) ? steps.note.output.seen : steps.settings.output.seen)} ${steps.settings.output.team} ${steps.settings.output.key}',
      },
    ])
    expect(report.problems).toEqual([])
  })

  it('of Arazzo calls operations of registered sources', () => {
    const { definition, sources } = importFile(
      JSON.stringify({
        arazzo: '1.1.0',
        info: { title: 'Pay', version: '1' },
        sourceDescriptions: [{ name: 'shop', url: 'shop.yaml', type: 'openapi' }],
        workflows: [
          {
            workflowId: 'payOrder',
            inputs: { type: 'object', properties: { order: { type: 'string' } } },
            steps: [
              {
                stepId: 'find',
                operationId: 'getOrder',
                parameters: [{ name: 'id', in: 'path', value: '$inputs.order' }],
                outputs: { total: '$response.body#/total' },
              },
              {
                stepId: 'pay',
                operationId: '$sourceDescriptions.shop.payOrder',
                requestBody: {
                  payload: { amount: '$steps.find.outputs.total', note: 'for {$inputs.order}' },
                },
              },
            ],
            outputs: { paid: '$steps.find.outputs.total' },
          },
        ],
      }),
      'pay.arazzo.json',
    )
    expect(sources).toMatchObject([{ name: 'openapi:shop' }])
    expect(definition).toMatchObject({
      name: 'payorder',
      result: { paid: '${steps.find.output.total}' },
      tools: [
        { from: 'openapi:shop', tool: 'getOrder' },
        { from: 'openapi:shop', tool: 'payOrder' },
      ],
      steps: [
        { id: 'find', with: { id: '${input.order}' } },
        {
          id: 'pay',
          after: ['find'],
          with: { body: { amount: '${steps.find.output.total}', note: 'for ${input.order}' } },
        },
      ],
    })
  })

  it('of tools brings sources and no steps [AGENTS-IMPORT-06]', () => {
    const read = (value: unknown): object => importFile(JSON.stringify(value), 'x.json')
    expect(
      read([
        { type: 'function', function: { name: 'f', description: 'd', parameters: { type: 'object' } } },
        { name: 'g', input_schema: { type: 'object' } },
      ]),
    ).toMatchObject({ definition: null, sources: [{ tools: [{ name: 'f' }, { name: 'g' }] }] })
    expect(read({ tools: [{ name: 'f', inputSchema: { type: 'object' } }] })).toMatchObject({
      report: { format: 'mcp' },
      sources: [{ tools: [{ name: 'f' }] }],
    })
    expect(
      read({
        name: 'io.example/files',
        description: '',
        version: '1',
        remotes: [{ type: 'streamable-http', url: 'https://files.example/mcp' }],
        packages: [{ registryType: 'npm', identifier: '@example/files' }],
      }),
    ).toMatchObject({
      sources: [{ name: 'mcp:files', url: 'https://files.example/mcp' }],
      report: { parts: [{ state: 'mapped' }, { what: 'stdio', state: 'by-hand' }] },
    })
    expect(
      read({
        name: 'Desk',
        url: 'https://desk.example',
        skills: [{ id: 'answer', name: 'Answer', description: 'Answers' }],
      }),
    ).toMatchObject({ sources: [{ kind: 'agent', tools: [{ name: 'answer' }] }] })
  })

  it('of a skill or AGENTS.md is an agent that follows it', () => {
    const { definition, report } = importFile(
      '---\nname: review\ndescription: Reviews designs\nallowed-tools: Read\n---\n# Review\nRead [the rules](rules.md). Cost is ${x}.',
      'SKILL.md',
    )
    expect(definition).toMatchObject({
      name: 'review',
      summary: 'Reviews designs',
      steps: [{ kind: 'loop', system: expect.stringContaining('$${x}') }],
    })
    expect(report.parts.filter(({ state }) => state === 'by-hand')).toHaveLength(2)
    expect(importFile('# Build\nRun the tests.', 'AGENTS.md').definition).toMatchObject({ title: 'Build' })
  })

  it('runs nothing, connects to nothing and starts no process [AGENTS-IMPORT-07]', () => {
    const opened: string[] = []
    const hook = createHook({
      init: (_id, type) => void (/WRAP|FSREQ|WORKER|DNS|SOCKET/i.test(type) && opened.push(type)),
    })
    const before = Object.keys(globalThis)
    const files = [
      ['import/n8n/orders.json', sample('import/n8n/orders.json')],
      ['import/dify/summary.yml', sample('import/dify/summary.yml')],
      [
        'openapi/shop.yaml',
        sample('openapi/shop.yaml').replace(
          '#/components/schemas/Order',
          'https://attacker.example/schema.json',
        ),
      ],
      [
        'mcp.json',
        JSON.stringify({
          mcpServers: {
            evil: { command: 'touch', args: ['/tmp/x'] },
            far: { url: 'http://169.254.169.254/latest' },
          },
        }),
      ],
      [
        'code.json',
        JSON.stringify({
          nodes: [
            { name: 'Code', type: 'n8n-nodes-base.code', parameters: { jsCode: 'globalThis.hit = 1' } },
            {
              name: 'Set',
              type: 'n8n-nodes-base.set',
              parameters: {
                values: {
                  string: [
                    { name: 'a', value: '={{ globalThis.hit = 1 }}{{ (() => { globalThis.hit = 1 })() }}' },
                  ],
                },
              },
            },
          ],
          connections: {},
        }),
      ],
      ['yaml.yml', 'nodes: !!js/function "function () { globalThis.hit = 1 }"'],
    ] as const
    hook.enable()
    try {
      for (const [name, text] of files) {
        try {
          importFile(text, name)
        } catch {
          // A file may be refused; it may not do anything.
        }
      }
    } finally {
      hook.disable()
    }
    expect(opened).toEqual([])
    expect(Object.keys(globalThis)).toEqual(before)
  })

  it('says of a file that it cannot read what it takes', () => {
    expect(() => importFile('{"a": ]', 'a.json')).toThrow(/neither JSON nor YAML/)
    expect(() => importFile('{"nodes": [1, 2', 'a.json')).toThrow(/line 1 column 16\)\. Mend it there/)
    expect(() => importFile(' \n', 'a.json')).toThrow(/a\.json is empty/)
    expect(() =>
      importFile(
        '{"nodes":[{"name":"a","type":"n8n-nodes-base.set"},{"type":"n8n-nodes-base.set"}]}',
        'a.json',
      ),
    ).toThrow(/node 2 has no name/)
    expect(() => importFile('{"a":1}', 'a.json')).toThrow(/of no format that is read here: OpenAPI, Arazzo/)
    expect(() => importFile(`a: &a [x]\nb: [${'*a,'.repeat(20_000)}]`, 'bomb.yml')).toThrow(
      /neither JSON nor YAML/,
    )
  })

  it('says of an operation what its document leaves open', () => {
    const { report } = importFile(
      JSON.stringify({
        openapi: '3.1.0',
        info: { title: 'Orders' },
        paths: {
          '/a': {
            post: {
              parameters: [
                { in: 'query' },
                { in: 'cookie', name: 'session' },
                { $ref: '#/components/parameters/Gone' },
              ],
              requestBody: { $ref: '#/components/requestBodies/Gone' },
              responses: { 200: { $ref: '#/components/responses/Gone' } },
            },
            get: { responses: { 200: { description: 'all is well' } } },
          },
        },
      }),
      'orders.json',
    )
    expect(report.parts.map(({ place, state }) => [place, state])).toEqual([
      ['openapi:orders/get_a', 'mapped'],
      ['openapi:orders/post_a', 'approximated'],
    ])
    expect(report.parts[1]?.note).toMatch(
      /parameters\/Gone is not in the document.*requestBodies\/Gone.*has no name.*session is left out.*responses\/Gone/,
    )
  })
})
