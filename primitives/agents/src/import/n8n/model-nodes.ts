import type { Draft } from '../draft.ts'
import { classify } from '../classify.ts'
import { atom, member, quote } from '../js/cel-value.ts'
import type { Cel } from '../js/cel-value.ts'
import { isObject, record, records, text } from '../json.ts'
import { agentNameOf, cut, escapeTemplate, slug } from '../names.ts'
import { appTool, credentialOf } from './app-nodes.ts'
import { at } from './node-step.ts'
import type { NodeInput, NodeStep } from './node-step.ts'
import { baseOf } from './workflow.ts'
import type { N8nNode } from './workflow.ts'

/** Steps by a model: with tools a loop, else one question. */
export function modelStep(input: NodeInput): NodeStep {
  const { node, draft, values, place, parts, incoming } = input
  const model = modelOf(parts.get('ai_languageModel')?.[0] ?? node)
  const options = record(at(input, 'options'))
  const system = values.template(
    options['systemMessage'] ?? at(input, 'systemMessage') ?? systemOf(input),
    `${place}/systemMessage`,
  )
  const asked = at(input, 'text') ?? plainPrompt(input) ?? userOf(input) ?? at(input, 'inputText')
  // Told to take the question from the node before, n8n reads its field `chatInput`; so does a node that is told nothing.
  const auto = at(input, 'promptType') === 'auto' || asked === undefined || asked === ''
  const isChat = auto && /^(agent|chainLlm|chainRetrievalQa)$/.test(baseOf(node.type))
  const prompt = auto
    ? `\${${isChat ? member({ ...atom(incoming, 'any'), isAtom: !incoming.includes(' ') }, 'chatInput').text : incoming}}`
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
    state: note === undefined && (!auto || isChat) ? 'mapped' : 'approximated',
    ...(note === undefined
      ? auto && !isChat
        ? { note: 'The question is all of what comes in.' }
        : {}
      : { note }),
  }
}

/** The prompt where it is one text; a list of messages is read by its roles. */
const plainPrompt = (input: NodeInput): unknown => {
  const given = at(input, 'prompt')
  return isObject(given) ? undefined : given
}

/** A model sorts a text into categories: each is an output. */
export function classifierStep(input: NodeInput): NodeStep {
  const { node, values, place, parts, draft, id } = input
  const options = record(at(input, 'options'))
  const categories = records(record(at(input, 'categories'))['categories'])
  const hasOther = options['fallback'] === 'other'
  const question = values.template(at(input, 'inputText') ?? '', `${place}/inputText`)
  const made = classify({
    id: draft.ids.take(`${id}_asked`),
    model: modelOf(parts.get('ai_languageModel')?.[0] ?? node),
    question: templateText(question) || `\${${input.incoming}}`,
    choices: categories.map((each) => ({
      text: text(each['category']),
      about: text(each['description']),
    })),
    // What fits none leads nowhere in n8n, unless there is an output for it.
    hasOther: true,
  })
  const note =
    categories.length === 0
      ? 'It has no categories.'
      : options['multiClass'] === true
        ? 'It takes the best category; in n8n several may be true at once.'
        : undefined
  return {
    ...made,
    exits: Object.fromEntries(made.exits.slice(0, categories.length + (hasOther ? 1 : 0)).entries()),
    state: categories.length === 0 ? 'by-hand' : note === undefined ? 'mapped' : 'approximated',
    ...(note === undefined ? {} : { note }),
    isPassing: true,
  }
}

/** n8n's first node of OpenAI, where it completes a text or a chat; it also makes pictures and edits texts. */
export const isQuestion = ({ type, parameters }: N8nNode): boolean =>
  baseOf(type) === 'openAi' &&
  /^(text|chat)$/.test(text(parameters['resource'], 'text')) &&
  text(parameters['operation'], 'complete') === 'complete'

/** Where n8n has a model's answer in what its node gives: `message.content`. Empty where it is what the node gives. */
export function answersUnder(node: N8nNode, serving: ReadonlySet<string>): readonly string[] {
  const base = baseOf(node.type)
  const isFirst = !node.type.includes('langchain')
  if (base === 'agent' || base === 'informationExtractor') return ['output']
  if (base === 'chainLlm') return serving.has('ai_outputParser') ? ['output'] : ['text']
  if (base === 'chainRetrievalQa') return node.typeVersion >= 1.5 ? ['response'] : ['response', 'text']
  if (base === 'chainSummarization')
    return node.typeVersion >= 2.1 ? ['output', 'text'] : ['response', 'text']
  if (base === 'openAi' && isFirst)
    return isQuestion(node)
      ? node.parameters['resource'] === 'chat'
        ? ['message', 'content']
        : ['text']
      : []
  // Its version 2 answers with the list of what the model did.
  if (base === 'openAi' && node.typeVersion < 2) return ['message', 'content']
  return []
}

/** A value as it stands in objects of objects: read by a path it is the value itself. */
export const wrapped = (value: Cel, path: readonly string[]): Cel =>
  path.reduceRight<Cel>(
    (inner, key) => ({ ...atom(`{${quote(key)}: ${inner.text}}`, 'any'), fields: { [key]: inner } }),
    value,
  )

const templateText = (value: unknown): string =>
  typeof value === 'string' ? value : escapeTemplate(JSON.stringify(value))

const messages = (input: NodeInput): Record<string, unknown>[] => {
  const given = record(at(input, 'messages'))
  const found = records(given['values'] ?? given['messageValues'])
  return found.length > 0 ? found : records(record(at(input, 'prompt'))['messages'])
}
const systemOf = (input: NodeInput): unknown =>
  messages(input).find(
    (each) => each['role'] === 'system' || each['type'] === 'SystemMessagePromptTemplate',
  )?.['content'] ??
  messages(input).find((each) => each['message'] !== undefined && each['role'] === undefined)?.['message']
const userOf = (input: NodeInput): unknown =>
  messages(input).find((each) => each['role'] !== 'system' && each['content'] !== undefined)?.['content']

/** A route of the gateway, named for the model that the workflow asks for. */
function modelOf(node: N8nNode): string {
  const given =
    node.parameters['model'] ??
    node.parameters['modelId'] ??
    node.parameters['modelName'] ??
    node.parameters['chatModel']
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
