import { join } from 'node:path'
import type { MeasureInput } from '@heavylift/core'
import { mean } from '@heavylift/core/math'
import { startTarget } from '../../benches/load/start-target.ts'
import { measureLimit } from '../../limit/measure-limit.ts'
import type { Limit } from '../../limit/measure-limit.ts'
import { isRealtimeAllowed } from '../../load/processes/realtime.ts'
import { scenarioSchema } from '../../load/scenario.ts'
import { allowTarget } from '../../load/target.ts'
import { capacityOf, planted } from './planted.ts'

const probeSeconds = 2

/**
 * `heavylift eval ready.limit`: what short trains and little load say of the limit, beside the limit that a search then finds. Services whose capacity is
 * known because it was made so, or with `--target` one that runs on this machine.
 */
export async function runLimitEval({ options = {}, report, signal }: MeasureInput) {
  const isRealtime = isRealtimeAllowed()
  const find = async (url: string, path: string, p99Ms: number, stage: string) => {
    const scenario = scenarioSchema.parse({
      name: stage,
      target: url,
      requests: [{ name: 'one', path }],
      load: [{ kind: 'constant', ratePerSecond: 1, seconds: 1 }],
      maxConnections: 1500,
    })
    const target = await allowTarget(url, null, () => Promise.resolve(null))
    const limits = { p99Ms, errorRate: 0.001, seconds: probeSeconds, fromPerSecond: 1, toPerSecond: 20_000 }
    return measureLimit(scenario, target, { ...limits, isRealtime }, signal, (what, done, total) =>
      report({ stage: `${stage}: ${what}`, done, total, unit: 'steps' }),
    )
  }
  const found: { source: string; limit: Limit; capacity: number | null }[] = []
  const { target } = options
  if (typeof target === 'string') {
    const url = new URL(target)
    const p99Ms = Number(options['p99Ms'] ?? 100)
    const limit = await find(url.origin, `${url.pathname}${url.search}`, p99Ms, url.host)
    found.push({ source: target, limit, capacity: null })
  } else
    for (const service of planted) {
      const child = await startTarget(
        { PLANTED: JSON.stringify(service) },
        isRealtime,
        join(import.meta.dirname, 'planted-child.ts'),
      )
      try {
        const limit = await find(`http://127.0.0.1:${child.port}`, '/', service.p99Ms, service.name)
        found.push({ source: service.name, limit, capacity: capacityOf(service) })
      } finally {
        await child.stop()
      }
    }
  const errors = found.map(({ source, limit }) => ({
    source,
    value: (100 * Math.abs(limit.predicted.ratePerSecond - limit.ratePerSecond)) / limit.ratePerSecond,
  }))
  const known = found.filter(({ capacity }) => capacity !== null)
  return {
    n: found.length,
    metrics: {
      errPct: mean(errors.map(({ value }) => value)),
      predictedRps: mean(found.map(({ limit }) => limit.predicted.ratePerSecond)),
      measuredRps: mean(found.map(({ limit }) => limit.ratePerSecond)),
      sentPct: mean(found.map(({ limit }) => (100 * limit.predicted.meanPerSecond) / limit.ratePerSecond)),
      ...(known.length === 0
        ? {}
        : {
            capacityErrPct: mean(
              known.map(({ limit, capacity }) =>
                Math.abs((100 * limit.predicted.capacityPerSecond) / (capacity as number) - 100),
              ),
            ),
          }),
      validShare: mean(found.flatMap(({ limit }) => limit.probes.map(({ isValid }) => Number(isValid)))),
    },
    sources: Object.fromEntries(
      found.map(({ source, limit, capacity }) => [
        source,
        {
          n: limit.probes.length,
          predictedRps: limit.predicted.ratePerSecond,
          measuredRps: limit.ratePerSecond,
          predictedCapacity: limit.predicted.capacityPerSecond,
          ...(capacity === null ? {} : { capacity }),
          workers: limit.predicted.workers,
          sentRps: limit.predicted.meanPerSecond,
          lawRps: limit.law?.perSecond ?? NaN,
        },
      ]),
    ),
    worst: { errPct: errors.toSorted((a, b) => b.value - a.value)[0] as (typeof errors)[number] },
    notes: [
      'sentPct is what was sent a second on average for the prediction, as a share of the limit; within a train all are sent at once.',
      'measuredRps is the highest rate of Poisson arrivals that kept the objective (p99 and at most 0.1 % failed) in probes of two seconds.',
      ...found.map(({ source, limit }) => `${source}: ${limit.saturated.what}. ${limit.saturated.evidence}`),
    ],
  }
}
