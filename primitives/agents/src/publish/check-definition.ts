import { InvalidInputError } from '@heavylift/core'
import type { AgentDefinition } from '../definition/definition.ts'
import type { Step } from '../definition/step.ts'
import { problemsOf } from '../definition/check.ts'

/** How deep a search for an agent that calls itself goes. */
const mostDepth = 32

/** @throws InvalidInputError `definition-wrong` with every problem in `details` */
export async function checkDefinition(
  definition: AgentDefinition,
  liveOf: (name: string) => Promise<AgentDefinition | null>,
): Promise<void> {
  const problems = problemsOf(definition)
  const circle = await findCircle(definition, liveOf)
  if (circle !== null && !problems.some(({ code }) => code === 'calls-itself'))
    problems.push({
      code: 'calls-itself',
      path: [],
      message: `The agent would call itself: ${circle.join(' → ')}. Take one of these calls away.`,
    })
  if (problems.length === 0) return
  throw new InvalidInputError({
    code: 'definition-wrong',
    message: `The definition of "${definition.name}" does not hold together: ${problems.map(({ message }) => message).join(' ')}`,
    details: problems,
  })
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
