import type { Pass } from '../slurm/replay.ts'

/** What slurmctld wrote of a run, times in seconds since 1970 with three decimals. */
export interface SlurmLog {
  submitS: Map<number, number>
  /** Of each job every start, the last of which was not ended for another. */
  startsS: Map<number, number[]>
  endS: Map<number, number>
  /** When each node of a job that had ended said so, ascending, and when slurmctld counted a node of it as free: it does not say which. */
  releasedS: { id: number; node: string; atS: number }[]
  countedS: Map<number, number[]>
  passes: Pass[]
}

/** From the end of a job to the word of its last node that all of it is gone there, at the most. */
const longestEndS = 2

/** Lines that make its log say when its schedulers look at the queue, and when nodes are free again. */
export const logLines = ['SlurmctldDebug=debug2', 'DebugFlags=Backfill,TraceJobs']

/** From the end of a job until a node is free for another, as the log has it; undefined where it does not say. */
export function releaseIn(log: SlurmLog, id: number, node: string, endedS: number): number | undefined {
  const isSoon = (atS: number) => atS > endedS && atS < endedS + longestEndS
  const told = log.releasedS.find((one) => one.id === id && one.node === node && isSoon(one.atS))
  const counted = (log.countedS.get(id) ?? []).filter(isSoon)
  // A word of the node is written after it was counted; without one, all nodes are counted at the last.
  const atS = told === undefined ? counted.at(-1) : (counted.findLast((one) => one <= told.atS) ?? told.atS)
  return atS === undefined ? undefined : atS - endedS
}

/** Reads slurmctld.log of a run with `logLines`. */
export function readSlurmLog(text: string): SlurmLog {
  const log: SlurmLog = {
    submitS: new Map(),
    startsS: new Map(),
    endS: new Map(),
    releasedS: [],
    countedS: new Map(),
    passes: [],
  }
  let isWhole = false
  let [stampS, within] = [0, 0]
  for (const line of text.split('\n')) {
    const stamp = /^\[([\d-]+T[\d:.]+)\] /.exec(line)?.[1]
    if (stamp === undefined) continue
    // Stamps are in milliseconds; what is written later in one happened later.
    const writtenS = Date.parse(`${stamp}Z`) / 1000
    within = writtenS === stampS ? within + 1 : 0
    stampS = writtenS
    const atS = writtenS + 1e-6 * Math.min(within, 999)
    const id = Number(/JobId=(\d+)/.exec(line)?.[1] ?? -1)
    if (line.includes('_slurm_rpc_submit_batch_job: JobId=')) log.submitS.set(id, atS)
    else if (/sched: Allocate JobId=|_start_job: Started JobId=/.test(line))
      log.startsS.set(id, [...(log.startsS.get(id) ?? []), atS])
    else if (/_job_complete: JobId=\d+ done/.test(line)) log.endS.set(id, atS)
    else if (line.includes('_slurm_rpc_epilog_complete: JobId='))
      log.releasedS.push({ id, node: /Node=(\S+)/.exec(line)![1]!, atS })
    else if (line.includes('job_epilog_complete: enter JobId='))
      log.countedS.set(id, [...(log.countedS.get(id) ?? []), atS])
    else if (line.includes('BACKFILL: reached end of job queue')) isWhole = true
    // It gave up before it had looked at any job.
    else if (line.includes('_attempt_backfill: completed testing 0(0) jobs')) log.passes.pop()
    else if (line.includes('_attempt_backfill: completed testing ') && !isWhole) {
      // It broke off: the state changed under it, or it went on into another second (bf_max_time).
      const pass = log.passes.findLast(({ by }) => by === 'backfill')
      if (pass !== undefined) pass.mostJobs = Number(/testing (\d+)\(/.exec(line)?.[1])
    } else if (line.includes('sched: Running job scheduler')) log.passes.push({ atS, by: 'main' })
    else if (line.includes('_attempt_backfill: beginning')) {
      isWhole = false
      log.passes.push({ atS, by: 'backfill' })
    }
  }
  return log
}
