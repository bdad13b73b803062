import { InvalidInputError, NotFoundError } from '@heavylift/core'
import type { AgentDefinition } from '../definition/definition.ts'
import { Graph } from '../definition/graph.ts'
import type { MapStep, Step } from '../definition/step.ts'
import { oneStepTag, trialName } from './trial-name.ts'

/** What stands for the rest of an agent when one step of it is tried. */
export interface TrialScene {
  /** What other steps made, by their ids. */
  steps: Readonly<Record<string, unknown>>
  /** The item, for a step inside a map. */
  item?: unknown
}

/** The whole agent as a trial. */
export function trialOfAgent(definition: AgentDefinition): AgentDefinition {
  return { ...definition, name: trialName(definition.name), triggers: [] }
}

/**
 * An agent that runs one step, as it would be run after these outputs of others: they stand as values. What it reads of steps before it that is not
 * given is computed where that can have no effect. Its condition is left out, for whoever tries it wants to see it.
 * @throws NotFoundError `step-unknown`
 * @throws InvalidInputError `step-output-missing` where it reads what nobody gave and what cannot be had without an effect
 */
export function trialOfStep(definition: AgentDefinition, id: string, scene: TrialScene): AgentDefinition {
  const pure = new Set(definition.tools.filter(({ from }) => from === 'code').map((tool) => tool.id))
  const steps = tryIn(definition.steps, id, scene, pure)
  if (steps === null)
    throw new NotFoundError({ code: 'step-unknown', message: `The agent has no step “${id}”.` })
  const { result: _, output: __, ...rest } = trialOfAgent(definition)
  return { ...rest, steps, tags: [oneStepTag] }
}

/** The steps that a trial has in the place of these; null where the one that is tried is not among them. */
function tryIn(
  steps: readonly Step[],
  id: string,
  scene: TrialScene,
  pureTools: ReadonlySet<string>,
  outside: ReadonlySet<string> = new Set(),
): Step[] | null {
  const tried = steps.find((step) => step.id === id || (step.kind === 'map' && holds(step, id)))
  if (tried === undefined) return null
  const graph = new Graph(steps)
  const before = graph.ancestors(tried.id)
  const known = steps
    .filter((step) => step.id !== tried.id && Object.hasOwn(scene.steps, step.id))
    .map((step) => asValue(step.id, scene.steps[step.id]))
  const there = new Set([...outside, ...known.map((step) => step.id)])
  for (const each of graph.inOrder()) {
    const step = steps.find((one) => one.id === each)!
    if (there.has(each) || !before.has(each) || !isPure(step, pureTools) || missing(step, there).length > 0)
      continue
    const { when: _, ...rest } = step
    known.push({ ...rest, after: bareAfter(step).filter((one) => there.has(one)) } as Step)
    there.add(each)
  }
  const { when: _, ...rest } = tried
  const after = known.map((each) => each.id)
  if (tried.id === id) {
    refuseMissing(id, tried, there)
    return [...known, { ...rest, after } as Step]
  }
  const { result: __, ...map } = rest as MapStep
  // JSON is CEL, but for what it writes with an escape of its own.
  const over = scene.item === undefined ? map.over : JSON.stringify([scene.item])
  refuseMissing(id, { over }, there)
  return [...known, { ...map, after, over, steps: tryIn(map.steps, id, scene, pureTools, there)! }]
}

const holds = (map: MapStep, id: string): boolean =>
  map.steps.some((step) => step.id === id || (step.kind === 'map' && holds(step, id)))

/** Whether a step, run for a trial, surely changes nothing and costs nothing. */
function isPure(step: Step, pureTools: ReadonlySet<string>): boolean {
  if (step.kind === 'map') return step.steps.every((each) => isPure(each, pureTools))
  return step.kind === 'set' || step.kind === 'branch' || (step.kind === 'tool' && pureTools.has(step.tool))
}

const bareAfter = (step: Step): string[] => step.after.map((each) => each.split('/', 1)[0]!)

/** Steps that this one names in its expressions, and that are not there. */
function missing(step: object, there: ReadonlySet<string>): string[] {
  const own = new Set([...JSON.stringify(step).matchAll(/"id":"(\w+)"/g)].map(([, id]) => id))
  const read = [...JSON.stringify(step).matchAll(/\bsteps\.(\w+)/g)].map(([, id]) => id!)
  return [...new Set(read)].filter((id) => !there.has(id) && !own.has(id))
}

function refuseMissing(id: string, step: object, there: ReadonlySet<string>): void {
  const names = missing(step, there)
  if (names.length === 0) return
  throw new InvalidInputError({
    code: 'step-output-missing',
    message: `“${id}” reads what ${names.map((name) => `“${name}”`).join(' and ')} made, and no run has made it yet. Run the draft once, or write it under “What other steps made”: {"${names[0]}": …}.`,
  })
}

function asValue(id: string, value: unknown): Step {
  return { id, kind: 'set', after: [], value: escaped(value ?? null) }
}

/** The value as a template that gives it back as it is. */
function escaped(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('${', () => '$${')
  if (Array.isArray(value)) return value.map(escaped)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, escaped(inner)]))
}
