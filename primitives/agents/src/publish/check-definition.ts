import { InvalidInputError } from '@heavylift/core'
import type { AgentDefinition } from '../definition/definition.ts'
import type { Step } from '../definition/step.ts'
import { splitAfter } from '../run/join.ts'

/** What of a definition a schema cannot say. The studio says the same as one types, with the place. */
export interface DefinitionProblem {
  code: string
  message: string
  /** The step, where it is about one. */
  step?: string
}

/** How deep a search for an agent that calls itself goes. */
const mostDepth = 32

/** @throws InvalidInputError `definition-wrong` with every problem in `details` */
export async function checkDefinition(
  definition: AgentDefinition,
  liveOf: (name: string) => Promise<AgentDefinition | null>,
): Promise<void> {
  const problems = [...problemsOf(definition)]
  const circle = await findCircle(definition, liveOf)
  if (circle !== null)
    problems.push({
      code: 'calls-itself',
      message: `The agent would call itself: ${circle.join(' → ')}. Take one of these calls away.`,
    })
  if (problems.length === 0) return
  throw new InvalidInputError({
    code: 'definition-wrong',
    message: `The definition of "${definition.name}" does not hold together: ${problems.map(({ message }) => message).join(' ')}`,
    details: problems,
  })
}

/** Steps that are named twice, come after none that is there or after themselves, and tools that are not declared. */
export function* problemsOf(definition: AgentDefinition): Generator<DefinitionProblem> {
  const tools = new Set(definition.tools.map(({ id }) => id))
  yield* problemsOfSteps(definition.steps, tools)
}

function* problemsOfSteps(steps: readonly Step[], tools: ReadonlySet<string>): Generator<DefinitionProblem> {
  const ids = new Set<string>()
  for (const { id } of steps) {
    if (ids.has(id))
      yield { code: 'step-twice', step: id, message: `Two steps are called "${id}"; give one another id.` }
    ids.add(id)
  }
  for (const step of steps) {
    for (const each of step.after) {
      const { id } = splitAfter(each)
      if (!ids.has(id))
        yield {
          code: 'after-unknown',
          step: step.id,
          message: `The step "${step.id}" comes after "${id}", and there is no such step beside it.`,
        }
    }
    const named = step.kind === 'tool' ? [step.tool] : step.kind === 'loop' ? step.tools : []
    for (const tool of named)
      if (!tools.has(tool))
        yield {
          code: 'tool-undeclared',
          step: step.id,
          message: `The step "${step.id}" uses the tool "${tool}", which is not in the definition's list of tools.`,
        }
    if (step.kind === 'map') yield* problemsOfSteps(step.steps, tools)
  }
  const circle = circleOf(steps)
  if (circle.length > 0)
    yield {
      code: 'steps-in-circle',
      step: circle[0]!,
      message: `The steps ${circle.join(', ')} wait for each other; take one \`after\` away.`,
    }
}

/** Steps that can never run because they wait for each other. */
function circleOf(steps: readonly Step[]): string[] {
  const left = new Map(steps.map((step) => [step.id, step]))
  for (let isChanged = true; isChanged;) {
    isChanged = false
    for (const [id, step] of left)
      if (!step.after.some((each) => left.has(splitAfter(each).id))) {
        left.delete(id)
        isChanged = true
      }
  }
  return [...left.keys()]
}

/** Names of agents from this one back to itself, by the live versions of those it calls; null where there is no such way. */
async function findCircle(
  definition: AgentDefinition,
  liveOf: (name: string) => Promise<AgentDefinition | null>,
): Promise<string[] | null> {
  const seen = new Set<string>()
  const search = async (of: AgentDefinition, way: string[]): Promise<string[] | null> => {
    for (const name of calledBy(of)) {
      if (name === definition.name) return [...way, name]
      if (seen.has(name) || way.length >= mostDepth) continue
      seen.add(name)
      const live = await liveOf(name)
      const found = live === null ? null : await search(live, [...way, name])
      if (found !== null) return found
    }
    return null
  }
  return await search(definition, [definition.name])
}

/** Agents that a definition calls, as steps or as tools. */
export function calledBy(definition: AgentDefinition): Set<string> {
  const called = new Set<string>()
  const visit = (steps: readonly Step[]): void => {
    for (const step of steps) {
      if (step.kind === 'agent') called.add(step.agent)
      if (step.kind === 'map') visit(step.steps)
    }
  }
  visit(definition.steps)
  for (const { from } of definition.tools) if (from.startsWith('agent:')) called.add(from.slice(6))
  return called
}
