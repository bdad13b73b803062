import { z } from 'zod'

const nullableMs = z.number().nullable()

/** A job as the files of its folder tell it, whichever process runs it. Times are epoch milliseconds. */
export const jobSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  system: z.string().describe('The system that made it; empty when none said so.'),
  task: z.string().describe('Export and file of its task.'),
  priority: z.number().describe('The higher, the sooner.'),
  state: z
    .enum(['waiting', 'running', 'done', 'cancelled', 'failed', 'stopped'])
    .describe('stopped: nobody works on it; it goes on when it is resumed.'),
  executor: z.enum(['local', 'slurm']).nullable().describe('Where it runs or ran last.'),
  inputs: z.number(),
  inputsDone: z.number(),
  inputsFailed: z.number().describe('Inputs whose outcome is a failure.'),
  chunks: z.number(),
  chunksDone: z.number(),
  failedAttempts: z.number().describe('Attempts that failed, whether or not a later one succeeded.'),
  preemptions: z.number().describe('How often a worker or a batch was taken from it.'),
  starts: z.number().describe('How often an executor took it up.'),
  inputsPerSecond: z.number().nullable(),
  etaMs: nullableMs.describe('Milliseconds until its end, while it runs.'),
  createdAtMs: nullableMs,
  startedAtMs: nullableMs.describe('When a worker first took one of its chunks.'),
  endedAtMs: nullableMs,
  message: z.string().nullable().describe('Why it failed.'),
  workers: z.number().describe('Workers that are on it now.'),
})
export type JobSummary = z.output<typeof jobSummarySchema>

const happened = z.object({
  atMs: z.number(),
  node: z.string(),
  text: z.string().describe('What happened.'),
  action: z.string().nullable().describe('What was done about it.'),
  tone: z.enum(['good', 'warn', 'bad', 'idle']),
})
/** Something that people want to know of a job. */
export type Happened = z.output<typeof happened>

export const jobDetailSchema = z.object({
  job: jobSummarySchema,
  retries: z.number(),
  chunkSize: z.number(),
  inputTimeoutMs: z.number().nullable(),
  near: z.number().describe('Objects that its inputs want near; 0 for none.'),
  chunkStates: z
    .string()
    .describe(
      'A letter a chunk: d done, f done with failed inputs, r running, p preempted, x failed and waits, w waits.',
    ),
  running: z.array(
    z.object({
      node: z.string(),
      worker: z.number(),
      chunk: z.number(),
      startedAtMs: z.number(),
      inputsDone: z.number(),
      inputs: z.number(),
    }),
  ),
  failures: z
    .array(
      z.object({
        index: z.number(),
        chunk: z.number(),
        code: z.string(),
        message: z.string(),
        input: z.string().describe('The input as JSON, cut at 400 characters.'),
      }),
    )
    .describe('The first hundred inputs that have a failure as their outcome.'),
  happened: z.array(happened).describe('Newest first, at most a hundred.'),
})
export type JobDetail = z.output<typeof jobDetailSchema>

export const nodeSchema = z.object({
  node: z.string(),
  executor: z.enum(['local', 'slurm']),
  state: z.enum(['working', 'idle', 'drained', 'lost']),
  reason: z.string().describe('Why it is drained or lost; empty else.'),
  workers: z.number(),
  busy: z.number().describe('Workers that have a chunk now.'),
  busyShares: z
    .array(z.number())
    .describe('Share of its workers that had a chunk, for each span of the window, the oldest first.'),
  chunksDone: z.number().describe('In the window.'),
  crashes: z.number().describe('In the window.'),
  preemptions: z.number().describe('In the window.'),
  lastSeenMs: z.number(),
})
export type NodeSummary = z.output<typeof nodeSchema>

export const nodesSchema = z.object({
  atMs: z.number(),
  windowMs: z.number(),
  nodes: z.array(nodeSchema),
  /** Of every job, newest first. */
  happened: z.array(happened.extend({ jobId: z.string(), jobName: z.string() })),
})
export type NodesPicture = z.output<typeof nodesSchema>
