import { z } from 'zod'
import type { TaskReference } from '../task/task.ts'

/** What `job.json` of a ledger says. Written once, when the job is made. */
export interface JobFile {
  version: 1
  id: string
  /** What people call it; empty for the name of the task's export. Not part of its identity, like all that follows `chunkSize`. */
  name: string
  /** The system that made it, e.g. `drive`; empty when none said so. */
  system: string
  /** Whose it is. */
  tenantId: string
  /** Epoch milliseconds; 0 when unknown. */
  createdAtMs: number
  task: TaskReference
  /** How many inputs there are; chunk `c` holds those from `c * chunkSize` to the next chunk's first. */
  inputs: number
  chunkSize: number
  /** The higher, the sooner: workers are taken from jobs of a lower one. */
  priority: number
  /** How often an input is tried again after it threw or its worker crashed. */
  retries: number
  /** An input that takes longer counts as a crash of its worker; null for no limit. */
  inputTimeoutMs: number | null
  /** Inputs that a worker has under way at once. */
  inFlight: number
  checkpointEveryMs: number
  /** For each chunk, what its inputs want near (keys of objects). Empty when the job names nothing. */
  near: string[][]
}

export const jobFile: z.ZodType<JobFile> = z.object({
  version: z.literal(1),
  id: z.string(),
  name: z.string().default(''),
  system: z.string().default(''),
  tenantId: z.string().default('main'),
  createdAtMs: z.number().default(0),
  task: z.object({ module: z.string(), export: z.string(), version: z.string() }),
  inputs: z.number().int().nonnegative(),
  chunkSize: z.number().int().positive(),
  priority: z.number(),
  retries: z.number().int().nonnegative(),
  inputTimeoutMs: z.number().positive().nullable().default(null),
  inFlight: z.number().int().positive().default(1),
  checkpointEveryMs: z.number().nonnegative(),
  near: z.array(z.array(z.string())),
})

export function chunkCount(job: JobFile): number {
  return Math.ceil(job.inputs / job.chunkSize)
}

/** The indices of a chunk's inputs: from `first` up to, not including, `end`. */
export function chunkRange(job: JobFile, chunk: number): { first: number; end: number } {
  const first = chunk * job.chunkSize
  return { first, end: Math.min(first + job.chunkSize, job.inputs) }
}
