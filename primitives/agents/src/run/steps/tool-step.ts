import type { ToolReference } from '../../definition/definition.ts'
import type { Step } from '../../definition/step.ts'
import { makeCall } from '../call.ts'
import type { Running, StepDone } from '../running.ts'
import { fillIn } from '../expressions.ts'
import { StepFailed } from '../memory.ts'
import type { Scope } from '../scope.ts'

export async function runToolStep(
  run: Running,
  step: Extract<Step, { kind: 'tool' }>,
  path: string,
  scope: Scope,
): Promise<StepDone> {
  const args = fillIn(run, step.with, scope, 'with')
  const reference = referenceOf(run, step.tool)
  return {
    output: await makeCall(run, { path, reference, args: asArguments(args), step }),
  }
}

/** @throws StepFailed `tool-undeclared` */
export function referenceOf(run: Running, id: string): ToolReference {
  const reference = run.definition.tools.find((tool) => tool.id === id)
  if (reference !== undefined) return reference
  throw new StepFailed({
    code: 'tool-undeclared',
    message: `The definition has no tool "${id}" in its list of tools.`,
  })
}

/** @throws StepFailed `arguments-misfit` */
export function asArguments(value: unknown): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return value as Record<string, unknown>
  throw new StepFailed({
    code: 'arguments-misfit',
    message: 'The arguments of a tool are an object; `with` gave something else.',
  })
}
