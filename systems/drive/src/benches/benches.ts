import type { Measure } from '@heavylift/core'
import { variationsBench } from './variations.ts'

export const benches: Measure[] = [variationsBench]
