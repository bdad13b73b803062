import { record, records, text } from '../json.ts'
import type { Draft, StepDraft } from '../draft.ts'
import { appSource } from '../draft.ts'
import { agentNameOf, cut, escapeTemplate, slug } from '../names.ts'
import type { ImportState } from '../report.ts'
import { conditionsToCel, test } from './conditions.ts'
import type { Values } from './values.ts'
import { baseOf } from './workflow.ts'
import type { N8nNode } from './workflow.ts'

/** What a node became. */
export interface NodeStep {
  step: StepDraft
  state: ImportState
  note?: string
  /** Exits of the draft's step by the number of the node's output; those not named are the normal end. */
  exits?: Record<number, string>
  /** It gives on what came in: later expressions read what is before it. */
  isPassing?: boolean
}

export interface NodeInput {
  node: N8nNode
  draft: Draft
  values: Values
  /** CEL of the item that comes in, or `null`. */
  incoming: string
  /** CEL of what each arrow into it brings, `null` for one that was not taken. */
  inputs: readonly string[]
  /** Nodes that are part of this one (model, tools, memory), by the kind of the connection: `ai_tool`. */
  parts: ReadonlyMap<string, readonly N8nNode[]>
  place: string
}

type Mapper = (input: NodeInput) => NodeStep
const at = (input: NodeInput, key: string): unknown => input.node.parameters[key]
const mapped = (step: StepDraft, more: Partial<NodeStep> = {}): NodeStep => ({
  step,
  state: 'mapped',
  ...more,
})

/** Nodes that change files or run programs of the machine that n8n runs on: nothing here does, and nothing stands in for them. */
const ofTheMachine = /^(executeCommand|ssh|readWriteFile|readBinaryFiles?|writeBinaryFile|ftp)$/

/** What a node becomes. Control nodes of n8n become steps of their own kind, all others tools of their app. */
export function stepOf(input: NodeInput): NodeStep {
  const { node, parts } = input
  const base = baseOf(node.type)
  const own = control.get(base)
  if (own) return own(input)
  if (ofTheMachine.test(base))
    return {
      step: { kind: 'set', value: null },
      state: 'by-hand',
      note: `${base} reaches into the machine that runs n8n. Use objects, or a tool that an administrator registers.`,
    }
  if (
    parts.has('ai_languageModel') ||
    /^(agent|chain\w+|openAi|anthropic|googleGemini|ollama|mistralAi)$/.test(base)
  )
    if (node.type.includes('langchain')) return modelStep(input)
  return appStep(input)
}

const control = new Map<string, Mapper>([
  ['if', (input) => branch(input, [{ id: 'yes', when: condition(input) }], { 0: 'yes', 1: 'otherwise' })],
  [
    'filter',
    (input) => branch(input, [{ id: 'kept', when: condition(input) }], { 0: 'kept', 1: 'otherwise' }),
  ],
  ['switch', switchStep],
  ['set', setStep],
  ['noOp', ({ incoming }) => mapped({ kind: 'set', value: `\${${incoming}}` })],
  ['code', codeStep],
  ['function', codeStep],
  ['functionItem', codeStep],
  ['merge', mergeStep],
  ['wait', waitStep],
  [
    'stopAndError',
    (input) => {
      const value = input.values.template(
        at(input, 'errorMessage') ?? at(input, 'errorObject') ?? 'Stopped.',
        `${input.place}/errorMessage`,
      )
      return mapped({
        kind: 'code',
        code: 'throw new Error(typeof input.message === "string" ? input.message : JSON.stringify(input.message))',
        with: { message: value },
      })
    },
  ],
  ['executeWorkflow', executeStep],
  [
    'respondToWebhook',
    (input) => {
      const body = at(input, 'responseBody')
      const json =
        typeof body === 'string' && at(input, 'respondWith') === 'json'
          ? input.values.json(body, `${input.place}/responseBody`)
          : undefined
      return mapped(
        {
          kind: 'set',
          value:
            json ??
            (body === undefined
              ? `\${${input.incoming}}`
              : input.values.template(body, `${input.place}/responseBody`)),
        },
        {
          state: 'approximated',
          note: 'The answer is the output of this step; name it in `result`, and take its headers from the caller.',
          isPassing: false,
        },
      )
    },
  ],
  ['httpRequest', httpStep],
  [
    'splitInBatches',
    ({ incoming }) =>
      mapped(
        { kind: 'set', value: `\${${incoming}}` },
        { state: 'approximated', note: 'Nothing is repeated by it here.' },
      ),
  ],
  ['stickyNote', () => mapped({ kind: 'set', value: null })],
])

function branch(
  input: NodeInput,
  cases: { id: string; when: string | null }[],
  exits: Record<number, string>,
): NodeStep {
  const open = cases.filter(({ when }) => when === null)
  return {
    step: {
      kind: 'branch',
      cases: cases.map(({ id, when }) => ({ id, when: when === null ? 'false' : cut(when, 10_000) })),
    },
    state: open.length > 0 ? 'by-hand' : 'mapped',
    ...(open.length > 0
      ? { note: 'A condition of it has no CEL: it is never true until somebody writes it.' }
      : {}),
    exits,
    isPassing: true,
  }
}

function condition(input: NodeInput): string | null {
  const any = input.node.parameters['combineOperation'] === 'any'
  return conditionsToCel(at(input, 'conditions'), input.values, `${input.place}/conditions`, any)
}

function switchStep(input: NodeInput): NodeStep {
  const { values, place } = input
  const given = record(at(input, 'rules'))
  const rules = records(given['values'] ?? given['rules'])
  const exits: Record<number, string> = {}
  if (at(input, 'mode') === 'expression') {
    const output = values.cel(at(input, 'output'), `${place}/output`)
    const count = Number(at(input, 'numberOutputs') ?? 4)
    const cases = Array.from({ length: Math.min(Math.max(count, 1), 50) }, (_, index) => {
      exits[index] = `output_${index}`
      return { id: `output_${index}`, when: output === null ? null : `${output} == ${index}` }
    })
    return branch(input, cases, exits)
  }
  const cases = rules.slice(0, 50).map((rule, index) => {
    const output = typeof rule['output'] === 'number' ? rule['output'] : index
    const id = `output_${index}`
    // Several rules may lead to one output: the first by that number stands for it.
    exits[output] ??= id
    const when = rule['conditions']
      ? conditionsToCel(rule['conditions'], values, `${place}/rules/${index}`)
      : test(
          text(at(input, 'dataType'), 'string'),
          text(rule['operation'], 'equal'),
          values,
          `${place}/rules/${index}`,
          at(input, 'value1'),
          rule['value2'],
        )
    return { id: exits[output] === id ? id : `${id}_too`, when }
  })
  const fallback = record(at(input, 'options'))['fallbackOutput'] ?? at(input, 'fallbackOutput')
  if (fallback === 'extra') exits[rules.length] = 'otherwise'
  else if (typeof fallback === 'number' && fallback >= 0) exits[fallback] ??= 'otherwise'
  if (cases.length === 0) return branch(input, [{ id: 'output_0', when: null }], { 0: 'output_0', ...exits })
  return branch(input, cases, exits)
}

function setStep(input: NodeInput): NodeStep {
  const { values, place, node } = input
  const value: Record<string, unknown> = {}
  const put = (name: string, given: unknown): void => {
    const keys = name.split('.').filter((key) => key !== '' && key !== '__proto__')
    let inner = value
    for (const key of keys.slice(0, -1)) inner = inner[key] = record(inner[key])
    const last = keys.at(-1)
    if (last !== undefined) inner[last] = given
  }
  const raw = at(input, 'jsonOutput')
  if (at(input, 'mode') === 'raw' && typeof raw === 'string') {
    const json = values.json(raw, `${place}/jsonOutput`)
    if (json !== undefined) return mapped({ kind: 'set', value: json })
    return {
      step: { kind: 'set', value: values.template(raw, `${place}/jsonOutput`) },
      state: 'approximated',
      note: 'Its JSON is a text here, as its expressions are not inside values.',
    }
  }
  for (const each of records(record(at(input, 'assignments'))['assignments']))
    put(
      text(each['name']),
      typed(each['type'], values.template(each['value'], `${place}/assignments/${text(each['name'])}`)),
    )
  for (const each of records(record(at(input, 'fields'))['values'])) {
    const key = Object.keys(each).find((name) => name.endsWith('Value'))
    put(
      text(each['name']),
      typed(each['type'], values.template(key ? each[key] : '', `${place}/fields/${text(each['name'])}`)),
    )
  }
  for (const [type, items] of Object.entries(record(at(input, 'values'))))
    for (const each of records(items))
      put(
        text(each['name']),
        typed(type, values.template(each['value'], `${place}/values/${text(each['name'])}`)),
      )
  const keepsAll =
    node.typeVersion >= 3 ? at(input, 'includeOtherFields') === true : at(input, 'keepOnlySet') !== true
  return mapped(
    { kind: 'set', value },
    keepsAll
      ? {
          state: 'approximated',
          note: 'The other fields of the item are not copied; read them from the step before.',
        }
      : {},
  )
}

/** A written value of the type that n8n is told; expressions keep their own. */
function typed(type: unknown, value: unknown): unknown {
  if (typeof value !== 'string' || value.includes('${')) return value
  if (type === 'number' || type === 'numberValue')
    return value.trim() !== '' && Number.isFinite(Number(value)) ? Number(value) : value
  if (type === 'boolean' || type === 'booleanValue') return value === 'true'
  if (type === 'object' || type === 'array') {
    try {
      return JSON.parse(value) as unknown
    } catch {
      return value
    }
  }
  return value
}

/** What n8n gives its code, made of the step's input; the code itself is unchanged. */
const codeBefore = `const items = input.items.map((json) => ({ json }));
const $input = { all: () => items, first: () => items[0], last: () => items.at(-1), item: items[0] };
const $json = items[0]?.json, item = $json;
const $ = (name) => { const of = (input.nodes[name] ?? []).map((json) => ({ json })); return { all: () => of, first: () => of[0], last: () => of.at(-1), item: of[0] }; };
const $node = Object.fromEntries(Object.entries(input.nodes).map(([name, [json]]) => [name, { json }]));
const $items = (name) => name ? $(name).all() : items;
const answer = (() => {
`
const codeAfter = `
})();
return Array.isArray(answer) && answer.length === 1 ? (answer[0]?.json ?? answer[0]) : Array.isArray(answer) ? answer.map((each) => each?.json ?? each) : (answer?.json ?? answer);`

function codeStep(input: NodeInput): NodeStep {
  const { node, values, place } = input
  const language = text(at(input, 'language'))
  const source = text(
    at(input, 'jsCode') ?? at(input, 'functionCode') ?? at(input, 'pythonCode') ?? at(input, 'code'),
  ).replace(/^=/, '')
  if (/^python/i.test(language) || (source === '' && language !== ''))
    return {
      step: { kind: 'set', value: null },
      state: 'by-hand',
      note: cut(`Its Python does not run here. It was:\n${text(at(input, 'pythonCode'))}`, 3_900),
    }
  const named = new Set(
    [...source.matchAll(/\$(?:node|items)?[([]\s*(["'`])((?:(?!\1).)+)\1/g)].map((match) => match[2]!),
  )
  const nodes: Record<string, unknown> = {}
  for (const name of named) {
    const cel = values.expression(`$(${JSON.stringify(name)}).item.json`, `${place}/code`)
    if (cel !== null) nodes[name] = [`\${${cel.text}}`]
  }
  return {
    step: {
      kind: 'code',
      code: cut(`${codeBefore}${source}${codeAfter}`, 100_000),
      with: { items: [`\${${input.incoming}}`], nodes },
      review: true,
    },
    state: 'approximated',
    note: `Its JavaScript (${baseOf(node.type)}) does not run until somebody has read it.`,
  }
}

function mergeStep(input: NodeInput): NodeStep {
  const mode = text(at(input, 'mode')) || 'append'
  const inputs = input.inputs.map((each) => `\${${each}}`)
  const combines = /combine|merge|multiplex|keep/i.test(mode)
  return {
    step: {
      kind: 'code',
      code: combines
        ? 'return Object.assign({}, ...input.inputs.filter((each) => typeof each === "object" && each !== null));'
        : 'const there = input.inputs.filter((each) => each !== null); return there.length === 1 ? there[0] : there;',
      with: { inputs },
    },
    state: 'approximated',
    note: 'It joins one item of each side.',
  }
}

function waitStep(input: NodeInput): NodeStep {
  const { values, place } = input
  const resume = text(at(input, 'resume')) || 'timeInterval'
  if (resume === 'webhook' || resume === 'form')
    return mapped(
      { kind: 'wait', event: `resume.${slug(input.node.name, '_') || 'wait'}` },
      {
        isPassing: true,
        state: 'approximated',
        note: 'It goes on at this event; send it with the id of the run.',
      },
    )
  if (resume === 'specificTime') {
    const until = values.cel(at(input, 'dateTime'), `${place}/dateTime`)
    if (until !== null) return mapped({ kind: 'wait', until: `timestamp(${until})` }, { isPassing: true })
  }
  const amount = Number(at(input, 'amount') ?? 1)
  const letters: Record<string, (n: number) => string> = {
    seconds: (n) => `PT${n}S`,
    minutes: (n) => `PT${n}M`,
    hours: (n) => `PT${n}H`,
    days: (n) => `P${n}D`,
  }
  const unit = text(at(input, 'unit')) || (input.node.typeVersion >= 1.1 ? 'seconds' : 'hours')
  const whole = Number.isFinite(amount) && letters[unit] ? letters[unit](amount) : null
  return whole !== null && Number.isInteger(amount)
    ? mapped({ kind: 'wait', for: whole }, { isPassing: true })
    : {
        step: {
          kind: 'wait',
          for: Number.isFinite(amount)
            ? `PT${Math.max(1, Math.round(amount * (unit === 'minutes' ? 60 : unit === 'hours' ? 3600 : unit === 'days' ? 86_400 : 1)))}S`
            : 'PT1M',
        },
        state: Number.isFinite(amount) ? 'mapped' : 'by-hand',
        isPassing: true,
        ...(Number.isFinite(amount) ? {} : { note: 'How long it waits is worked out in n8n; write it.' }),
      }
}

function executeStep(input: NodeInput): NodeStep {
  const given = at(input, 'workflowId')
  const name = text(record(given)['cachedResultName'] ?? record(given)['value'] ?? given)
  const inputs = record(at(input, 'workflowInputs'))['value']
  return {
    step: {
      kind: 'agent',
      agent: agentNameOf(name.replace(/^=/, '') || 'workflow'),
      with:
        inputs === undefined || inputs === null
          ? `\${${input.incoming}}`
          : input.values.template(inputs, `${input.place}/workflowInputs`),
    },
    state: 'approximated',
    note: `It calls the workflow "${cut(name, 200)}": import that one too.`,
  }
}

const pairs = (value: unknown): [string, unknown][] =>
  records(record(value)['parameters'] ?? record(value)['parameter'] ?? value).map((each) => [
    text(each['name'] ?? each['key']),
    each['value'],
  ])

function httpStep(input: NodeInput): NodeStep {
  const { values, place, draft, node } = input
  const url = values.template(at(input, 'url') ?? '', `${place}/url`)
  const args: Record<string, unknown> = {
    method: text(at(input, 'method') ?? at(input, 'requestMethod')) || 'GET',
    url,
  }
  const put = (key: string, keys: string[], json: string[]): void => {
    const found: Record<string, unknown> = {}
    for (const from of keys)
      for (const [name, value] of pairs(at(input, from)))
        if (name !== '' && name !== '__proto__')
          found[name] = values.template(value, `${place}/${from}/${name}`)
    for (const from of json) {
      const given = at(input, from)
      if (typeof given !== 'string' || given.trim() === '' || given === '=') continue
      const value = values.json(given, `${place}/${from}`)
      args[key] = value ?? values.template(given, `${place}/${from}`)
      return
    }
    if (Object.keys(found).length > 0) args[key] = found
  }
  put('query', ['queryParameters', 'queryParametersUi'], ['jsonQuery', 'queryParametersJson'])
  put('headers', ['headerParameters', 'headerParametersUi'], ['jsonHeaders', 'headerParametersJson'])
  put('body', ['bodyParameters', 'bodyParametersUi'], ['jsonBody', 'bodyParametersJson', 'body'])
  const host = /^(?:=?\s*)https?:\/\/([a-z0-9.-]+)/i.exec(text(at(input, 'url')))?.[1]
  const tool = draft.tool(
    host ? `http:${slug(host, '-').slice(0, 100)}` : 'http',
    'request',
    credentialOf(node),
  )
  return mapped({ kind: 'tool', tool, with: args })
}

/** Name of the credential that a node uses, by its kind: the secret itself is never in a workflow. */
export function credentialOf(node: N8nNode): string | undefined {
  const [kind] = Object.keys(node.credentials ?? {})
  return kind === undefined
    ? undefined
    : cut(slug(kind.replace(/([a-z\d])([A-Z])/g, '$1-$2'), '-') || 'credential', 100)
}

const notArguments = new Set(['resource', 'operation', 'authentication'])

/** `post.create` of an app, with what the node is set to. */
export function appTool(node: N8nNode): { from: string; tool: string } {
  const base = baseOf(node.type).replace(/Tool$/, '')
  const name = [node.parameters['resource'], node.parameters['operation'] ?? node.parameters['action']]
    .filter((part) => typeof part === 'string' && part !== '' && !part.startsWith('='))
    .join('.')
  return { from: appSource(base), tool: name || 'run' }
}

function appStep(input: NodeInput): NodeStep {
  const { node, draft, values, place } = input
  const { from, tool } = appTool(node)
  const given = Object.fromEntries(Object.entries(node.parameters).filter(([key]) => !notArguments.has(key)))
  return {
    step: {
      kind: 'tool',
      tool: draft.tool(from, tool, credentialOf(node)),
      with: values.template(given, place),
    },
    state: 'approximated',
    note: `Register a source for ${from} (OpenAPI or MCP) that has "${tool}".`,
  }
}

/** Steps by a model: with tools a loop, else one question. */
function modelStep(input: NodeInput): NodeStep {
  const { node, draft, values, place, parts, incoming } = input
  const model = modelOf(parts.get('ai_languageModel')?.[0] ?? node)
  const options = record(at(input, 'options'))
  const system = values.template(
    options['systemMessage'] ?? at(input, 'systemMessage') ?? systemOf(input),
    `${place}/systemMessage`,
  )
  const asked = at(input, 'text') ?? at(input, 'prompt') ?? userOf(input) ?? at(input, 'inputText')
  const auto = at(input, 'promptType') === 'auto' || asked === undefined || asked === ''
  const prompt = auto
    ? `\${${incoming}}`
    : cut(templateText(values.template(asked, `${place}/text`)), 100_000)
  const output = schemaOf(parts.get('ai_outputParser')?.[0], at(input, 'attributes'))
  const tools = (parts.get('ai_tool') ?? []).map((each) => toolOf(each, draft))
  const common = {
    model,
    ...(typeof system === 'string' && system !== '' ? { system: cut(system, 100_000) } : {}),
    ...(output ? { output } : {}),
  }
  const notes = [...parts.keys()].filter(
    (kind) => !['ai_languageModel', 'ai_tool', 'ai_outputParser'].includes(kind),
  )
  const note = notes.length > 0 ? `Not taken over: ${notes.join(', ').replaceAll('ai_', '')}.` : undefined
  const isLoop = tools.length > 0 || baseOf(node.type) === 'agent'
  return {
    step: isLoop
      ? { kind: 'loop', ...common, goal: prompt || '…', tools }
      : { kind: 'model', ...common, prompt: prompt || '…' },
    state: note === undefined && !auto ? 'mapped' : 'approximated',
    ...(note === undefined ? (auto ? { note: 'The question is all of what comes in.' } : {}) : { note }),
  }
}

const templateText = (value: unknown): string =>
  typeof value === 'string' ? value : escapeTemplate(JSON.stringify(value))

const messages = (input: NodeInput): Record<string, unknown>[] => {
  const given = record(at(input, 'messages'))
  return records(given['values'] ?? given['messageValues'])
}
const systemOf = (input: NodeInput): unknown =>
  messages(input).find(
    (each) => each['role'] === 'system' || each['type'] === 'SystemMessagePromptTemplate',
  )?.['content'] ??
  messages(input).find((each) => each['message'] !== undefined && each['role'] === undefined)?.['message']
const userOf = (input: NodeInput): unknown =>
  messages(input).find((each) => each['role'] !== 'system' && each['content'] !== undefined)?.['content']

/** A route of the gateway, named for the model that the workflow asks for. */
export function modelOf(node: N8nNode): string {
  const given = node.parameters['model'] ?? node.parameters['modelId'] ?? node.parameters['modelName']
  const name = text(record(given)['value'] ?? given)
    .replace(/^=/, '')
    .replace(/^models\//, '')
  return name === '' || name.includes('{{') ? 'default' : cut(name, 200)
}

/** A node that an agent may call: workflows become agents, all others tools of their app. */
function toolOf(node: N8nNode, draft: Draft): string {
  const base = baseOf(node.type)
  if (base === 'toolWorkflow') {
    const given = node.parameters['workflowId']
    const name = text(record(given)['cachedResultName'] ?? record(given)['value'] ?? given)
    return draft.tool(`agent:${agentNameOf(name || node.name)}`, 'run')
  }
  if (base === 'toolCode') return draft.tool('code', slug(node.name, '_') || 'run')
  if (base === 'toolHttpRequest' || base === 'httpRequestTool')
    return draft.tool('http', slug(node.name, '_') || 'request', credentialOf(node))
  if (base === 'mcpClientTool')
    return draft.tool(`mcp:${slug(node.name, '-') || 'server'}`, '*', credentialOf(node))
  const { from, tool } = appTool(node)
  return draft.tool(from, tool, credentialOf(node))
}

function schemaOf(parser: N8nNode | undefined, attributes: unknown): Record<string, unknown> | undefined {
  const given = parser?.parameters['inputSchema'] ?? parser?.parameters['jsonSchema']
  for (const source of [given, parser?.parameters['jsonSchemaExample']]) {
    if (typeof source !== 'string') continue
    try {
      const value = JSON.parse(source.replace(/^=/, '')) as unknown
      if (typeof value === 'object' && value !== null && !Array.isArray(value))
        return source === given ? (value as Record<string, unknown>) : exampleSchema(value)
    } catch {
      // Not JSON, or with expressions in it: the answer is then free.
    }
  }
  const fields = records(record(attributes)['attributes'])
  if (fields.length === 0) return undefined
  return {
    type: 'object',
    properties: Object.fromEntries(
      fields.map((each) => [text(each['name']), { description: text(each['description']) }]),
    ),
  }
}

/** A schema of values like an example. */
function exampleSchema(value: unknown): Record<string, unknown> {
  if (Array.isArray(value))
    return { type: 'array', ...(value.length > 0 ? { items: exampleSchema(value[0]) } : {}) }
  if (typeof value === 'object' && value !== null)
    return {
      type: 'object',
      properties: Object.fromEntries(
        Object.entries(value).map(([key, inner]) => [key, exampleSchema(inner)]),
      ),
    }
  return value === null ? {} : { type: typeof value }
}
