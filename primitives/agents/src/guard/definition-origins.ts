import type { AgentDefinition } from '../definition/definition.ts'
import { Graph } from '../definition/graph.ts'
import type { Step } from '../definition/step.ts'
import { compile } from '../expressions/expression.ts'
import { parseTemplate } from '../expressions/template.ts'
import { answerOrigins, from, joined, originsAt, originsOf } from './origins.ts'
import type { Origin, Origins } from './origins.ts'

/** Origins of the names that a step's expressions read. */
export type OriginScope = Readonly<Record<string, Origins>>

/**
 * Origins of everything that every step of a definition reads, found from the definition alone: a run that goes on after a crash knows the same as
 * before. By the ids of steps, those inside maps after the map's: `each.charge`.
 */
export function definitionOrigins(
  definition: AgentDefinition,
  input: Origins,
): ReadonlyMap<string, OriginScope> {
  const scopes = new Map<string, OriginScope>()
  walk(definition, definition.steps, { input, run: from('definition') }, {}, '', scopes)
  return scopes
}

function walk(
  definition: AgentDefinition,
  steps: readonly Step[],
  names: OriginScope,
  before: Readonly<Record<string, Origins>>,
  prefix: string,
  scopes: Map<string, OriginScope>,
): Readonly<Record<string, Origins>> {
  const results: Record<string, Origins> = { ...before }
  for (const id of new Graph(steps).inOrder()) {
    const step = steps.find((each) => each.id === id)!
    const scope: OriginScope = { ...names, steps: { own: ['definition'], parts: { ...results } } }
    scopes.set(prefix + id, scope)
    const output = outputOrigins(definition, step, scope, results, prefix, scopes)
    const chosenBy = exitOrigins(step, scope)
    results[id] = {
      own: ['definition'],
      parts: { output, exit: from('definition'), error: joined([output, chosenBy, from('outside')]) },
    }
  }
  return results
}

function outputOrigins(
  definition: AgentDefinition,
  step: Step,
  scope: OriginScope,
  results: Readonly<Record<string, Origins>>,
  prefix: string,
  scopes: Map<string, OriginScope>,
): Origins {
  const template = (value: unknown): Origins => originsOf(parseTemplate(value).flow, scope)
  switch (step.kind) {
    case 'tool':
      return from(toolOrigin(definition, step.tool))
    case 'model':
      return answerOrigins(step.id, step.output, [template(step.prompt), template(step.system ?? '')])
    case 'loop': {
      // What its tools answer is read by the model, whatever the goal says.
      const read = step.tools.map((tool) => from(toolOrigin(definition, tool)))
      return answerOrigins(step.id, step.output, [template(step.goal), template(step.system ?? ''), ...read])
    }
    case 'agent':
      return from(`tool:${step.agent}`)
    case 'set':
      return template(step.value)
    case 'code':
      return joined([from('definition'), template(step.with)])
    // The name of a case is the definition's; that outside text could pick among its cases is what a branch is for.
    case 'branch':
      return from('definition')
    case 'approve':
      return from('user')
    case 'wait':
      return from(step.event === undefined ? 'definition' : 'outside')
    case 'map': {
      const over = originsOf(compile(step.over).flow, scope)
      const inner: OriginScope = { ...scope, [step.as]: originsAt(over, ['*']), index: from('definition') }
      const inside = walk(definition, step.steps, inner, results, `${prefix}${step.id}.`, scopes)
      const last = step.steps.at(-1)
      const each =
        step.result === undefined
          ? (inside[last?.id ?? '']?.parts?.['output'] ?? from('outside'))
          : originsOf(parseTemplate(step.result).flow, {
              ...inner,
              steps: { own: ['definition'], parts: { ...inside } },
            })
      return joined([each, { own: over.own }])
    }
  }
}

function exitOrigins(step: Step, scope: OriginScope): Origins {
  if (step.kind !== 'branch') return from('definition')
  return joined(step.cases.map(({ when }) => originsOf(compile(when).flow, scope)))
}

/** Sources that hold what the tenant itself wrote down. */
const ownSources = new Set(['objects', 'ledger', 'address'])

export function toolOrigin(definition: AgentDefinition, id: string): Origin {
  const source = definition.tools.find((tool) => tool.id === id)?.from ?? ''
  return ownSources.has(source.split(':', 1)[0]!) ? 'store' : `tool:${id}`
}

/** The step of a definition that a path of a run is of: `each.3.charge` → `each.charge`, `solve#2.0` → `solve`. */
export function stepPath(path: string): string {
  return path
    .split('#', 1)[0]!
    .split('.')
    .filter((part) => !/^\d+$/.test(part))
    .join('.')
}
