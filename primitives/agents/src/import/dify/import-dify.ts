import { record, text } from '../json.ts'
import { InvalidInputError } from '@heavylift/core'
import { Draft } from '../draft.ts'
import { GraphDraft } from '../graph-draft.ts'
import type { MadeStep } from '../graph-draft.ts'
import { celOf } from '../js/cel-value.ts'
import { cut } from '../names.ts'
import type { Imported } from '../report.ts'
import { dsl } from './app.ts'
import type { DifyNode } from './app.ts'
import { difyStep } from './steps.ts'
import { Variables } from './variables.ts'

/** Nodes that only mark where a container begins, and notes for people. */
const isMark = ({ type, data: { type: kind } }: DifyNode): boolean =>
  /^custom-(note|iteration-start|loop-start)$/.test(type) ||
  /^(iteration|loop)-(start|end)$/.test(kind) ||
  (kind === '' && type === 'custom-note')

/**
 * An app of Dify (its DSL, as YAML reads it) as a draft. Nothing is run.
 *
 * @throws InvalidInputError `import-not-dify`
 */
export function importDify(value: unknown): Imported {
  const read = dsl.safeParse(value)
  if (!read.success || (!read.data.workflow && !read.data.model_config))
    throw new InvalidInputError({
      code: 'import-not-dify',
      message:
        'This is no app of Dify: it has neither a workflow with a graph nor a model_config. Export it in Dify by "Export DSL".',
    })
  const { app, workflow, model_config: config } = read.data
  const draft = new Draft()
  if (!workflow) return simpleApp(draft, app.name, app.description ?? '', config ?? {})

  const all = workflow.graph.nodes
  const marks = new Set(all.filter(isMark).map(({ id }) => id))
  const nodes = all.filter(({ id }) => !marks.has(id))
  const parentOf = (each: DifyNode): string | undefined =>
    each.parentId ?? (text(each.data['iteration_id'] ?? each.data['loop_id']) || undefined)
  const byId = new Map(nodes.map((each) => [each.id, each]))
  const graph = new GraphDraft(
    draft,
    nodes.map((each) => {
      const parent = parentOf(each)
      return {
        id: each.id,
        title: each.data.title || each.data.type,
        what: each.data.type,
        ...(parent === undefined ? {} : { parent }),
      }
    }),
    workflow.graph.edges
      .filter(({ source, target }) => !marks.has(source) && !marks.has(target))
      .map(({ source, target, sourceHandle }) => ({ from: source, to: target, output: sourceHandle })),
  )
  const environment = new Map(workflow.environment_variables?.map((each) => [each.name, each]))
  const conversation = new Map(workflow.conversation_variables?.map((each) => [each.name, each]))
  const variables = (id: string): Variables =>
    new Variables(graph, id, (of) => byId.get(of)?.data.type ?? '', {
      environment: (of) => {
        const found = environment.get(of)
        return draft.setting(of, found?.value_type === 'secret' ? '' : found?.value)
      },
      conversation: (of) => {
        const initial = conversation.get(of)?.value ?? null
        return /^[A-Za-z_]\w*$/.test(of) ? draft.given('conversation', of, initial) : celOf(initial)
      },
    })
  const steps = graph.steps(
    (id): MadeStep =>
      difyStep({ node: byId.get(id)!, draft, graph, values: variables(id), incoming: graph.incoming(id) }),
    (id) => {
      const { data: container } = byId.get(id)!
      const values = variables(id)
      const selector = container['iterator_selector']
      const list = Array.isArray(selector) ? values.selector(selector, `nodes/${id}/iterator_selector`) : null
      const output = container['output_selector']
      // Its result is read by the steps inside, so it is said from there.
      const first = nodes.find((each) => parentOf(each) === id)
      const result =
        Array.isArray(output) && first
          ? variables(first.id).selector(output, `nodes/${id}/output_selector`)
          : null
      return {
        cel: list ?? (container.type === 'loop' ? `[${graph.incoming(id)}]` : '[]'),
        ...(result === null ? {} : { result: `\${${result}}` }),
        ...(container.type === 'loop'
          ? {
              note: 'Dify repeats until a condition holds; here its steps run once. Repeat by a map, or let a tool loop decide.',
            }
          : list === null
            ? { note: 'The list that it goes through could not be read.' }
            : {}),
      }
    },
  )
  for (const mark of all.filter(isMark))
    graph.parts.push({
      place: `nodes/${mark.id}`,
      what: mark.data.type || mark.type,
      state: 'mapped',
      note: 'A mark or a note: nothing that runs.',
    })
  for (const { source, target } of workflow.graph.edges)
    if (marks.has(source) || marks.has(target))
      graph.edges.push({ from: `nodes/${source}`, to: `nodes/${target}`, state: 'inside' })
  return {
    definition: draft.build(app.name, app.description ?? '', steps),
    sources: [],
    report: { format: 'dify', parts: graph.parts, edges: graph.edges, expressions: graph.expressions },
  }
}

/** A chat or completion app: one question, with tools a loop. */
function simpleApp(
  draft: Draft,
  name: string,
  description: string,
  config: Record<string, unknown>,
): Imported {
  const model = text(record(config['model'])['name']) || 'default'
  const found: Imported['report']['expressions'] = []
  const system = text(config['pre_prompt']).replace(
    /\{\{\s*([A-Za-z_]\w*)\s*\}\}/g,
    (_all, variable: string) => {
      found.push({ place: 'model_config/pre_prompt', source: variable, cel: `input.${variable}` })
      return `\${input.${variable}}`
    },
  )
  const tools = (
    Array.isArray(record(config['agent_mode'])['tools'])
      ? (record(config['agent_mode'])['tools'] as unknown[])
      : []
  )
    .map(record)
    .filter((tool) => tool['enabled'] !== false)
    .map((tool) =>
      draft.tool(
        `app:${text(tool['provider_name'] ?? tool['provider_id']) || 'tools'}`,
        text(tool['tool_name']) || 'run',
      ),
    )
  const common = {
    id: 'answer',
    title: 'Answer',
    model: cut(model, 200),
    ...(system === '' ? {} : { system }),
  }
  const step =
    tools.length > 0
      ? { ...common, kind: 'loop' as const, goal: '${input.query}', tools }
      : { ...common, kind: 'model' as const, prompt: '${input.query}' }
  return {
    definition: draft.build(name, description, [step]),
    sources: [],
    report: {
      format: 'dify',
      parts: [
        {
          place: 'model_config',
          what: 'app',
          state: 'approximated',
          step: 'answer',
          note: 'The conversation so far is not handed on.',
        },
      ],
      edges: [],
      expressions: found,
    },
  }
}
