import { NotFoundError, route } from '@heavylift/core'
import { z } from 'zod'
import type { FleetContext } from '../context.ts'
import { machineOf, planStarts } from '../slurm/plan.ts'
import { lookAtCluster } from '../slurm/shadow.ts'
import { explainWait, spanOf } from '../slurm/why.ts'
import { sayWhy } from '../slurm/why-text.ts'

const seconds = z.number().describe('Seconds since 1970.')
const waiting = z.object({
  id: z.int(),
  label: z.string(),
  name: z.string(),
  user: z.string(),
  partition: z.string(),
  priority: z.number(),
  nodes: z.int(),
  gpusPerNode: z.int(),
  limitS: z.number(),
  submitS: seconds,
  startS: seconds.nullable().describe('At the latest; null when no plan holds it.'),
  slurmStartS: seconds.nullable().describe('What Slurm itself expects.'),
})

export const clusterRoutes = ({ config }: FleetContext) => [
  route({
    method: 'get',
    path: '/cluster',
    summary: 'Nodes with their GPUs, what runs on them, the queue with planned starts, and what is out.',
    access: 'operator',
    response: z.object({
      source: z.enum(['sample', 'slurm']),
      nowS: seconds,
      fromS: seconds,
      nodes: z.array(
        z.object({
          name: z.string(),
          rack: z.string(),
          gpus: z.int(),
          cpus: z.int(),
          state: z.string().describe('up, or why it takes no jobs'),
          reason: z.string(),
        }),
      ),
      runs: z.array(
        z.object({
          id: z.int(),
          name: z.string(),
          user: z.string(),
          nodes: z.array(z.int()).describe('By number, in the order of nodes.'),
          gpusPerNode: z.int(),
          startS: seconds,
          endS: seconds,
          wasPreempted: z.boolean(),
        }),
      ),
      queue: z.array(waiting),
      held: z.int().describe('Jobs that wait for something else than room.'),
      free: z.object({
        gpus: z.int().describe('On nodes that take jobs.'),
        wholeNodes: z.int(),
        fragments: z.int().describe('Free GPUs on nodes that have others taken.'),
      }),
    }),
    handle: async () => {
      const shadow = await lookAtCluster(config)
      const { view } = shadow
      const { state } = view
      const machine = machineOf(state)
      const open = state.nodes.flatMap((node, i) => (state.isUp[i] ? [{ node, free: machine.gpus[i]! }] : []))
      const whole = open.filter(({ node, free }) => node.gpus > 0 && free === node.gpus)
      const gpus = open.reduce((sum, { free }) => sum + free, 0)
      return {
        source: shadow.source,
        nowS: state.nowS,
        fromS: shadow.fromS,
        nodes: shadow.nodes.map(({ name, rack, state: word, reason }, i) => ({
          name,
          rack,
          gpus: state.nodes[i]!.gpus,
          cpus: state.nodes[i]!.cpus,
          state: word,
          reason,
        })),
        runs: shadow.runs.map((run) => ({ ...run, nodes: [...run.nodes] })),
        queue: planStarts(state, view.options).map(({ job, startS }) => {
          const seen = view.jobs.get(job.id)!
          return {
            id: job.id,
            label: seen.label,
            name: seen.name,
            user: seen.user,
            partition: seen.partition,
            priority: job.priority,
            nodes: job.need.nodes,
            gpusPerNode: job.need.gpus,
            limitS: job.limitS,
            submitS: seen.submitS,
            startS: startS === Infinity ? null : startS,
            slurmStartS: seen.startS < 0 ? null : seen.startS,
          }
        }),
        held: view.held.length,
        free: {
          gpus,
          wholeNodes: whole.length,
          fragments: gpus - whole.reduce((sum, { free }) => sum + free, 0),
        },
      }
    },
  }),
  route({
    method: 'get',
    path: '/cluster/jobs/:jobId/why',
    summary:
      'Why a job waits: what there is too little of, who goes first, when it starts, what would start sooner.',
    access: 'operator',
    params: z.object({ jobId: z.string().max(40) }),
    response: z.object({
      sentence: z.string(),
      startS: seconds.nullable(),
      ahead: z.array(z.object({ id: z.int(), label: z.string(), user: z.string(), priority: z.number() })),
      sooner: z.array(z.object({ change: z.string(), startS: seconds, earlierBy: z.string() })),
    }),
    handle: async ({ params }) => {
      const { view } = await lookAtCluster(config)
      const jobId = Number(params.jobId)
      if (!view.jobs.has(jobId))
        throw new NotFoundError({
          code: 'job-unknown',
          message: `No job ${params.jobId} runs or waits on this cluster. The list of jobs is at /api/fleet/cluster.`,
        })
      const why = explainWait(view.state, jobId, view.options)
      return {
        sentence: sayWhy(view, jobId, why),
        startS: why === null || why.startS === Infinity ? null : why.startS,
        ahead: (why?.ahead ?? []).map(({ id, priority }) => {
          const { label, user } = view.jobs.get(id)!
          return { id, label, user, priority }
        }),
        sooner: (why?.sooner ?? []).map(({ change, startS }) => ({
          change,
          startS,
          earlierBy: why!.startS === Infinity ? 'it would start at all' : spanOf(why!.startS - startS),
        })),
      }
    },
  }),
]
