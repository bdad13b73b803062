import { heatEndsMs } from './measure.ts'
import type { Measured } from './measure.ts'
import type { Generated } from './generate.ts'
import type { Scenario } from './scenario.ts'

/** A generator that is later than this at one request in a hundred has not sent what was planned. */
const mostLagMs = 10
const leastSentShare = 0.99

export interface Report {
  scenario: string
  durationMs: number
  planned: number
  sent: number
  ok: number
  failed: number
  errorRate: number
  bytes: number
  latencyMs: Quantiles
  serviceMs: Quantiles
  lagP99Ms: number
  /** Of streams, null where there are none. */
  stream: { events: number; firstEventMs: Quantiles; gapMs: Quantiles } | null
  faults: { kind: string; count: number }[]
  statuses: { status: number; count: number }[]
  seconds: { planned: number; sent: number; ok: number; failed: number; heat: number[] }[]
  heatEndsMs: number[]
  /** False where the generator could not keep its plan: then the figures say nothing of the target. */
  isValid: boolean
  /** Why it is not valid, or why it ended early. */
  remarks: string[]
  thresholds: { metric: string; atMost: number; value: number; isMet: boolean }[]
}

interface Quantiles {
  mean: number
  p50: number
  p90: number
  p99: number
  p999: number
  p9999: number
  max: number
}

/** What a run gave, or where it is not over what it has given so far. */
export function reportOf(
  scenario: Scenario,
  { measured, stoppedBy, durationMs }: Omit<Generated, 'startedAtMonotonicMs'>,
  isOver = true,
): Report {
  const isWhole = isOver && stoppedBy === null
  // A stage is planned at its start: what of it was not due yet is not missing.
  const last = measured.seconds.findLastIndex(({ sent, ok, failed }) => sent + ok + failed > 0)
  const seconds = isWhole ? measured.seconds : measured.seconds.slice(0, last + 1)
  const planned = seconds.reduce((sum, second) => sum + second.planned, 0)
  const errorRate =
    measured.ok + measured.failed === 0 ? 0 : measured.failed / (measured.ok + measured.failed)
  const latencyMs = quantilesOf(measured.latency)
  const lagP99Ms = measured.lag.quantileMs(0.99)
  const remarks: string[] = []
  let isValid = true
  if (lagP99Ms > mostLagMs) {
    isValid = false
    remarks.push(
      `The generator was up to ${lagP99Ms.toFixed(1)} ms late for one request in a hundred, so it did not send what was planned. Lower the rate or use more machines.`,
    )
  }
  if (isWhole && planned > 0 && measured.sent < leastSentShare * planned) {
    isValid = false
    remarks.push(
      `Of ${planned} planned requests ${measured.sent} were sent: all ${scenario.maxConnections} connections were busy. Raise maxConnections or lower the rate.`,
    )
  }
  if (stoppedBy !== null)
    remarks.push(stoppedBy === 'signal' ? 'Stopped before its end.' : `Stopped at its cap on ${stoppedBy}.`)
  const values = {
    p50Ms: latencyMs.p50,
    p90Ms: latencyMs.p90,
    p99Ms: latencyMs.p99,
    p999Ms: latencyMs.p999,
    maxMs: latencyMs.max,
    errorRate,
  }
  return {
    scenario: scenario.name,
    durationMs,
    planned,
    sent: measured.sent,
    ok: measured.ok,
    failed: measured.failed,
    errorRate,
    bytes: measured.bytes,
    latencyMs,
    serviceMs: quantilesOf(measured.service),
    lagP99Ms,
    stream:
      measured.events === 0
        ? null
        : {
            events: measured.events,
            firstEventMs: quantilesOf(measured.firstEvent),
            gapMs: quantilesOf(measured.eventGap),
          },
    faults: [...measured.faults]
      .map(([kind, count]) => ({ kind, count }))
      .toSorted((a, b) => b.count - a.count),
    statuses: [...measured.statuses]
      .map(([status, count]) => ({ status, count }))
      .toSorted((a, b) => a.status - b.status),
    seconds,
    heatEndsMs: [...heatEndsMs],
    isValid,
    remarks,
    thresholds: scenario.thresholds.map(({ metric, atMost }) => ({
      metric,
      atMost,
      value: values[metric],
      isMet: values[metric] <= atMost,
    })),
  }
}

function quantilesOf(histogram: Measured['latency']): Quantiles {
  return {
    mean: histogram.meanMs,
    p50: histogram.quantileMs(0.5),
    p90: histogram.quantileMs(0.9),
    p99: histogram.quantileMs(0.99),
    p999: histogram.quantileMs(0.999),
    p9999: histogram.quantileMs(0.9999),
    max: histogram.maxMs,
  }
}
