// What the routes below `/api/jobs` answer. Times are epoch milliseconds.
import type { JobSummary, NodesPicture } from '../src/service/job-summary.ts'

export type { JobDetail, JobSummary, NodesPicture, NodeSummary } from '../src/service/job-summary.ts'

/** `GET /overview`, and each event of `GET /live`. */
export interface OverviewAnswer {
  executors: ('local' | 'slurm')[]
  jobs: JobSummary[]
  nodes: NodesPicture
}
