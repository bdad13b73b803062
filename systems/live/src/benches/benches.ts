import type { Measure } from '@heavylift/core'
import { throughput } from './throughput.ts'

/** Every one of this system, in the order of its list. */
export const benches: Measure[] = [throughput]
