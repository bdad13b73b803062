import type { Step } from '../../definition/step.ts'
import type { Running, StepDone } from '../running.ts'
import { evaluateIn, fillIn } from '../expressions.ts'
import type { Scope } from '../scope.ts'
import { runAgentStep } from './agent-step.ts'
import { runApproveStep } from './approve-step.ts'
import { runCodeStep } from './code-step.ts'
import { runLoopStep } from './loop-step.ts'
import { runMapStep } from './map-step.ts'
import { runModelStep } from './model-step.ts'
import { runToolStep } from './tool-step.ts'
import { runWaitStep } from './wait-step.ts'

/** @throws StepFailed for whatever its `error` exit is for */
export async function runStep(run: Running, step: Step, path: string, scope: Scope): Promise<StepDone> {
  switch (step.kind) {
    case 'set':
      return { output: fillIn(run, step.value, scope, 'value') }
    case 'branch': {
      const taken = step.cases.find((each) => evaluateIn(run, each.when, scope, each.id) === true)
      return { exit: taken?.id ?? 'otherwise', output: taken?.id ?? 'otherwise' }
    }
    case 'tool':
      return await runToolStep(run, step, path, scope)
    case 'model':
      return await runModelStep(run, step, path, scope)
    case 'loop':
      return await runLoopStep(run, step, path, scope)
    case 'map':
      return await runMapStep(run, step, path, scope)
    case 'wait':
      return await runWaitStep(run, step, path, scope)
    case 'approve':
      return await runApproveStep(run, step, path, scope)
    case 'agent':
      return await runAgentStep(run, step, path, scope)
    case 'code':
      return await runCodeStep(run, step, path, scope)
  }
}
