import type { Measure } from '@heavylift/core'

export const failoverBench: Measure = {
  name: 'failover',
  summary:
    'Every process SIGKILLed in turn (HEAVYLIFT_KILLS, default 100): what was lost, shown twice, and the longest gap.',
  goals: {
    lost: { atMost: 0 },
    shownTwice: { atMost: 0 },
    wrong: { atMost: 0 },
    longestGapMs: { atMost: 500 },
    r3Lost: { atMost: 0 },
    r3ShownTwice: { atMost: 0 },
    serverLost: { atMost: 0 },
    serverShownTwice: { atMost: 0 },
  },
  run: async (input) => (await import('./failover/failover-bench.ts')).benchFailover(input),
}

export const latencyBench: Measure = {
  name: 'latency',
  summary:
    'Event in → insight at the overlay, ms: the demo’s simulated matches in real time, in process and over JetStream with three replicas.',
  goals: { p99Ms: { atMost: 100 }, jetStreamR3P99Ms: { atMost: 250 } },
  run: async (input) => (await import('./latency.ts')).benchLatency(input),
}

export const throughput: Measure = {
  name: 'throughput',
  summary:
    'Sums 600,000 events of 1,000 keys in event-time windows of a second, on one core: from the disk log with JSON, snapshots and appended outputs; the operator alone; and rxjs (processing order only: no event time, late events, snapshots or log); events a second.',
  goals: { eventsPerSecond: { atLeast: 300_000 } },
  run: async (input) => (await import('./throughput.ts')).benchThroughput(input),
}

export const eventsSearchBench: Measure = {
  name: 'events-search',
  summary:
    'Mixed questions over a million tags in PostgreSQL beside ILIKE over the same rows (ms; HEAVYLIFT_TAGS sets the number)',
  goals: { p95Ms: { atMost: 50 } },
  run: async (input) => (await import('./events-search.ts')).benchEventsSearch(input),
}

/** Every one of this system, in the order of its list. What runs is loaded when it runs. */
export const benches: Measure[] = [failoverBench, latencyBench, throughput, eventsSearchBench]
