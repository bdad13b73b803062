import { any, typeOfSchema } from '../expressions/types.ts'
import type { Type } from '../expressions/types.ts'
import type { Step } from './step.ts'

/** Schemas of tools by their id in the definition. `output` is absent where the source does not say. */
export type ToolTypes = Readonly<Record<string, { input: unknown; output?: unknown }>>

/** Names by which a step may be left; a bare `after` means that it went well. */
export function exitsOf(step: Step): string[] {
  if (step.kind === 'branch') return [...step.cases.map(({ id }) => id), 'otherwise', 'error']
  if (step.kind === 'approve') return ['approved', 'refused', 'error']
  return ['done', 'error']
}

/** The type of `steps.<id>.output`. `inside`: what a `set` or the turns of a `map` come to. */
export function outputType(
  step: Step,
  tools: ToolTypes,
  agents: Readonly<Record<string, unknown>>,
  inside: Type,
): Type {
  switch (step.kind) {
    case 'tool':
      return typeOfSchema(tools[step.tool]?.output)
    case 'model':
    case 'loop':
      return step.output === undefined ? { kind: 'string' } : typeOfSchema(step.output)
    case 'branch':
      return { kind: 'string' }
    case 'agent':
      return typeOfSchema(agents[step.agent])
    case 'set':
      return inside
    case 'map':
      return { kind: 'list', of: inside }
    default:
      return any
  }
}
