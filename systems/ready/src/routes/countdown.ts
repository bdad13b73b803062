import { route } from '@heavylift/core'
import { z } from 'zod'
import type { ReadyContext } from '../context.ts'
import { evidenceOf, loopSteps, beforeItsEnd, noWeakness, notMet, notValid } from '../countdown/loop.ts'
import type { Evidence } from '../countdown/loop.ts'
import { recordSamplePeaks, samplePeak, sampleSeries } from '../countdown/sample-peaks.ts'
import { demoScenario } from '../demo/demo-service.ts'
import { dependenciesOf } from '../limit/dependencies.ts'
import { headroomOf } from '../limit/headroom.ts'
import { readScenario } from '../load/scenario.ts'

const area = z.object({
  name: z.string(),
  state: z.enum(['go', 'no-go', 'open']),
  why: z.string(),
})

const countdown = z.object({
  peakDay: z.string(),
  daysLeft: z.number(),
  /** Requests a second to the whole at the next sale's peak. */
  demand: z.object({ median: z.number(), plan95: z.number() }),
  headroom: z.array(
    z.object({
      name: z.string(),
      callsPerRequest: z.number(),
      demand: z.object({ median: z.number(), plan95: z.number() }),
      limitPerSecond: z.number().nullable(),
      atPlan: z.number().nullable(),
      atMedian: z.number().nullable(),
      isFirst: z.boolean(),
      /** So many of it bear the plan with a fifth to spare. */
      replicas: z.number().nullable(),
      measuredAtMs: z.number().nullable(),
    }),
  ),
  areas: z.array(area),
  evidence: z.array(
    z.object({
      step: z.enum(loopSteps),
      decisionId: z.string(),
      subject: z.string(),
      said: z.string(),
      came: z.string().nullable(),
      error: z.number().nullable(),
      atMs: z.number(),
    }),
  ),
})

const dayMs = 86_400_000
const spare = 1.2
const limitOutput = z.object({
  name: z.string(),
  ratePerSecond: z.number(),
  isReliable: z.boolean(),
})

export const countdownRoutes = ({ store, clock, config, ...services }: ReadyContext) => {
  /** By tenant, while it goes on: who asks meanwhile waits for the whole of it. */
  const recording = new Map<string, Promise<void>>()
  const recorded = (tenantId: string): Promise<void> => {
    const ours =
      recording.get(tenantId) ??
      recordSamplePeaks({ ...services, store, clock }, tenantId).finally(() => recording.delete(tenantId))
    recording.set(tenantId, ours)
    return ours
  }
  return [
    route({
      method: 'get',
      path: '/countdown',
      summary:
        'The days to the peak: demand, headroom of each part of the demo service, go or no-go by area, and what the ledger has of each step.',
      access: 'operator',
      response: countdown,
      async handle({ caller }) {
        const { tenantId } = caller
        await recorded(tenantId)
        const latest = (kind: string, limit: number) =>
          store.ledger.decisions(tenantId, { system: 'ready', kind, limit })
        // Capacity is bought with fleet, for its own demand or for the sample's.
        const bought = async () => {
          const found = await Promise.all(
            ['purchase', 'sample-purchase'].map((kind) =>
              store.ledger.decisions(tenantId, { system: 'fleet', kind, limit: 1 }),
            ),
          )
          return found.flat().slice(0, 1)
        }
        const scenario = readScenario(demoScenario)
        const parts = dependenciesOf(scenario)
        const [peaks, loads, limits, gameDays, reviews, purchases] = await Promise.all([
          latest('sample-peak-forecast', 14),
          latest('load-run', 3),
          latest('limit', 30),
          latest('game-day', 3),
          latest('review', 1),
          bought(),
        ])
        const measured = new Map<string, { rate: number; atMs: number }>()
        for (const { subjectId, output, atMs } of limits) {
          const found = limitOutput.safeParse(output)
          if (!found.success || !found.data.isReliable || subjectId !== `${scenario.name}/${found.data.name}`)
            continue
          if (!measured.has(found.data.name))
            measured.set(found.data.name, { rate: found.data.ratePerSecond, atMs })
        }
        const peak = samplePeak(sampleSeries(clock.nowMs()))
        const demand = { median: peak.median / 60, plan95: peak.quantile(0.95) / 60 }
        const headroom = headroomOf(
          parts.map(({ name, callsPerRequest }) => ({
            name,
            callsPerRequest,
            limitPerSecond: measured.get(name)?.rate ?? null,
          })),
          demand,
        ).map((one) => ({
          ...one,
          replicas: one.atPlan === null ? null : Math.max(1, Math.ceil(spare / one.atPlan)),
          measuredAtMs: measured.get(one.name)?.atMs ?? null,
        }))
        const evidence = [
          ...peaks,
          ...loads,
          ...limits.slice(0, parts.length),
          ...gameDays,
          ...reviews,
          ...purchases,
        ]
          .map(evidenceOf)
          .filter((one) => one !== null)
        return {
          peakDay: config.peakDay,
          daysLeft: Math.max(0, Math.ceil((Date.parse(config.peakDay) - clock.nowMs()) / dayMs)),
          demand,
          headroom,
          areas: areasOf(evidence, headroom),
          evidence,
        }
      },
    }),
  ]
}

type Area = z.input<typeof area>

function areasOf(
  evidence: readonly Evidence[],
  headroom: readonly { name: string; atPlan: number | null }[],
): Area[] {
  const of = (step: Evidence['step']) => evidence.filter((one) => one.step === step)
  const held = of('forecast').filter(({ came }) => came?.endsWith('within the plan') === true).length
  const peaks = of('forecast').length
  const load = of('load')[0]
  const unmeasured = headroom.filter(({ atPlan }) => atPlan === null)
  const short = headroom.filter(({ atPlan }) => atPlan !== null && atPlan < 1)
  const [gameDay] = of('fault')
  const [review] = of('review')
  const [purchase] = of('buy')
  const open = (name: string, why: string): Area => ({ name, state: 'open', why })
  return [
    {
      name: 'Forecast',
      state: held >= 0.9 * peaks ? 'go' : 'no-go',
      why: `The plan held on ${held} of the last ${peaks === 1 ? 'day' : `${peaks} days`}.`,
    },
    // A run that is not valid, or was stopped, says nothing of the target.
    load === undefined || load.came?.endsWith(notValid) === true || load.came?.endsWith(beforeItsEnd) === true
      ? open('Load', load === undefined ? 'No load run yet.' : `The last run says nothing: ${load.came}.`)
      : {
          name: 'Load',
          state: (load.error ?? 0) < -0.01 || load.came?.endsWith(notMet) === true ? 'no-go' : 'go',
          why: load.came ?? '',
        },
    unmeasured.length > 0
      ? open('Headroom', `The limit of ${unmeasured.map(({ name }) => name).join(', ')} is not known.`)
      : {
          name: 'Headroom',
          state: short.length === 0 ? 'go' : 'no-go',
          why:
            short.length === 0
              ? 'Every part bears the plan.'
              : `${short.map(({ name }) => name).join(', ')} gives out below the plan.`,
        },
    gameDay === undefined
      ? open('Game day', 'No game day yet.')
      : {
          name: 'Game day',
          state: gameDay.came === noWeakness ? 'go' : 'no-go',
          why: gameDay.came ?? gameDay.said,
        },
    review === undefined
      ? open('Review', 'No review yet.')
      : {
          name: 'Review',
          state: review.came?.includes(', 0 risks') === true ? 'go' : 'no-go',
          why: review.came ?? review.said,
        },
    purchase === undefined
      ? open('Capacity', 'Nothing was bought for the day yet.')
      : { name: 'Capacity', state: 'go', why: purchase.said },
  ]
}
