import type { Step } from '../../definition/step.ts'
import { waitUntil } from '../call.ts'
import { durationMs } from '../duration.ts'
import type { Running, StepDone } from '../running.ts'
import { evaluateIn, fillIn } from '../expressions.ts'
import { StepFailed } from '../memory.ts'
import type { Scope } from '../scope.ts'
import { asText } from './model-step.ts'

export async function runWaitStep(
  run: Running,
  step: Extract<Step, { kind: 'wait' }>,
  path: string,
  scope: Scope,
): Promise<StepDone> {
  const beganMs = run.memory.of(path).beganMs ?? run.deps.clock.nowMs()
  if (step.event === undefined) {
    const untilMs = step.for === undefined ? momentMs(run, step.until, scope) : beganMs + durationMs(step.for)
    await waitUntil(run, path, untilMs)
    return { output: null }
  }
  const answered = await run.wait(path, {
    kind: 'event',
    event: asText(fillIn(run, step.event, scope, 'event')),
    until_ms: step.timeout === undefined ? null : beganMs + durationMs(step.timeout),
  })
  if (answered.answered_by === 'time')
    throw new StepFailed({
      code: 'event-late',
      message: `No event "${answered.event ?? ''}" came within the time of the step.`,
    })
  return { output: answered.answer }
}

function momentMs(run: Running, until: string | undefined, scope: Scope): number {
  if (until === undefined)
    throw new StepFailed({ code: 'wait-empty', message: 'A wait has one of `for`, `until` and `event`.' })
  const moment = evaluateIn(run, until, scope, 'until')
  const ms =
    moment instanceof Date
      ? moment.getTime()
      : typeof moment === 'number'
        ? moment
        : Date.parse(asText(moment))
  if (Number.isFinite(ms)) return ms
  throw new StepFailed({ code: 'wait-no-moment', message: '`until` gave no timestamp.' })
}
