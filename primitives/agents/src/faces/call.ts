import { createHash } from 'node:crypto'
import { type Caller, NotFoundError } from '@heavylift/core'
import { from } from '../guard/origins.ts'
import type { FaceContext } from './face-context.ts'
import { endStates } from '../run/entry.ts'
import type { RunRow, StartedBy } from '../run/run-row.ts'

/** Where one agent of ours that calls another by HTTP or a protocol says which of its runs does. */
export const callingRunHeader = 'heavylift-run'

/** The header by which a run of ours is known to whom it calls; where that is this server, agents that call each other in a circle are found by it. */
export function sayingRun({
  caller,
}: {
  caller?: { runId: string } | null | undefined
}): Record<string, string> {
  return caller ? { [callingRunHeader]: caller.runId } : {}
}

/** The protocols by which agents are called from outside, beside plain HTTP. */
export type Face = 'mcp' | 'a2a' | 'agui'

/** Who calls an agent by a protocol. */
export interface FaceCaller {
  tenantId: string
  /** Null for the administrator of this machine. */
  keyId: string | null
  /** Sees every run of the tenant; others see those that they started. */
  seesAll: boolean
  /** The run of ours that calls, as the request says. It only takes rights away, so that nothing is won by a lie. */
  callingRun: string | null
}

export function faceCaller(caller: Caller, headers: Pick<Headers, 'get'>): FaceCaller {
  return {
    tenantId: caller.tenantId,
    keyId: caller.keyId,
    seesAll: caller.scope === 'operator' || caller.scope === 'admin',
    callingRun: headers.get(callingRunHeader),
  }
}

/** The same id for the same caller, agent and words: what is asked twice is one run. */
export function callId(caller: FaceCaller, face: Face, ...words: readonly string[]): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([caller.keyId, face, ...words]))
    .digest('hex')
  return `run_${hash.slice(0, 26)}`
}

/**
 * Starts a run for a caller from outside. Where the caller is a run of ours, the new one is as deep as if it had been called as a step, takes over
 * whose rules hold, and its input is text from outside.
 * @throws as `Runs.start`; ConflictError `agents-too-deep`
 */
export async function startCall(
  { runs }: Pick<FaceContext, 'runs'>,
  caller: FaceCaller,
  face: Face | 'manual',
  call: { agent: string; input: unknown; id?: string | undefined },
): Promise<{ id: string; isNew: boolean }> {
  const { tenantId, keyId } = caller
  const trigger: StartedBy = { kind: face, ...(keyId === null ? {} : { by: keyId }) }
  const calling =
    caller.callingRun === null ? null : await runs.find(tenantId, caller.callingRun).catch(() => null)
  if (calling === null || endStates.includes(calling.state))
    return await runs.start({ tenantId, ...call, trigger })
  return await runs.start({
    tenantId,
    ...call,
    depth: calling.depth + 1,
    trigger: {
      ...trigger,
      origins: from('outside'),
      callers: [...(calling.trigger.callers ?? []), { agent: calling.agent, version: calling.version }],
    },
  })
}

/** @throws NotFoundError `run-unknown`, also for a run that somebody else started */
export async function findCall(
  { runs }: Pick<FaceContext, 'runs'>,
  caller: FaceCaller,
  runId: string,
): Promise<RunRow> {
  const row = await runs.find(caller.tenantId, runId)
  if (caller.seesAll || (row.trigger.by ?? null) === caller.keyId) return row
  throw new NotFoundError({ code: 'run-unknown', message: `There is no run "${runId}".` })
}
