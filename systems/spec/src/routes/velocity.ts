import { NotFoundError, route } from '@heavylift/core'
import { z } from 'zod'
import type { SpecContext } from '../context.ts'
import { weekMs, weeklyCounts } from '../velocity/deployment.ts'
import type { Deployment } from '../velocity/deployment.ts'
import { placeboOf } from '../velocity/placebo.ts'
import { readDeployments } from '../velocity/read-deployments.ts'
import { readRecorded, recordAdoption, recordDeployments, taggedDeployments } from '../velocity/recorded.ts'
import type { Recorded } from '../velocity/recorded.ts'
import {
  baselineWeeks,
  leastDeployments,
  leastWeeks,
  measureVelocity,
  verdicts,
} from '../velocity/velocity.ts'
import { oneRepository } from './repositories.ts'

const delivery = z.object({
  deployments: z.int(),
  weeks: z.int(),
  deploymentsPerWeek: z.number(),
  leadHours: z.number().nullable(),
  changeFailRate: z.number().nullable(),
  reworkRate: z.number().nullable(),
  recoveryHours: z.number().nullable(),
  batchCommits: z.number().nullable(),
})
const interval = z.object({ ratio: z.number(), low: z.number(), high: z.number() })
const shown = z.object({
  repository: z.string(),
  adoptedAtMs: z.number(),
  /** Repositories that adopted nothing until then, in the same weeks. */
  controls: z.array(z.string()),
  before: delivery,
  after: delivery,
  own: interval.nullable(),
  against: interval.nullable(),
  controlRatio: z.number().nullable(),
  verdict: z.enum(verdicts),
  withheld: z.array(z.string()),
  /** Whole weeks, the oldest first; of the controls the mean of one. */
  weeks: z.array(
    z.object({ atMs: z.number(), count: z.int(), control: z.number().nullable(), isAfter: z.boolean() }),
  ),
})

/** Deployments of the ledger: what an adoption did to them. */
export const velocityRoutes = ({ store, clock, repositories }: SpecContext) => [
  route({
    method: 'get',
    path: '/velocity',
    summary:
      'What working with a spec did to the deployments of a repository: ratio with interval, beside the repositories that did not, and an A/A test of the same figures.',
    access: 'operator',
    query: z.object({
      repository: z.string().max(200).optional(),
      /** ISO 8601; without it what the ledger has. */
      adopted: z.iso.date().optional(),
    }),
    response: z.object({
      repositories: z.array(
        z.object({
          name: z.string(),
          deployments: z.int(),
          adoptedAtMs: z.number().nullable(),
          isSample: z.boolean(),
        }),
      ),
      /** Null where no repository has a date. */
      shown: shown.nullable(),
      least: z.object({ weeks: z.int(), deployments: z.int() }),
      /** Dates at random where nobody adopted anything, and how often they look faster or slower. */
      placebo: z.object({ dates: z.int(), faster: z.int(), slower: z.int() }),
    }),
    handle: async ({ caller, query }) => {
      const recorded = await readRecorded(store.ledger, caller.tenantId)
      const names = [...recorded.deployments.keys()].toSorted()
      if (query.repository !== undefined && !recorded.deployments.has(query.repository))
        throw new NotFoundError({
          code: 'repository-without-deployments',
          message: `No deployment of ${query.repository} is recorded.`,
        })
      const { adoptions } = recorded
      const name =
        query.repository ??
        names
          .filter((one) => adoptions.has(one))
          .toSorted((a, b) => (adoptions.get(a) ?? 0) - (adoptions.get(b) ?? 0))[0]
      const adoptedAtMs = query.adopted === undefined ? adoptions.get(name ?? '') : Date.parse(query.adopted)
      return {
        repositories: names.map((one) => ({
          name: one,
          deployments: recorded.deployments.get(one)?.length ?? 0,
          adoptedAtMs: adoptions.get(one) ?? null,
          isSample: recorded.samples.has(one),
        })),
        shown:
          name === undefined || adoptedAtMs === undefined
            ? null
            : show(recorded, name, adoptedAtMs, clock.nowMs()),
        least: { weeks: leastWeeks, deployments: leastDeployments },
        placebo: placeboOfAll(recorded),
      }
    },
  }),
  route({
    method: 'post',
    path: '/velocity/deployments',
    summary: 'Writes deployments down in the ledger, from the rows of a CSV file.',
    access: 'operator',
    body: z.object({
      csv: z.string().min(1).max(5_000_000),
      /** Of rows that name none. */
      repository: z.string().max(200).default(''),
    }),
    response: z.object({ recorded: z.int() }),
    handle: async ({ caller, body }) => ({
      recorded: await recordDeployments(
        store.ledger,
        caller.tenantId,
        readDeployments(body.csv).map((one) => ({ ...one, repository: one.repository || body.repository })),
      ),
    }),
  }),
  route({
    method: 'post',
    path: '/velocity/adoptions',
    summary: 'Writes down from when on a repository works with its spec.',
    access: 'operator',
    body: z.object({ repository: z.string().min(1).max(200), adopted: z.iso.date() }),
    response: z.object({ adoptedAtMs: z.number() }),
    handle: async ({ caller, body: { repository, adopted } }) => {
      const adoptedAtMs = Date.parse(adopted)
      await recordAdoption(store.ledger, caller.tenantId, repository, adoptedAtMs)
      return { adoptedAtMs }
    },
  }),
  route({
    method: 'post',
    path: '/repositories/:id/deployments',
    summary: 'Writes the tags of an open repository down as its deployments.',
    access: 'operator',
    params: oneRepository,
    response: z.object({ recorded: z.int() }),
    handle: async ({ caller, params: { id }, signal }) => {
      const { folder, name } = await repositories.find(caller.tenantId, id)
      const tagged = await taggedDeployments(name, folder, signal)
      return { recorded: await recordDeployments(store.ledger, caller.tenantId, tagged) }
    },
  }),
]

function show(recorded: Recorded, name: string, adoptedAtMs: number, nowMs: number): z.output<typeof shown> {
  const own = recorded.deployments.get(name) ?? []
  const others = controlsOf(recorded, name)
  const controls = [...others.values()].flat()
  const velocity = measureVelocity(own, controls, adoptedAtMs, nowMs, name)
  const fromMs = adoptedAtMs - baselineWeeks * weekMs
  const weeks = Math.max(0, baselineWeeks + velocity.after.weeks)
  const [counts, theirs] = [own, controls].map((all) => weeklyCounts(all, fromMs, weeks))
  return {
    repository: name,
    adoptedAtMs,
    controls: [...others.keys()],
    ...velocity,
    weeks: Array.from({ length: weeks }, (_, at) => ({
      atMs: fromMs + at * weekMs,
      count: counts?.[at] ?? 0,
      control: others.size === 0 ? null : (theirs?.[at] ?? 0) / others.size,
      isAfter: at >= baselineWeeks,
    })),
  }
}

/** Samples are compared with samples, and what is real with what is real. */
function controlsOf({ deployments, adoptions, samples }: Recorded, name: string): Map<string, Deployment[]> {
  return new Map(
    [...deployments].filter(
      ([other]) => other !== name && !adoptions.has(other) && samples.has(other) === samples.has(name),
    ),
  )
}

/** Few, since they are drawn while somebody waits; `heavylift eval spec.velocity` draws more. */
const placebosEach = 10

function placeboOfAll({ deployments, adoptions, samples }: Recorded) {
  const totals = { dates: 0, faster: 0, slower: 0 }
  for (const isSample of [true, false]) {
    const quiet = new Map(
      [...deployments]
        .filter(([name]) => samples.has(name) === isSample)
        .map(([name, all]) => [name, all.filter(({ atMs }) => atMs < (adoptions.get(name) ?? Infinity))]),
    )
    for (const name of quiet.keys()) {
      const one = placeboOf(name, quiet, placebosEach)
      for (const key of ['dates', 'faster', 'slower'] as const) totals[key] += one[key]
    }
  }
  return totals
}
