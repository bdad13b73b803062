import { createHash } from 'node:crypto'
import type { Step } from '../../definition/step.ts'
import { parseTemplate } from '../../expressions/template.ts'
import { stepPath } from '../../guard/definition-origins.ts'
import { scopeOf } from '../../guard/guard-runs.ts'
import { originsOf } from '../../guard/origins.ts'
import type { Failure } from '../entry.ts'
import type { Running, StepDone } from '../running.ts'
import { fillIn } from '../expressions.ts'
import { failureOf, isOutage, StepFailed } from '../memory.ts'
import type { Payload } from '../payload.ts'
import type { Scope } from '../scope.ts'

/** A run of another agent, with an id that follows from this run and step: begun again after a crash, it is joined. */
export async function runAgentStep(
  run: Running,
  step: Extract<Step, { kind: 'agent' }>,
  path: string,
  scope: Scope,
): Promise<StepDone> {
  const input = fillIn(run, step.with, scope, 'with')
  const answered = await run.wait(
    path,
    { kind: 'run' },
    // After the wait is there, so that a child that ends at once finds whom to tell.
    async () => {
      try {
        await run.deps.startChild({
          tenantId: run.key.tenantId,
          agent: step.agent,
          version: step.version ?? null,
          id: childId(run.key.runId, path),
          input,
          parent: {
            runId: run.key.runId,
            path,
            depth: run.row.depth,
            origins: originsOf(
              parseTemplate(step.with).flow,
              scopeOf(run.definition, run.row.trigger, stepPath(path)),
            ),
            callers: [...(run.row.trigger.callers ?? []), { agent: run.row.agent, version: run.row.version }],
          },
        })
      } catch (error) {
        if (isOutage(error)) throw error
        throw new StepFailed(failureOf(error))
      }
    },
  )
  const end = answered.answer as { state: string; output: Payload | null; error: Failure | null }
  if (end.state !== 'done')
    throw new StepFailed({
      code: end.error?.code ?? 'agent-failed',
      message: `The agent ${step.agent} ${end.state === 'cancelled' ? 'was cancelled' : 'failed'}: ${end.error?.message ?? ''}`,
    })
  return { output: end.output === null ? null : await run.deps.payloads.read(end.output) }
}

export function childId(runId: string, path: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([runId, path]))
    .digest('hex')
  return `run_${hash.slice(0, 26)}`
}
