import { mapConcurrently } from '@heavylift/core/async'
import type { MapStep } from '../../definition/step.ts'
import type { Running, StepDone } from '../running.ts'
import { evaluateIn, fillIn } from '../expressions.ts'
import { StepFailed } from '../memory.ts'
import type { Scope } from '../scope.ts'

/** Beyond this, what a run remembers no longer fits in memory: such work is a job of `jobs`. */
const mostItems = 10_000

export async function runMapStep(run: Running, step: MapStep, path: string, scope: Scope): Promise<StepDone> {
  const items = evaluateIn(run, step.over, scope, 'over')
  if (!Array.isArray(items))
    throw new StepFailed({ code: 'map-no-list', message: '`over` gave no list. It is CEL of a list.' })
  if (items.length > mostItems)
    throw new StepFailed({
      code: 'map-too-long',
      message: `The list has ${items.length} items, and a map takes ${mostItems}. Split it before.`,
    })
  const output = await run.whileResting(() =>
    mapConcurrently(items as unknown[], step.concurrency, async (item, index) => {
      const inner: Scope = { ...scope, steps: { ...scope.steps }, [step.as]: item, index }
      const { last, failure } = await run.runGraph(step.steps, inner, `${path}.${index}.`)
      if (failure !== null) throw new StepFailed(failure)
      return step.result === undefined ? last : fillIn(run, step.result, inner, 'result')
    }),
  )
  return { output }
}
