import type { Pass } from '../slurm/replay.ts'

/** What slurmctld wrote of a run, times in seconds since 1970 with three decimals. */
export interface SlurmLog {
  submitS: Map<number, number>
  /** Of each job every start, the last of which was not ended for another. */
  startsS: Map<number, number[]>
  endS: Map<number, number>
  /** When the nodes of a job that was ended for another were free again. */
  requeuedS: { id: number; atS: number }[]
  passes: Pass[]
}

/** Lines that make its log say when its schedulers look at the queue. */
export const logLines = ['SlurmctldDebug=debug', 'DebugFlags=Backfill']

/** Reads slurmctld.log of a run with `logLines`. */
export function readSlurmLog(text: string): SlurmLog {
  const log: SlurmLog = {
    submitS: new Map(),
    startsS: new Map(),
    endS: new Map(),
    requeuedS: [],
    passes: [],
  }
  for (const line of text.split('\n')) {
    const stamp = /^\[([\d-]+T[\d:.]+)\] /.exec(line)?.[1]
    if (stamp === undefined) continue
    const atS = Date.parse(`${stamp}Z`) / 1000
    const id = Number(/JobId=(\d+)/.exec(line)?.[1] ?? -1)
    if (line.includes('_slurm_rpc_submit_batch_job: JobId=')) log.submitS.set(id, atS)
    else if (/sched: Allocate JobId=|_start_job: Started JobId=/.test(line))
      log.startsS.set(id, [...(log.startsS.get(id) ?? []), atS])
    else if (/_job_complete: JobId=\d+ done/.test(line)) log.endS.set(id, atS)
    else if (line.includes('] Requeuing JobId=')) log.requeuedS.push({ id, atS })
    else if (line.includes('sched: Running job scheduler')) log.passes.push({ atS, by: 'main' })
    else if (line.includes('_attempt_backfill: beginning')) log.passes.push({ atS, by: 'backfill' })
  }
  return log
}
