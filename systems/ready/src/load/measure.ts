import type { Answer } from './answer-reader.ts'
import type { Fault } from './connection.ts'
import { LatencyHistogram } from './histogram.ts'
import type { HistogramJson } from './histogram.ts'

/** Upper ends of the heat map's rows in milliseconds: three a decade from 0.1 ms. */
export const heatEndsMs: readonly number[] = Array.from({ length: 19 }, (_, k) =>
  Number((0.1 * 10 ** (k / 3)).toPrecision(2)),
)

export interface Second {
  planned: number
  sent: number
  ok: number
  failed: number
  /** Counts by the heat map's rows; the last is for all that is longer. */
  heat: number[]
}

export interface MeasuredJson {
  histograms: Record<HistogramName, HistogramJson>
  seconds: Second[]
  faults: [string, number][]
  statuses: [number, number][]
  sent: number
  ok: number
  failed: number
  bytes: number
  events: number
}

const histogramNames = ['latency', 'service', 'lag', 'firstEvent', 'eventGap'] as const
type HistogramName = (typeof histogramNames)[number]

/** What a generator measures; merged over workers without loss. */
export class Measured {
  /** From the planned time of sending. */
  readonly latency = new LatencyHistogram()
  /** From when it was really sent. */
  readonly service = new LatencyHistogram()
  /** How late the generator itself was. */
  readonly lag = new LatencyHistogram()
  /** Of streams: from the planned time to the first event. */
  readonly firstEvent = new LatencyHistogram()
  /** Of streams: from one event to the next. */
  readonly eventGap = new LatencyHistogram()
  readonly seconds: Second[] = []
  readonly faults = new Map<string, number>()
  readonly statuses = new Map<number, number>()
  sent = 0
  ok = 0
  failed = 0
  bytes = 0
  /** Events of streams. */
  events = 0

  planned(atMs: number): void {
    this.#second(atMs).planned++
  }

  sentAt(atMs: number, lagMs: number): void {
    this.sent++
    this.lag.recordMs(lagMs)
    this.#second(atMs).sent++
  }

  answered(
    plannedMs: number,
    sentMs: number,
    nowMs: number,
    result: Answer | Fault,
    problem: string | null,
  ): void {
    const second = this.#second(plannedMs)
    if (typeof result === 'string' || problem !== null) {
      this.failed++
      second.failed++
      const kind = typeof result === 'string' ? result : (problem ?? '')
      this.faults.set(kind, (this.faults.get(kind) ?? 0) + 1)
    } else {
      this.ok++
      second.ok++
    }
    if (typeof result !== 'string') {
      this.statuses.set(result.status, (this.statuses.get(result.status) ?? 0) + 1)
      this.bytes += result.bodyBytes
    }
    const latencyMs = nowMs - plannedMs
    // A request that failed took as long as it took to fail; it is no fast answer, so it counts too.
    this.latency.recordMs(latencyMs)
    this.service.recordMs(nowMs - sentMs)
    let row = 0
    while (row < heatEndsMs.length && latencyMs > (heatEndsMs[row] as number)) row++
    ;(second.heat[row] as number)++
  }

  merge(other: Measured): void {
    for (const name of histogramNames) this[name].merge(other[name])
    for (const [at, second] of other.seconds.entries()) {
      const mine = this.#second(1000 * at)
      mine.planned += second.planned
      mine.sent += second.sent
      mine.ok += second.ok
      mine.failed += second.failed
      for (const [row, count] of second.heat.entries()) (mine.heat[row] as number) += count
    }
    for (const [kind, count] of other.faults) this.faults.set(kind, (this.faults.get(kind) ?? 0) + count)
    for (const [status, count] of other.statuses)
      this.statuses.set(status, (this.statuses.get(status) ?? 0) + count)
    this.sent += other.sent
    this.ok += other.ok
    this.failed += other.failed
    this.bytes += other.bytes
    this.events += other.events
  }

  /** What survives JSON, for workers elsewhere. */
  toJson(): MeasuredJson {
    const { seconds, sent, ok, failed, bytes, events } = this
    const histograms = Object.fromEntries(
      histogramNames.map((name) => [name, this[name].toJson()]),
    ) as MeasuredJson['histograms']
    const faults = [...this.faults]
    return { histograms, seconds, faults, statuses: [...this.statuses], sent, ok, failed, bytes, events }
  }

  static fromJson(json: MeasuredJson): Measured {
    const found = new Measured()
    for (const name of histogramNames) found[name].merge(LatencyHistogram.fromJson(json.histograms[name]))
    found.seconds.push(...json.seconds)
    for (const [kind, count] of json.faults) found.faults.set(kind, count)
    for (const [status, count] of json.statuses) found.statuses.set(status, count)
    const { sent, ok, failed, bytes, events } = json
    return Object.assign(found, { sent, ok, failed, bytes, events })
  }

  #second(atMs: number): Second {
    const at = Math.max(0, Math.floor(atMs / 1000))
    while (this.seconds.length <= at)
      this.seconds.push({
        planned: 0,
        sent: 0,
        ok: 0,
        failed: 0,
        heat: Array.from({ length: heatEndsMs.length + 1 }, () => 0),
      })
    return this.seconds[at] as Second
  }
}
