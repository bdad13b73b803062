import type { Step } from '../../definition/step.ts'
import { makeCall } from '../call.ts'
import type { Running, StepDone } from '../running.ts'
import { fillIn } from '../expressions.ts'
import { StepFailed } from '../memory.ts'
import type { Scope } from '../scope.ts'

/** Runs in the source `code`, whose one tool `run` takes `{ code, input }`. */
export async function runCodeStep(
  run: Running,
  step: Extract<Step, { kind: 'code' }>,
  path: string,
  scope: Scope,
): Promise<StepDone> {
  if (step.review)
    throw new StepFailed({
      code: 'code-not-reviewed',
      message: 'This code came with an import and nobody has looked at it. Read it, then take `review` away.',
    })
  const input = fillIn(run, step.with, scope, 'with')
  const reference = { id: step.id, from: 'code', tool: 'run' }
  return {
    output: await makeCall(run, {
      path,
      reference,
      args: { code: step.code, input },
      step,
    }),
  }
}
