import { NotFoundError } from '@heavylift/core'
import type { AgentDefinition } from '../definition/definition.ts'
import type { MapStep, Step } from '../definition/step.ts'

/** What stands for the rest of an agent when one step of it is tried. */
export interface TrialScene {
  /** What other steps made, by their ids. */
  steps: Readonly<Record<string, unknown>>
  /** The item, for a step inside a map. */
  item?: unknown
}

/** Trials are agents by themselves, so that they leave no version and no trigger on the agent that is tried. */
export const trialName = (name: string): string => `try-${name}`.slice(0, 64).replace(/-$/, '')

/** True of a trial: it is no agent of anybody. */
export const isTrial = (name: string): boolean => name.startsWith('try-')

/** The whole agent as a trial. */
export function trialOfAgent(definition: AgentDefinition): AgentDefinition {
  return { ...definition, name: trialName(definition.name), triggers: [] }
}

/**
 * An agent that runs one step alone, as it would be run with these outputs of others: they stand as values. Its condition is left out, for
 * whoever tries it wants to see it.
 * @throws NotFoundError `step-unknown`
 */
export function trialOfStep(definition: AgentDefinition, id: string, scene: TrialScene): AgentDefinition {
  const steps = aloneIn(definition.steps, id, scene)
  if (steps === null)
    throw new NotFoundError({ code: 'step-unknown', message: `The agent has no step “${id}”.` })
  const { result: _, output: __, ...rest } = trialOfAgent(definition)
  return { ...rest, steps }
}

function aloneIn(steps: readonly Step[], id: string, scene: TrialScene): Step[] | null {
  const known = steps
    .filter((step) => step.id !== id && Object.hasOwn(scene.steps, step.id))
    .map((step) => asValue(step.id, scene.steps[step.id]))
  const step = steps.find((each) => each.id === id)
  if (step !== undefined) {
    const { when: _, ...rest } = step
    return [...known, { ...rest, after: known.map((each) => each.id) } as Step]
  }
  for (const map of steps) {
    const inside = map.kind === 'map' ? aloneIn(map.steps, id, scene) : null
    if (inside === null) continue
    const others = known.filter((each) => each.id !== map.id)
    const { when: _, result: __, ...rest } = map as MapStep
    // JSON is CEL, but for what it writes with an escape of its own.
    return [
      ...others,
      {
        ...rest,
        after: others.map((each) => each.id),
        over: JSON.stringify([scene.item ?? null]),
        steps: inside,
      },
    ]
  }
  return null
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
