export interface SlurmExecutorOptions {
  /**
   * A job goes to the partition with the highest priority that is not above its own, or to the lowest. Who preempts whom is the cluster's
   * configuration (`PriorityTier`, `PreemptMode=REQUEUE`).
   */
  partitions: readonly { name: string; priority: number }[]
  /** CPUs and worker threads of an array task. Default 1. */
  workersPerBatch?: number
  /** Chunks of an array task, each costs Slurm an allocation. Default 8. */
  chunksPerBatch?: number
  /** How often the cluster is asked. Default 1 s. */
  pollMs?: number
  /** Array tasks of a job in the queue at once, so that `MaxSubmitJobs` is kept. Default 1,000. */
  maxQueued?: number
  /** A node that crashes on so many different chunks is drained. Default 2. */
  crashesToDrain?: number
  /** Drained nodes that are taken into work when one is drained or lost, in this order; needs an operator's rights. Default: none. */
  spareNodes?: readonly string[]
  /** Who started it, for those who look at its jobs. Default `process`. */
  origin?: string
  /** Variables for Slurm's commands, e.g. `SLURM_CONF`. */
  env?: Record<string, string>
}
