import { route } from '@heavylift/core'
import { z } from 'zod'
import type { FleetContext } from '../context.ts'
import { policyNames } from '../policies/named-policies.ts'
import { createStudy } from './study.ts'

const metrics = z.object({
  meanBoundedSlowdown: z.number(),
  meanWaitS: z.number(),
  waitP50S: z.number(),
  waitP95S: z.number(),
  utilisation: z.number(),
  makespanS: z.number(),
  killed: z.int(),
})

const group = z.object({
  kind: z.enum(['user', 'size', 'queue']),
  name: z.string(),
  jobs: z.int(),
  meanBoundedSlowdown: z.number(),
  meanWaitS: z.number(),
})

const policyName = z.string().max(40)

export const policyRoutes = (_context: FleetContext) => [
  route({
    method: 'get',
    path: '/compare',
    summary:
      'The sample log under two policies: what each comes to, whole and by user, size and queue, and each job’s time.',
    access: 'operator',
    query: z.object({ left: policyName.default('fcfs+easy'), right: policyName.default('sjf+easy') }),
    response: z.object({
      names: z.array(z.string()),
      processors: z.int(),
      jobs: z.object({ submitS: z.array(z.number()), processors: z.array(z.int()), user: z.array(z.int()) }),
      policies: z.array(
        z.object({
          name: z.string(),
          metrics,
          groups: z.array(group),
          startS: z.array(z.number()),
          endS: z.array(z.number()),
          backfilled: z.array(z.int()),
        }),
      ),
    }),
    handle: ({ query }) => {
      const study = createStudy([query.left, query.right])
      const { jobs } = study
      return {
        names: policyNames.flatMap((name) => [name, `${name}+easy`, `${name}+conservative`]),
        processors: study.processors,
        jobs: {
          submitS: Array.from(jobs.submitS.subarray(0, jobs.size)),
          processors: Array.from(jobs.processors.subarray(0, jobs.size)),
          user: Array.from(jobs.user.subarray(0, jobs.size)),
        },
        policies: study.policies.map(({ name, metrics: found, groups, schedule }) => ({
          name,
          metrics: found,
          groups,
          startS: Array.from(schedule.startS),
          endS: Array.from(schedule.endS),
          backfilled: Array.from(schedule.backfilled),
        })),
      }
    },
  }),
]
