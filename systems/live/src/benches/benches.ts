import type { Measure } from '@heavylift/core'
import { eventsSearchBench } from './events-search.ts'
import { failoverBench } from './failover/failover-bench.ts'
import { latencyBench } from './latency.ts'
import { throughput } from './throughput.ts'

/** Every one of this system, in the order of its list. */
export const benches: Measure[] = [failoverBench, latencyBench, throughput, eventsSearchBench]
