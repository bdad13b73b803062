/**
 * One job as a log knows it: the 18 fields of the Standard Workload Format 2.2, in its units, with −1 for what is not known, and the
 * share of GPUs beside them. https://www.cs.huji.ac.il/labs/parallel/workload/swf.html
 */
export interface JobRecord {
  id: number
  /** Seconds since the start of the log, or since 1970 where a log has dates. */
  submitS: number
  waitS: number
  runS: number
  /** Processors that it was given; GPUs where the log is one of GPUs. */
  processors: number
  cpuS: number
  memoryKb: number
  requestedProcessors: number
  requestedS: number
  requestedMemoryKb: number
  status: number
  user: number
  group: number
  application: number
  queue: number
  partition: number
  precedingJob: number
  thinkS: number
  /** Thousandths of a GPU over all of the job, −1 where the log does not say. */
  gpuMilli: number
}

/** Field 11 of the format. */
export const jobStatus = {
  failed: 0,
  completed: 1,
  partial: 2,
  lastPartial: 3,
  partialFailed: 4,
  cancelled: 5,
} as const

/** A job of which nothing is known. */
export function unknownJob(id: number): JobRecord {
  return {
    id,
    submitS: -1,
    waitS: -1,
    runS: -1,
    processors: -1,
    cpuS: -1,
    memoryKb: -1,
    requestedProcessors: -1,
    requestedS: -1,
    requestedMemoryKb: -1,
    status: -1,
    user: -1,
    group: -1,
    application: -1,
    queue: -1,
    partition: -1,
    precedingJob: -1,
    thinkS: -1,
    gpuMilli: -1,
  }
}
