import type { Running } from './running.ts'
import { messageOf, StepFailed } from './memory.ts'
import type { Scope } from './scope.ts'

/** @throws StepFailed `expression-failed` */
export function evaluateIn(run: Running, cel: string, scope: Scope, where: string): unknown {
  return orFail(() => run.deps.expressions.evaluate(cel, scope), where)
}

/** @throws StepFailed `expression-failed` */
export function fillIn(run: Running, template: unknown, scope: Scope, where: string): unknown {
  return orFail(() => run.deps.expressions.fill(template, scope), where)
}

function orFail(work: () => unknown, where: string): unknown {
  try {
    return work()
  } catch (error) {
    throw new StepFailed({
      code: 'expression-failed',
      message: `${where}: ${messageOf(error)}`,
    })
  }
}
