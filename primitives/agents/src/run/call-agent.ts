import { createHash } from 'node:crypto'
import type { Origins } from '../guard/origins.ts'
import type { Failure } from './entry.ts'
import { failureOf, isOutage, StepFailed } from './memory.ts'
import type { Payload } from './payload.ts'
import type { Running } from './running.ts'

/**
 * A run of another agent, with an id that follows from this run and the path: begun again after a crash, it is joined. This run rests meanwhile. Its rules,
 * and those of who called it, hold for the other as well.
 * @throws StepFailed with the other run's failure
 */
export async function callAgent(
  run: Running,
  called: { path: string; agent: string; version: number | null; input: unknown; origins: Origins },
): Promise<unknown> {
  const { path, agent, version, input, origins } = called
  const answered = await run.wait(
    path,
    { kind: 'run' },
    // After the wait is there, so that a child that ends at once finds whom to tell.
    async () => {
      try {
        await run.deps.startChild({
          tenantId: run.key.tenantId,
          agent,
          version,
          id: childId(run.key.runId, path),
          input,
          parent: {
            runId: run.key.runId,
            path,
            depth: run.row.depth,
            subject: run.row.subject,
            origins,
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
      message: `The agent ${agent} ${end.state === 'cancelled' ? 'was cancelled' : 'failed'}: ${end.error?.message ?? ''}`,
    })
  return end.output === null ? null : await run.deps.payloads.read(end.output)
}

export function childId(runId: string, path: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([runId, path]))
    .digest('hex')
  return `run_${hash.slice(0, 26)}`
}
