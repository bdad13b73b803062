/** What became of each job, by row of its table. */
export interface Schedule {
  /** −1 for one that never ran. */
  startS: Float64Array
  endS: Float64Array
  /** 1 where it was ended at its limit. */
  killed: Uint8Array
  /** 1 where it went ahead of one that was before it. */
  backfilled: Uint8Array
  /** Where jobs may run on fewer than they asked for: on how many. */
  processors?: Int32Array
}
