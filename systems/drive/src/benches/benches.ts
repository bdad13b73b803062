import type { Measure } from '@heavylift/core'
import { determinismBench } from './determinism.ts'
import { stepsBench } from './steps.ts'
import { variationsBench } from './variations.ts'

export const benches: Measure[] = [determinismBench, stepsBench, variationsBench]
