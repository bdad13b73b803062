import { EventStream, NotFoundError, route } from '@heavylift/core'
import type { Caller, ServerEvent } from '@heavylift/core'
import { sleep } from '@heavylift/core/async'
import { z } from 'zod'
import { jobDetailSchema, jobSummarySchema, nodesSchema } from '../service/job-summary.ts'
import type { JobsContext } from '../context.ts'
import { runSample } from '../../samples/run-sample.ts'

const everyMs = 1000
/** The newest; what runs is among them. */
const mostJobs = 200
const jobId = z.object({ jobId: z.string().min(1).max(64) })
const minutes = z.coerce
  .number()
  .int()
  .min(1)
  .max(24 * 60)
  .default(15)

const overviewSchema = z.object({
  executors: z.array(z.enum(['local', 'slurm'])),
  jobs: z.array(jobSummarySchema),
  nodes: nodesSchema,
})
export type JobsOverview = z.output<typeof overviewSchema>

/** The jobs API, below `/api/jobs`. Jobs are the installation's, not a tenant's, so only the main tenant sees them. */
export function jobRoutes({ jobs, clock }: Pick<JobsContext, 'jobs' | 'clock'>) {
  const overview = async (windowMinutes: number) => ({
    executors: [...jobs.executors],
    jobs: (await jobs.list()).slice(0, mostJobs),
    nodes: await jobs.nodes(windowMinutes * 60_000),
  })
  return [
    route({
      method: 'get',
      path: '/overview',
      summary: 'Every job, newest first, and the nodes that they run on.',
      access: 'operator',
      reach: 'installation',
      query: z.object({ minutes: minutes.describe('How far back the nodes are shown.') }),
      response: overviewSchema,
      handle: ({ query }) => overview(query.minutes),
    }),
    route({
      method: 'get',
      path: '/live',
      summary: 'The overview at once and then every second, as server-sent events.',
      access: 'operator',
      reach: 'installation',
      query: z.object({ minutes: minutes.describe('How far back the nodes are shown.') }),
      events: { message: overviewSchema },
      handle: ({ query, signal }) => new EventStream(every(() => overview(query.minutes), signal)),
    }),
    route({
      method: 'get',
      path: '/jobs/:jobId',
      summary: 'One job: its chunks, its failed inputs, what happened.',
      access: 'operator',
      params: jobId,
      response: jobDetailSchema,
      handle: ({ caller, params }) => {
        requireJobsOf(caller, params.jobId)
        return jobs.show(params.jobId)
      },
    }),
    route({
      method: 'get',
      path: '/jobs/:jobId/live',
      summary: 'One job at once and then every second, as server-sent events.',
      access: 'operator',
      params: jobId,
      events: { message: jobDetailSchema },
      handle: async ({ caller, params, signal }) => {
        requireJobsOf(caller, params.jobId)
        await jobs.show(params.jobId)
        return new EventStream(every(() => jobs.show(params.jobId), signal))
      },
    }),
    route({
      method: 'post',
      path: '/jobs/:jobId/cancel',
      summary: 'Stops a job, whichever process runs it; what it has is kept.',
      access: 'operator',
      params: jobId,
      response: jobDetailSchema,
      handle: async ({ caller, params }) => {
        requireJobsOf(caller, params.jobId)
        await jobs.cancel(params.jobId)
        return jobs.show(params.jobId)
      },
    }),
    route({
      method: 'post',
      path: '/jobs/:jobId/resume',
      summary: 'Goes on with a job in the server, where it stood.',
      access: 'operator',
      params: jobId,
      response: jobDetailSchema,
      handle: async ({ caller, params }) => {
        requireJobsOf(caller, params.jobId)
        await jobs.resume(params.jobId)
        return jobs.show(params.jobId)
      },
    }),
    route({
      method: 'delete',
      path: '/jobs/:jobId',
      summary: 'Deletes a job that nobody works on, with its results.',
      access: 'operator',
      params: jobId,
      handle: async ({ caller, params }) => {
        requireJobsOf(caller, params.jobId)
        await jobs.remove(params.jobId)
        return null
      },
    }),
    route({
      method: 'post',
      path: '/sample',
      summary: 'Starts the sample job in the server.',
      access: 'operator',
      reach: 'installation',
      response: z.object({ jobId: z.string() }),
      handle: async () => {
        const run = await runSample(jobs, new Date(clock.nowMs()).toISOString())
        return { jobId: run.id }
      },
    }),
  ]
}

async function* every(take: () => Promise<unknown>, signal: AbortSignal): AsyncGenerator<ServerEvent> {
  while (!signal.aborted) {
    yield { data: await take() }
    await sleep(everyMs, signal)
  }
}

/** To other tenants no job is there. */
function requireJobsOf(caller: Caller, id: string): void {
  if (caller.tenantId === 'main') return
  throw new NotFoundError({ code: 'job-not-found', message: `There is no job ${id}.` })
}
