import type { MetricFamily } from '@heavylift/core'
import type { CallRecord, CallStatus } from './call-record.ts'

const statuses: readonly CallStatus[] = ['ok', 'failed', 'cut', 'cancelled', 'shed', 'rejected']
const tokenKinds = ['input', 'cache_read', 'cache_write', 'output'] as const
const cacheResults = ['hit', 'ready', 'miss'] as const
const secondsBounds = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300]

/** Models and replicas beyond this many are counted together as `other`: names come from outside. */
const maxNames = 1000

/** What Prometheus scrapes. Counting is adding to typed arrays; names and labels are written at the scrape. */
export class CallCounters {
  readonly #models = new Map<string, ModelCounts>()
  readonly #replicas = new Map<string, Float64Array>()

  add(record: CallRecord): void {
    const model = named(this.#models, record.model, () => new ModelCounts())
    const status = statuses.indexOf(record.status)
    model.calls[status]! += 1
    const { usage } = record
    model.tokens[0]! += usage.input
    model.tokens[1]! += usage.cacheRead
    model.tokens[2]! += usage.cacheWrite
    model.tokens[3]! += usage.output
    model.costMicros += record.costMicros
    if (record.cache !== 'off') model.cache[cacheResults.indexOf(record.cache)]! += 1
    model.wastedCostMicros += record.wastedCostMicros
    if (record.ttftMs !== null) model.ttft.add(record.ttftMs / 1000)
    model.duration.add(record.durationMs / 1000)
    if (record.replicaId !== '') {
      named(this.#replicas, record.replicaId, () => new Float64Array(statuses.length))[status]! += 1
    }
  }

  /** Counters of nothing (a status that never came) are left out. */
  families(): MetricFamily[] {
    const models = [...this.#models]
    return [
      counter(
        'models_calls_total',
        'Model calls that ended, by how.',
        models.flatMap(([model, { calls }]) => samples(calls, statuses, { model }, 'status')),
      ),
      counter(
        'models_replica_calls_total',
        'Model calls that ended at a replica, by how.',
        [...this.#replicas].flatMap(([replica, calls]) => samples(calls, statuses, { replica }, 'status')),
      ),
      counter(
        'models_tokens_total',
        'Tokens, each kind apart.',
        models.flatMap(([model, { tokens }]) => samples(tokens, tokenKinds, { model }, 'kind')),
      ),
      counter(
        'models_cache_lookups_total',
        'Calls that asked for a kept answer, by what they found.',
        models.flatMap(([model, { cache }]) => samples(cache, cacheResults, { model }, 'result')),
      ),
      counter(
        'models_cost_dollars_total',
        'Cost at known prices, in US dollars.',
        models.map(([model, { costMicros }]) => ({ labels: { model }, value: costMicros / 1e6 })),
      ),
      counter(
        'models_wasted_cost_dollars_total',
        'Estimated cost of attempts that nobody got, beside the cost, in US dollars.',
        models.flatMap(([model, { wastedCostMicros }]) =>
          wastedCostMicros === 0 ? [] : [{ labels: { model }, value: wastedCostMicros / 1e6 }],
        ),
      ),
      {
        name: 'models_time_to_first_token_seconds',
        help: 'From arrival to the first byte of the answer.',
        type: 'histogram',
        samples: models.flatMap(([model, { ttft }]) => ttft.samples({ model })),
      },
      {
        name: 'models_call_duration_seconds',
        help: 'From arrival to the end of the answer.',
        type: 'histogram',
        samples: models.flatMap(([model, { duration }]) => duration.samples({ model })),
      },
    ]
  }
}

class ModelCounts {
  readonly calls = new Float64Array(statuses.length)
  readonly tokens = new Float64Array(tokenKinds.length)
  readonly cache = new Float64Array(cacheResults.length)
  costMicros = 0
  wastedCostMicros = 0
  readonly ttft = new Seconds()
  readonly duration = new Seconds()
}

class Seconds {
  /** By bucket, not cumulative; the last holds what is above every bound. */
  readonly #counts = new Float64Array(secondsBounds.length + 1)
  #sum = 0

  add(seconds: number): void {
    let bucket = 0
    while (bucket < secondsBounds.length && seconds > secondsBounds[bucket]!) bucket++
    this.#counts[bucket]! += 1
    this.#sum += seconds
  }

  samples(labels: Record<string, string>): MetricFamily['samples'] {
    let total = 0
    const buckets = Array.from(this.#counts, (count, bucket) => {
      total += count
      const le = String(secondsBounds[bucket] ?? '+Inf')
      return { suffix: '_bucket', labels: { ...labels, le }, value: total }
    })
    return [
      ...buckets,
      { suffix: '_sum', labels, value: this.#sum },
      { suffix: '_count', labels, value: total },
    ]
  }
}

function named<Value>(values: Map<string, Value>, name: string, make: () => Value): Value {
  const known = values.get(name)
  if (known !== undefined) return known
  if (values.size >= maxNames && name !== 'other') return named(values, 'other', make)
  const made = make()
  values.set(name, made)
  return made
}

function counter(name: string, help: string, samples: MetricFamily['samples']): MetricFamily {
  return { name, help, type: 'counter', samples }
}

function samples(
  values: Float64Array,
  kinds: readonly string[],
  labels: Record<string, string>,
  kindLabel: string,
): MetricFamily['samples'] {
  return kinds.flatMap((kind, index) => {
    const value = values[index]!
    return value === 0 ? [] : [{ labels: { ...labels, [kindLabel]: kind }, value }]
  })
}
