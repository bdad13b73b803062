/** A task of a job array, or (`index` null) those of an array that Slurm has not yet made jobs of. */
export interface ArrayTask {
  arrayJobId: number
  index: number | null
  /** Slurm's words: `PENDING`, `RUNNING`, `COMPLETED`, `FAILED`, `NODE_FAIL`, … */
  state: string
  /** Empty while it has none. */
  node: string
  /** `None`, `BeginTime`, `NonZeroExitCode`, `RaisedSignal:9(Killed)`, … */
  reason: string
}

/** Options of `squeue` under which it prints what `parseSqueue` reads: no header, a line a task, ended jobs too, five fields. */
export const squeueOptions = ['--noheader', '--array', '--states=all', '--format=%F|%K|%T|%N|%r']

/** Reads `squeue --format='%F|%K|%T|%N|%r'` (squeue(1): array's job id, array task id, state, nodes, reason). */
export function parseSqueue(output: string): ArrayTask[] {
  return output
    .split('\n')
    .filter((line) => line.includes('|'))
    .map((line) => {
      const [arrayJobId = '', index = '', state = '', node = '', ...reason] = line.split('|')
      return {
        arrayJobId: Number(arrayJobId),
        index: /^\d+$/.test(index) ? Number(index) : null,
        state,
        node,
        reason: reason.join('|'),
      }
    })
}

/** A requeued task ends again under the same key; only its last end leaves the queue. */
export function taskKey({ arrayJobId, index }: ArrayTask): string {
  return `${arrayJobId}_${index}`
}

const liveStates = new Set([
  'PENDING',
  'CONFIGURING',
  'RUNNING',
  'COMPLETING',
  'SUSPENDED',
  'STOPPED',
  'SIGNALING',
  'STAGE_OUT',
  'RESIZING',
  'REQUEUED',
  'REQUEUE_FED',
  'REQUEUE_HOLD',
  'RESV_DEL_HOLD',
  'SPECIAL_EXIT',
])

/** Whether the task runs or will run without being submitted again. */
export function isLive(task: ArrayTask): boolean {
  return liveStates.has(task.state)
}

const crashStates = new Set(['FAILED', 'NODE_FAIL', 'OUT_OF_MEMORY', 'BOOT_FAIL'])

/** Whether the task's process or node broke; a task that was cancelled or ran out of its time has only to be run again. */
export function isCrash(task: ArrayTask): boolean {
  return crashStates.has(task.state)
}
