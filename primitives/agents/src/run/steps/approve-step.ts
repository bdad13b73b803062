import type { Step } from '../../definition/step.ts'
import { choiceOf } from '../call.ts'
import { durationMs } from '../duration.ts'
import type { Running, StepDone } from '../running.ts'
import { fillIn } from '../expressions.ts'
import { StepFailed } from '../memory.ts'
import type { Scope } from '../scope.ts'
import { asText } from './model-step.ts'

/** Exits `approved`, `refused`, or `error` where nobody answered and the definition says so. */
export async function runApproveStep(
  run: Running,
  step: Extract<Step, { kind: 'approve' }>,
  path: string,
  scope: Scope,
): Promise<StepDone> {
  const beganMs = run.memory.of(path).beganMs ?? run.deps.clock.nowMs()
  const { answer, answered_by: by } = await run.wait(path, {
    kind: 'approval',
    until_ms: beganMs + durationMs(step.deadline),
    question: {
      who: step.who,
      ask: asText(fillIn(run, step.ask, scope, 'ask')),
      ...(step.show === undefined ? {} : { show: fillIn(run, step.show, scope, 'show') }),
      choices: ['approved', 'refused'],
      late: step.late,
    },
  })
  const choice = by === 'time' ? step.late : choiceOf(answer)
  if (choice === 'error')
    throw new StepFailed({ code: 'approval-late', message: 'Nobody answered by the deadline.' })
  return {
    exit: choice === 'approved' ? 'approved' : 'refused',
    output: { ...(typeof answer === 'object' && answer !== null ? answer : {}), choice, by },
  }
}
