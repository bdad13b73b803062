import { getDbos } from './dbos.ts'

const DAY_MS = 24 * 60 * 60_000
/** After this a finished run's id may be used again. */
const KEEP_RUNS_MS = 30 * DAY_MS
/** Ticks are many and nobody asks for them later. */
const KEEP_TICKS_MS = DAY_MS
const BATCH = 500

/** Removes finished runs, so that the tables do not grow for ever. */
export async function removeOldRuns(nowMs: number, scheduleNames: readonly string[]): Promise<void> {
  if (scheduleNames.length > 0) await removeBefore(nowMs - KEEP_TICKS_MS, [...scheduleNames])
  await removeBefore(nowMs - KEEP_RUNS_MS, undefined)
}

async function removeBefore(cutoffMs: number, workflowName: string[] | undefined): Promise<void> {
  for (;;) {
    const old = await getDbos().DBOS.listWorkflows({
      status: ['SUCCESS', 'ERROR', 'CANCELLED', 'MAX_RECOVERY_ATTEMPTS_EXCEEDED'],
      completedBefore: new Date(cutoffMs).toISOString(),
      limit: BATCH,
      loadInput: false,
      loadOutput: false,
      ...(workflowName ? { workflowName } : {}),
    })
    if (old.length === 0) return
    await getDbos().DBOS.deleteWorkflows(old.map(({ workflowID }) => workflowID))
  }
}
