import type { Measure } from '@heavylift/core'
import { stepsBench } from './steps.ts'
import { variationsBench } from './variations.ts'

export const benches: Measure[] = [stepsBench, variationsBench]
