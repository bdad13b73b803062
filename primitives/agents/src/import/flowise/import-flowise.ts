import { list, record, text } from '../json.ts'
import { InvalidInputError } from '@heavylift/core'
import { classify } from '../classify.ts'
import { appSource, Draft } from '../draft.ts'
import { GraphDraft } from '../graph-draft.ts'
import type { MadeStep } from '../graph-draft.ts'
import { cut, slug } from '../names.ts'
import type { Imported, ImportedPart } from '../report.ts'
import { flow } from './flow.ts'
import type { FlowiseEdge, FlowiseNode } from './flow.ts'
import { modelOf, parsed, plainSettings, structured } from './inputs.ts'
import { condition, nameless, References } from './references.ts'

/** Characters of a text that is written into an expression; an expression may have 10,000 in all. */
const longestInExpression = 2_000

/** Categories of components that run; all others are parts of one (a model, a memory, a store), as Flowise declares them. */
const running = /^(Chains|Agents|Multi Agents|Sequential Agents|Agent Flows|Engine)$/
/** Parts that a step says itself. */
const said = /^(Chat Models|LLMs|Tools|Tools \(MCP\)|MCP|Prompts|Output Parsers)$/
/** Parts that become settings of a source of tools, which somebody has to register. */
const settings =
  /^(Vector Stores|Embeddings|Document Loaders|Text Splitters|Retrievers|Graph|Record Manager|Response Synthesizer|Cache|Utilities|Moderation)$/

/**
 * A flow of Flowise as a draft, of either kind: a graph of components (chatflow), or an agent flow. Nothing is run.
 *
 * @throws InvalidInputError `import-not-flowise`
 */
export function importFlowise(value: unknown, name = 'Imported flow'): Imported {
  const given =
    typeof record(value)['flowData'] === 'string' ? (parsed(text(record(value)['flowData'])) ?? value) : value
  const read = flow.safeParse(given)
  if (!read.success)
    throw new InvalidInputError({
      code: 'import-not-flowise',
      message:
        'This is no flow of Flowise: it has no lists of nodes and edges. Export it in Flowise by "Export Chatflow".',
    })
  const title = text(record(value)['name']) || name
  const nodes = read.data.nodes.filter(
    (each): each is FlowiseNode => each.data !== undefined && !/^stickyNote/i.test(each.data.name),
  )
  const notes = read.data.nodes.filter((each) => !nodes.includes(each as FlowiseNode))
  return new FlowiseImport(
    title,
    text(record(value)['description']),
    nodes,
    notes.map(({ id }) => id),
    read.data.edges,
  ).result()
}

class FlowiseImport {
  readonly #draft = new Draft()
  readonly #title: string
  readonly #summary: string
  readonly #nodes: ReadonlyMap<string, FlowiseNode>
  readonly #notes: readonly string[]
  readonly #edges: readonly FlowiseEdge[]
  readonly #graph: GraphDraft
  readonly #sources = new Map<string, Record<string, unknown>>()
  #state: ReadonlyMap<string, string> = new Map()

  constructor(
    title: string,
    summary: string,
    nodes: readonly FlowiseNode[],
    notes: readonly string[],
    edges: readonly FlowiseEdge[],
  ) {
    this.#title = title
    this.#summary = summary
    this.#nodes = new Map(nodes.map((each) => [each.id, each]))
    this.#notes = notes
    this.#edges = edges
    const steps = nodes.filter((each) => this.#isStep(each))
    const ids = new Set(steps.map(({ id }) => id))
    this.#graph = new GraphDraft(
      this.#draft,
      steps.map((each) => ({
        id: each.id,
        title: each.data.label || each.data.name,
        what: each.data.name,
        ...(each.parentNode === undefined ? {} : { parent: each.parentNode }),
      })),
      edges
        .filter(({ source, target }) => ids.has(source) && ids.has(target))
        .map(({ source, target, sourceHandle }) => ({ from: source, to: target, output: sourceHandle })),
    )
  }

  #isStep({ data: { category } }: FlowiseNode): boolean {
    return running.test(category)
  }

  result(): Imported {
    this.#state = this.#firstState()
    const steps = this.#graph.steps(
      (id) => this.#keeping(this.#nodes.get(id)!, this.#step(this.#nodes.get(id)!)),
      (id) => {
        const container = this.#nodes.get(id)!
        const values = this.#references(id)
        const given = values.cel(container.data.inputs['iterationInput'] ?? '', `nodes/${id}/iterationInput`)
        return given === null
          ? { cel: '[]', note: 'The list that it goes through could not be read.' }
          : { cel: `type(${given}) == list ? ${given} : [${given}]` }
      },
    )
    const parts: ImportedPart[] = [...this.#graph.parts]
    for (const each of this.#nodes.values()) {
      if (this.#isStep(each)) continue
      const { category, name } = each.data
      const state = said.test(category) ? 'mapped' : settings.test(category) ? 'approximated' : 'by-hand'
      if (state === 'approximated') this.#sources.set(`${appSource(name)}`, each.data.inputs)
      parts.push({
        place: `nodes/${each.id}`,
        what: name,
        state,
        note:
          state === 'mapped'
            ? 'Part of the step that it serves.'
            : state === 'approximated'
              ? `Its settings belong to the source ${appSource(name)}, which has to be registered.`
              : `What it does (${category || name}) has no place in a draft.`,
      })
    }
    for (const id of this.#notes)
      parts.push({ place: `nodes/${id}`, what: 'note', state: 'mapped', note: 'A note for people.' })
    const joined = this.#graph.edges
    for (const { source, target } of this.#edges) {
      const isBoth = [source, target].every((id) => this.#nodes.has(id) && this.#isStep(this.#nodes.get(id)!))
      if (!isBoth)
        joined.push({
          from: `nodes/${source}`,
          to: `nodes/${target}`,
          state: this.#nodes.has(source) && this.#nodes.has(target) ? 'inside' : 'by-hand',
        })
    }
    return {
      definition: this.#draft.build(
        this.#title,
        this.#summary,
        steps.length > 0 ? steps : [{ id: 'answer', kind: 'set', value: '${input}' }],
      ),
      sources: [...this.#sources].map(([name, given]) => ({
        name,
        kind: 'http',
        title: name.slice(4),
        tools: [],
        document: plainSettings(given),
      })),
      report: { format: 'flowise', parts, edges: joined, expressions: this.#graph.expressions },
    }
  }

  #references(id: string): References {
    return new References(this.#graph, id, {
      state: (name) => this.#state.get(name) ?? null,
      variable: (name) => this.#draft.setting(name),
    })
  }

  /** What the flow's state begins with, as its start says it. */
  #firstState(): Map<string, string> {
    const found = new Map<string, string>()
    for (const { id, data: given } of this.#nodes.values())
      for (const each of list(given.inputs['startState']).map(record)) {
        const name = text(each['key'])
        if (name === '') continue
        const given = each['value'] ?? ''
        // A whole document that a flow begins with is kept once, and not written into each expression that reads it.
        if (typeof given === 'string' && given.length > longestInExpression && !given.includes('{{'))
          found.set(name, this.#draft.setting(`state_${name}`, nameless(given)))
        // A value that is worked out reads what the run is given.
        else found.set(name, this.#references(id).joined(given, `nodes/${id}/startState`) ?? '""')
      }
    return found
  }

  /** Writes down what a node changes in the flow's state, once its step is made: nodes after it read that. */
  #keeping(each: FlowiseNode, made: MadeStep): MadeStep {
    for (const [key, given] of Object.entries(each.data.inputs)) {
      if (!key.endsWith('UpdateState')) continue
      const place = `nodes/${each.id}/${key}`
      for (const change of list(given).map(record)) {
        const cel = this.#references(each.id).joined(change['value'] ?? '', place)
        if (cel !== null) this.#graph.keep(each.id, text(change['key']), cel)
      }
    }
    return made
  }

  /** Parts that lead into a node, near ones first. */
  #serving(id: string, seen = new Set<string>()): FlowiseNode[] {
    const direct = this.#edges
      .filter(
        ({ source, target }) =>
          target === id &&
          this.#nodes.has(source) &&
          !this.#isStep(this.#nodes.get(source)!) &&
          !seen.has(source),
      )
      .map(({ source }) => this.#nodes.get(source)!)
    for (const each of direct) seen.add(each.id)
    return [...direct, ...direct.flatMap((each) => this.#serving(each.id, seen))]
  }

  #step(each: FlowiseNode): MadeStep {
    const { name, inputs } = each.data
    const values = this.#references(each.id)
    const place = (key: string): string => `nodes/${each.id}/${key}`
    const template = (key: string): unknown => values.template(inputs[key] ?? '', place(key))
    const incoming = `\${${this.#graph.incoming(each.id)}}`
    const kind = name
      .replace(/Agentflow$/, '')
      .replace(/^seq/, '')
      .toLowerCase()
    switch (kind) {
      case 'start':
        return { step: { kind: 'set', value: '${input}' }, state: 'mapped' }
      case 'end':
        return { step: { kind: 'set', value: incoming }, state: 'mapped' }
      case 'directreply':
        return { step: { kind: 'set', value: template('directReplyMessage') }, state: 'mapped' }
      case 'condition': {
        const conditions = list(inputs['conditions']).map(record)
        const exits: Record<string, string> = { [`${each.id}-output-${conditions.length}`]: 'otherwise' }
        let isWhole = conditions.length > 0
        const cases = conditions.slice(0, 50).map((given, at) => {
          exits[`${each.id}-output-${at}`] = `case_${at + 1}`
          const when = condition(given, values, place(`conditions/${at}`))
          if (when === null) isWhole = false
          return { id: `case_${at + 1}`, when: when ?? 'false' }
        })
        return {
          step: { kind: 'branch', cases: cases.length > 0 ? cases : [{ id: 'case_1', when: 'false' }] },
          state: isWhole ? 'mapped' : 'by-hand',
          exits,
          ...(isWhole
            ? {}
            : { note: 'A condition of it has no CEL: it is never true until somebody writes it.' }),
        }
      }
      case 'conditionagent':
        return this.#choosing(each, values)
      case 'humaninput':
        return {
          step: {
            kind: 'approve',
            who: ['owner'],
            ask: cut(text(template('humanInputDescription')) || 'Go on?', 4_000),
          },
          state: 'mapped',
          exits: { [`${each.id}-output-0`]: 'approved', [`${each.id}-output-1`]: 'refused' },
        }
      case 'loop':
        return {
          step: { kind: 'set', value: incoming },
          state: 'by-hand',
          note: 'It goes back to an earlier node: a draft has no circles. Repeat by a map, or let a tool loop decide.',
        }
      case 'executeflow':
        return {
          step: {
            kind: 'agent',
            agent: slug(text(inputs['executeFlowSelectedFlow']), '-').slice(0, 60) || 'flow',
            with: { input: template('executeFlowInput') },
          },
          state: 'approximated',
          note: 'It calls another flow: import that one too.',
        }
      case 'customfunction':
      case 'customjsfunction':
      case 'state':
        return this.#code(each, values)
      case 'http': {
        const url = text(inputs['url'])
        const host = /^https?:\/\/([a-z0-9.-]+)/i.exec(url)?.[1]
        return {
          step: {
            kind: 'tool',
            tool: this.#draft.tool(host ? `http:${slug(host, '-')}` : 'http', 'request'),
            with: {
              method: text(inputs['method']) || 'GET',
              url: template('url'),
              ...(text(inputs['body']) === '' ? {} : { body: template('body') }),
            },
          },
          state: 'mapped',
        }
      }
      case 'tool':
      case 'toolnode':
      case 'retriever': {
        const chosen =
          text(inputs['toolAgentflowSelectedTool']) || (kind === 'retriever' ? 'knowledge' : name)
        return {
          step: {
            kind: 'tool',
            tool: this.#draft.tool(appSource(chosen), 'run'),
            with: values.template(inputs['toolInputArgs'] ?? inputs['retrieverQuery'] ?? {}, place('args')),
          },
          state: 'approximated',
          note: `Register a source for ${appSource(chosen)}.`,
        }
      }
      default:
        return this.#asking(each, values)
    }
  }

  /** A model chooses among scenarios: each is an output. */
  #choosing({ id, data: { inputs } }: FlowiseNode, values: References): MadeStep {
    const place = (key: string): string => `nodes/${id}/${key}`
    const told = (key: string): string => text(values.template(inputs[key] ?? '', place(key)))
    const scenarios = list(inputs['conditionAgentScenarios']).map((given) => text(record(given)['scenario']))
    const instructions = told('conditionAgentInstructions')
    const made = classify({
      id: this.#graph.idBeside(id, 'asked'),
      model: modelOf(inputs, 'conditionAgent'),
      ...(instructions === '' ? {} : { system: instructions }),
      question: told('conditionAgentInput') || `\${${this.#graph.incoming(id)}}`,
      choices: (scenarios.length > 0 ? scenarios : ['']).map((scenario) => ({ text: scenario })),
    })
    const note =
      scenarios.length === 0
        ? 'It names no scenario to choose.'
        : inputs['conditionAgentEnableMemory'] === true
          ? 'The conversation so far is not handed on.'
          : undefined
    return {
      before: made.before,
      step: made.step,
      state: scenarios.length === 0 ? 'by-hand' : note === undefined ? 'mapped' : 'approximated',
      exits: Object.fromEntries(made.exits.map((exit, at) => [`${id}-output-${at}`, exit])),
      ...(note === undefined ? {} : { note }),
    }
  }

  #code({ id, data: { inputs } }: FlowiseNode, values: References): MadeStep {
    const source = text(inputs['customFunctionJavascriptFunction'] ?? inputs['javascriptFunction'])
    const given = Object.fromEntries(
      list(inputs['customFunctionInputVariables'])
        .map(record)
        .map((variable) => [
          text(variable['variableName']),
          values.template(variable['variableValue'] ?? '', `nodes/${id}/variables`),
        ]),
    )
    const names = Object.keys(given).filter((key) => /^[A-Za-z_]\w*$/.test(key))
    return {
      step: {
        kind: 'code',
        code: cut(
          `${names.map((key) => `const $${key} = input[${JSON.stringify(key)}];`).join('\n')}\n${source || 'return input;'}`,
          100_000,
        ),
        with: given,
        review: true,
      },
      state: 'approximated',
      note: 'Its JavaScript does not run until somebody has read it.',
    }
  }

  /** Whatever asks a model: a chain, an agent, a worker. With tools, or where it is called an agent, a loop. */
  #asking(each: FlowiseNode, values: References): MadeStep {
    const { name, inputs, category } = each.data
    const place = (key: string): string => `nodes/${each.id}/${key}`
    const parts = this.#serving(each.id)
    const find = (of: RegExp): FlowiseNode[] => parts.filter((part) => of.test(part.data.category))
    const template = (value: unknown, key: string): string => text(values.template(value, place(key)))
    const prompt = find(/^Prompts$/)[0]?.data.inputs
    const messages = list(inputs['llmMessages'] ?? inputs['agentMessages']).map(record)
    const role = (isSystem: boolean): string =>
      messages
        .filter((message) => (message['role'] === 'system') === isSystem)
        .map((message) => template(message['content'], 'messages'))
        .join('\n\n')
    const system =
      role(true) ||
      template(
        inputs['systemMessage'] ??
          inputs['systemMessagePrompt'] ??
          inputs['agentPrompt'] ??
          inputs['workerPrompt'] ??
          inputs['supervisorPrompt'] ??
          prompt?.['systemMessagePrompt'] ??
          '',
        'system',
      )
    const human =
      role(false) ||
      template(
        inputs['llmUserMessage'] ??
          inputs['agentUserMessage'] ??
          prompt?.['humanMessagePrompt'] ??
          prompt?.['template'] ??
          inputs['humanMessagePrompt'] ??
          '',
        'prompt',
      )
    const question = human || `\${${this.#graph.incoming(each.id)}}`
    const tools = [
      ...find(/^(Tools|Tools \(MCP\)|MCP)$/).map((tool) =>
        this.#draft.tool(appSource(tool.data.name), 'run'),
      ),
      ...find(/^(Vector Stores|Retrievers|Graph)$/)
        .slice(0, 1)
        .map((store) => this.#draft.tool(appSource(store.data.name), 'retrieve')),
      ...list(inputs['agentTools']).map((given) =>
        this.#draft.tool(appSource(text(record(given)['agentSelectedTool']) || 'tools'), 'run'),
      ),
      ...list(inputs['agentKnowledgeDocumentStores']).map(() =>
        this.#draft.tool('app:knowledge', 'retrieve'),
      ),
    ]
    const modelPart = find(/^(Chat Models|LLMs)$/)[0]?.data.inputs
    const model =
      text(modelPart?.['modelName'] ?? modelPart?.['model']) ||
      modelOf(inputs, inputs['agentModel'] === undefined ? 'llm' : 'agent')
    const memory =
      find(/^Memory$/).length > 0 ||
      inputs['llmEnableMemory'] === true ||
      inputs['agentEnableMemory'] === true
    const output = structured(inputs['llmStructuredOutput'] ?? inputs['agentStructuredOutput'])
    const common = {
      model: cut(model, 200),
      ...(output === null ? {} : { output }),
      ...(system === '' ? {} : { system: cut(system, 100_000) }),
    }
    const isLoop =
      tools.length > 0 ||
      /agent|worker|supervisor/i.test(
        `${name.replace(/Agentflow$/, '')} ${category === 'Agents' ? 'agent' : ''}`,
      )
    return {
      step: isLoop
        ? { kind: 'loop', ...common, goal: cut(question, 100_000), tools: [...new Set(tools)] }
        : { kind: 'model', ...common, prompt: cut(question, 100_000) },
      state: memory || human === '' ? 'approximated' : 'mapped',
      ...(memory
        ? { note: 'The conversation so far is not handed on.' }
        : human === ''
          ? { note: 'The question is all of what comes in.' }
          : {}),
    }
  }
}
