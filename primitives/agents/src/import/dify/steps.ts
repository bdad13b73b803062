import { list, record, text } from '../json.ts'
import { appSource } from '../draft.ts'
import type { MadeStep } from '../graph-draft.ts'
import { classify } from '../classify.ts'
import { cut, escapeTemplate, slug } from '../names.ts'
import type { DifyNode } from './app.ts'
import { assignStep } from './assign-step.ts'
import { branchStep } from './branch-step.ts'
import type { DifyInput } from './dify-input.ts'
import type { Variables } from './variables.ts'

const whole = (cel: string | null): string => (cel === null ? '' : `\${${cel}}`)

/** What a node becomes. Kinds are those of Dify's DSL; a tool is one of its provider. */
export function difyStep(input: DifyInput): MadeStep {
  const make = kinds[input.node.data.type]
  return make ? make(input) : asTool(input)
}

const kinds: Record<string, (input: DifyInput) => MadeStep> = {
  start: () => ({ step: { kind: 'set', value: '${input}' }, state: 'mapped' }),
  end: ({ node, values }) => ({
    step: {
      kind: 'set',
      value: Object.fromEntries(
        list(node.data['outputs'])
          .map(record)
          .map((output) => [
            text(output['variable']),
            whole(values.selector(list(output['value_selector']), `nodes/${node.id}/outputs`)),
          ]),
      ),
    },
    state: 'mapped',
  }),
  answer: ({ node, values }) => ({
    step: { kind: 'set', value: values.text(text(node.data['answer']), `nodes/${node.id}/answer`) },
    state: 'mapped',
  }),
  llm: modelStep,
  agent: agentStep,
  'if-else': branchStep,
  'question-classifier': classifyStep,
  'parameter-extractor': extractStep,
  code: codeStep,
  'template-transform': templateStep,
  'http-request': httpStep,
  'variable-aggregator': ({ node, values }) => {
    const found = list(node.data['variables'])
      .map((path) => values.selector(list(path), `nodes/${node.id}/variables`))
      .filter((cel) => cel !== null)
    const cel = found
      .slice(0, -1)
      .reduceRight(
        (rest, each) => `(has(${each.split('.').slice(0, 2).join('.')}) ? ${each} : ${rest})`,
        found.at(-1) ?? 'null',
      )
    return { step: { kind: 'set', value: whole(cel) }, state: 'mapped' }
  },
  assigner: assignStep,
  'knowledge-retrieval': ({ node, draft, values }) => ({
    step: {
      kind: 'tool',
      tool: draft.tool('app:knowledge', 'retrieve'),
      with: {
        query: whole(values.selector(list(node.data['query_variable_selector']), `nodes/${node.id}/query`)),
        datasets: list(node.data['dataset_ids']),
      },
    },
    state: 'approximated',
    note: 'Register a source for app:knowledge that holds these data sets.',
  }),
}

/** Anything else with settings, a tool of a provider among it. */
function asTool({ node, draft, values }: DifyInput): MadeStep {
  const { data } = node
  const provider = text(data['provider_name'] ?? data['provider_id']) || data.type || 'tool'
  const name = text(data['tool_name']) || 'run'
  const parameters = Object.fromEntries(
    Object.entries(record(data['tool_parameters'])).map(([key, given]) => [
      key,
      argument(record(given)['value'] ?? given, record(given)['type'], values, `nodes/${node.id}/${key}`),
    ]),
  )
  const settings =
    data.type === 'tool'
      ? record(data['tool_configurations'])
      : values.template(
          Object.fromEntries(
            Object.entries(data).filter(([key]) => !['type', 'title', 'desc', 'selected'].includes(key)),
          ),
          `nodes/${node.id}`,
        )
  return {
    step: {
      kind: 'tool',
      tool: draft.tool(appSource(provider.split('/').at(-1) ?? provider), name),
      with: { ...(settings as Record<string, unknown>), ...parameters },
    },
    state: 'approximated',
    note: `Register a source for ${provider} that has "${name}".`,
  }
}

function argument(value: unknown, type: unknown, values: Variables, place: string): unknown {
  if (type === 'variable' && Array.isArray(value)) return whole(values.selector(value, place))
  return values.template(value, place)
}

const modelName = (model: unknown): string =>
  cut(text(record(model)['name']) || text(record(model)['model']) || 'default', 200)

function prompts(node: DifyNode, values: Variables): { system?: string; prompt: string } {
  const given = node.data['prompt_template']
  const parts = Array.isArray(given) ? given.map(record) : [record(given)]
  const of = (isSystem: boolean): string =>
    parts
      .filter((part) => (part['role'] === 'system') === isSystem)
      .map((part) =>
        values.text(
          text(part['edition_type'] === 'jinja2' ? (part['jinja2_text'] ?? part['text']) : part['text']),
          `nodes/${node.id}/prompt`,
        ),
      )
      .filter((each) => each !== '')
      .join('\n\n')
  const memory = text(record(node.data['memory'])['query_prompt_template'])
  const system = of(true)
  const prompt = of(false) || (memory === '' ? '' : values.text(memory, `nodes/${node.id}/memory`))
  return prompt === '' && system !== ''
    ? { prompt: system }
    : { ...(system === '' ? {} : { system: cut(system, 100_000) }), prompt: cut(prompt || '…', 100_000) }
}

function modelStep({ node, values }: DifyInput): MadeStep {
  const hasMemory = record(record(node.data['memory'])['window'])['enabled'] === true
  return {
    step: { kind: 'model', model: modelName(node.data['model']), ...prompts(node, values) },
    state: hasMemory ? 'approximated' : 'mapped',
    ...(hasMemory ? { note: 'The conversation so far is not handed on.' } : {}),
  }
}

function agentStep({ node, draft, values }: DifyInput): MadeStep {
  const given = record(node.data['agent_parameters'])
  const value = (key: string): unknown => record(given[key])['value']
  const tools = list(value('tools'))
    .map(record)
    .map((tool) =>
      draft.tool(appSource(text(tool['provider_name']) || 'tools'), text(tool['tool_name']) || 'run'),
    )
  const system = text(value('instruction'))
  return {
    step: {
      kind: 'loop',
      model: modelName(value('model')),
      ...(system === '' ? {} : { system: values.text(system, `nodes/${node.id}/instruction`) }),
      goal: values.text(text(value('query')) || '{{#sys.query#}}', `nodes/${node.id}/query`),
      tools,
    },
    state: 'approximated',
    note: `Its strategy "${text(node.data['agent_strategy_label'])}" is the usual tool loop here.`,
  }
}

/** A question to a model whose answer is the exit. */
function classifyStep({ node, graph, values, incoming }: DifyInput): MadeStep {
  const classes = list(node.data['classes']).map(record)
  const query = values.selector(list(node.data['query_variable_selector']), `nodes/${node.id}/query`)
  const instruction = text(node.data['instruction'] ?? node.data['instructions'])
  const made = classify({
    id: graph.idBeside(node.id, 'asked'),
    model: modelName(node.data['model']),
    ...(instruction === '' ? {} : { system: values.text(instruction, `nodes/${node.id}/instruction`) }),
    question: whole(query ?? incoming),
    choices: classes.map((each) => ({ text: text(each['name']) })),
  })
  const hasMemory = record(record(node.data['memory'])['window'])['enabled'] === true
  return {
    before: made.before,
    step: made.step,
    state: query === null || classes.length === 0 ? 'by-hand' : hasMemory ? 'approximated' : 'mapped',
    exits: Object.fromEntries(classes.map((each, at) => [text(each['id']), made.exits[at]!])),
    ...(query === null || classes.length === 0
      ? { note: 'What it sorts, or into what, could not be read.' }
      : hasMemory
        ? { note: 'The conversation so far is not handed on.' }
        : {}),
  }
}

function extractStep({ node, values }: DifyInput): MadeStep {
  const parameters = list(node.data['parameters']).map(record)
  const query =
    list(node.data['query']).length > 0
      ? values.selector(list(node.data['query']), `nodes/${node.id}/query`)
      : null
  const types: Record<string, Record<string, unknown>> = {
    string: { type: 'string' },
    number: { type: 'number' },
    bool: { type: 'boolean' },
    boolean: { type: 'boolean' },
    select: { type: 'string' },
  }
  const instruction = text(node.data['instruction'])
  return {
    step: {
      kind: 'model',
      model: modelName(node.data['model']),
      ...(instruction === '' ? {} : { system: values.text(instruction, `nodes/${node.id}/instruction`) }),
      prompt: whole(query ?? 'input'),
      output: {
        type: 'object',
        required: parameters.filter((each) => each['required'] === true).map((each) => text(each['name'])),
        properties: Object.fromEntries(
          parameters.map((each) => [
            text(each['name']),
            {
              ...(types[text(each['type'])] ??
                (text(each['type']).startsWith('array') ? { type: 'array' } : {})),
              description: text(each['description']),
              ...(Array.isArray(each['options']) && each['options'].length > 0
                ? { enum: each['options'] }
                : {}),
            },
          ]),
        ),
      },
    },
    state: 'mapped',
  }
}

function codeStep({ node, draft, values }: DifyInput): MadeStep {
  const inputs = Object.fromEntries(
    list(node.data['variables'])
      .map(record)
      .map((each) => [
        text(each['variable']),
        whole(values.selector(list(each['value_selector']), `nodes/${node.id}/variables`)),
      ]),
  )
  const source = text(node.data['code'])
  if (text(node.data['code_language']).startsWith('javascript'))
    return {
      step: {
        kind: 'code',
        code: cut(`${source}\nreturn main(input);`, 100_000),
        with: inputs,
        review: true,
      },
      state: 'approximated',
      note: 'Its JavaScript does not run until somebody has read it.',
    }
  return {
    step: {
      kind: 'tool',
      tool: draft.tool('app:python', 'run'),
      with: { code: escapeTemplate(source), input: inputs },
    },
    state: 'approximated',
    note: 'Python does not run here: register a source for app:python, or write it anew as a code step.',
  }
}

/** Jinja with plain variables becomes a template; anything more is left as it was. */
function templateStep({ node, values }: DifyInput): MadeStep {
  const cels = new Map(
    list(node.data['variables'])
      .map(record)
      .map((each) => [
        text(each['variable']),
        values.selector(list(each['value_selector']), `nodes/${node.id}/variables`),
      ]),
  )
  const source = text(node.data['template'])
  let isWhole = !/\{%/.test(source)
  const value = source
    .split(/(\{\{[^{}]*\}\})/)
    .map((piece) => {
      const path = /^\{\{\s*([A-Za-z_]\w*)((?:\.\w+|\[\d+\])*)\s*\}\}$/.exec(piece)
      const cel = path ? cels.get(path[1]!) : undefined
      if (cel) return `\${${cel}${path![2]!}}`
      if (piece.startsWith('{{')) isWhole = false
      return escapeTemplate(piece)
    })
    .join('')
  return {
    step: { kind: 'set', value },
    state: isWhole ? 'mapped' : 'by-hand',
    ...(isWhole
      ? {}
      : {
          note: 'Its template has loops, conditions or filters of Jinja, which stand here as text. Write them as CEL or as a code step.',
        }),
  }
}

function httpStep({ node, draft, values }: DifyInput): MadeStep {
  const { data } = node
  const at = (key: string): string => `nodes/${node.id}/${key}`
  const lines = (given: unknown, key: string): Record<string, string> =>
    Object.fromEntries(
      text(given)
        .split('\n')
        .map((line) => line.split(/:(.*)/s))
        .filter(([name]) => name !== undefined && name.trim() !== '' && name.trim() !== '__proto__')
        .map(([name, value]) => [name!.trim(), values.text((value ?? '').trim(), at(key))]),
    )
  const body = record(data['body'])
  const given = body['data']
  const url = text(data['url'])
  const host = /^https?:\/\/([a-z0-9.-]+)/i.exec(url)?.[1]
  const secret = record(data['authorization'])['type'] === 'api-key'
  return {
    step: {
      kind: 'tool',
      tool: draft.tool(
        host ? `http:${slug(host, '-').slice(0, 100)}` : 'http',
        'request',
        secret ? `${slug(host ?? 'api', '-')}-key` : undefined,
      ),
      with: {
        method: (text(data['method']) || 'get').toUpperCase(),
        url: values.text(url, at('url')),
        ...(text(data['params']) === '' ? {} : { query: lines(data['params'], 'params') }),
        ...(text(data['headers']) === '' ? {} : { headers: lines(data['headers'], 'headers') }),
        ...(body['type'] === 'none' || given === undefined || given === ''
          ? {}
          : {
              body: Array.isArray(given)
                ? given.map(record).map((part) => values.template(part['value'] ?? part, at('body')))
                : values.template(given, at('body')),
            }),
      },
    },
    state: 'mapped',
    ...(secret ? { note: 'Its key is not taken over: store it as a credential.' } : {}),
  }
}
