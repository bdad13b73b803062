// The public surface. Anything exported here is public API: named exports only.
export { resumeJob, runMany } from './run-many.ts'
export type { JobRun, RunOptions } from './run-many.ts'
export type { JobExecutor } from './job-executor.ts'
export type { JobProgress, JobState } from './progress/job-progress.ts'
export type {
  FailedAttempt,
  Outcome,
  TaskContext,
  TaskFailure,
  TaskFunction,
  TaskReference,
} from './task/task.ts'
export { createLedger } from './ledger/create-ledger.ts'
export type { JobOptions } from './ledger/create-ledger.ts'
export { openLedger } from './ledger/ledger.ts'
export type { Ledger } from './ledger/ledger.ts'
export type { JobFile } from './ledger/job-file.ts'
export { openLocalExecutor } from './local/open-local-executor.ts'
export type { LocalExecutorOptions } from './local/open-local-executor.ts'
export { openSlurmExecutor } from './slurm/open-slurm-executor.ts'
export type { SlurmExecutorOptions } from './slurm/open-slurm-executor.ts'
export { jobs } from './system.ts'
export type { JobsServices } from './system.ts'
export { jobsConfigSchema } from './jobs-config.ts'
export type { JobsConfig } from './jobs-config.ts'
export { jobsForCommand, openJobs } from './service/open-jobs.ts'
export type { OpenJobsOptions } from './service/open-jobs.ts'
export type { JobsService } from './service/jobs-service.ts'
export type { ExecutorName } from './journal/job-event.ts'
export type { JobDetail, JobSummary, NodesPicture, NodeSummary } from './service/job-summary.ts'
export { followRun } from './commands/follow-run.ts'
