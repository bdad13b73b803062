import { ConflictError, InvalidInputError } from '@heavylift/core'
import { inputOrigins } from '../guard/guard-runs.ts'
import type { Agents } from '../publish/agents.ts'
import type { Stops } from '../registry/stops.ts'
import { endStates } from './entry.ts'
import type { Entry } from './entry.ts'
import type { Journal } from './journal.ts'
import { keepForFork } from './keep-for-fork.ts'
import type { Payloads } from './payload.ts'
import type { RunRow } from './run-row.ts'

/**
 * The row of a run that repeats one from a step, with what it takes over; without a step from where it failed.
 * @throws ConflictError `run-not-ended`; InvalidInputError `step-unknown`
 */
export async function forkOf(
  deps: { agents: Agents; journal: Journal; payloads: Payloads; stops: Pick<Stops, 'check'> },
  was: RunRow,
  how: {
    step: string | null
    version?: number | undefined
    id: string
    by?: string | undefined
    nowMs: number
  },
): Promise<{ row: RunRow; kept: Entry[] }> {
  const { agents, journal, payloads, stops } = deps
  const { tenant_id: tenantId } = was
  const { id, nowMs } = how
  if (!endStates.includes(was.state))
    throw new ConflictError({
      code: 'run-not-ended',
      message: `The run "${was.id}" has not ended. Cancel it first, or wait.`,
    })
  const version = how.version ?? was.version
  const [before, now] = await Promise.all(
    [was.version, version].map((each) => agents.definition(tenantId, was.agent, each)),
  )
  if (how.step !== null && !now!.steps.some(({ id }) => id === how.step))
    throw new InvalidInputError({
      code: 'step-unknown',
      message: `Version ${version} has no step "${how.step}". Choose one of: ${now!.steps.map(({ id }) => id).join(', ')}.`,
    })
  await stops.check({ tenant_id: tenantId, agent: was.agent, version })
  const entries = await journal.read({ tenantId, runId: was.id })
  const kept = await Promise.all(
    keepForFork(before!, now!, entries, how.step).map((entry) => keepIn(payloads, tenantId, id, entry)),
  )
  const row: RunRow = {
    ...was,
    id,
    version,
    state: 'running',
    epoch: 1,
    segment: 1,
    input: await payloads.keep(tenantId, id, await payloads.read(was.input)),
    output: null,
    error: null,
    trigger: {
      kind: 'fork',
      ...(how.by === undefined ? {} : { by: how.by }),
      // The input is what it was, whoever has it run again.
      origins: inputOrigins(was.trigger),
      ...(was.trigger.callers === undefined ? {} : { callers: was.trigger.callers }),
    },
    parent_run: null,
    parent_path: null,
    depth: 0,
    forked_from: was.id,
    forked_at: how.step,
    wants_cancel: false,
    cost_micros: 0,
    tokens: 0,
    team: now!.owner?.team ?? null,
    created_ms: nowMs,
    turned_ms: nowMs,
    started_ms: nowMs,
    ended_ms: null,
  }
  return { row, kept }
}

/** An entry whose long values are the other run's own. */
async function keepIn(payloads: Payloads, tenantId: string, runId: string, entry: Entry): Promise<Entry> {
  const { happened } = entry
  if (happened.kind !== 'ended' || happened.output === undefined || !('ref' in happened.output)) return entry
  const output = await payloads.keep(tenantId, runId, await payloads.read(happened.output))
  return { ...entry, happened: { ...happened, output } }
}
