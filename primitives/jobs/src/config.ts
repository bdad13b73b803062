import { z } from 'zod'

/** A value of `jobs.slurm` that goes with the partitions of the demo cluster: safety runs go before experiments. */
export const exampleSlurm = {
  partitions: [
    { name: 'experiment', priority: 0 },
    { name: 'safety', priority: 10 },
  ],
  workersPerBatch: 2,
}

/** Options of the jobs system. */
export const jobsConfigSchema = z.object({
  workers: z
    .int()
    .min(1)
    .max(1024)
    .nullable()
    .default(null)
    .describe('Worker threads of this machine for jobs. Unset: as many as it runs at once.'),
  resumeAtStart: z
    .boolean()
    .default(true)
    .describe('Whether the server goes on with the jobs that its last end stopped.'),
  mostUnderWay: z
    .int()
    .min(1)
    .default(100)
    .describe('Jobs that wait or run at once, all tenants together; a further one is refused.'),
  mostUnderWayPerTenant: z.int().min(1).default(50).describe('Jobs of one tenant that wait or run at once.'),
  keepDays: z
    .number()
    .positive()
    .default(30)
    .describe(
      'Days after its end for which a job is kept, files and results; a stopped one, after it was last worked on.',
    ),
  keepJobs: z
    .int()
    .min(1)
    .default(500)
    .describe('Ended jobs that are kept; the oldest beyond go, an hour after their end at the earliest.'),
  slurm: z
    .object({
      partitions: z
        .array(
          z.object({
            name: z.string().min(1).describe('As Slurm names it.'),
            priority: z.number().describe('Jobs of this priority or higher go there.'),
          }),
        )
        .min(1)
        .describe('A job goes to the one with the highest priority that is not above its own.'),
      workersPerBatch: z.int().min(1).default(1).describe('CPUs and worker threads of an array task.'),
      chunksPerBatch: z.int().min(1).default(8).describe('Chunks of an array task.'),
      maxQueued: z.int().min(1).default(1000).describe('Array tasks of a job in the queue at once.'),
      crashesToDrain: z
        .int()
        .min(1)
        .default(2)
        .describe('A node whose processes crash on so many different chunks is drained.'),
      spareNodes: z
        .array(z.string())
        .default([])
        .describe('Drained nodes that are taken into work when one is drained or lost, in this order.'),
    })
    .nullable()
    .default(null)
    .describe(
      `The cluster for jobs that ask for Slurm. The data folder must be at the same path on all its nodes. For example: ${JSON.stringify(exampleSlurm)}`,
    ),
})

export type JobsConfig = z.output<typeof jobsConfigSchema>
