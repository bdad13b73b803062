import type { Measure } from '@heavylift/core'
import { oscConformanceEval } from './osc-conformance.ts'
import { referenceDriversEval } from './reference-drivers.ts'
import { searchEval } from './search.ts'
import { trackingEval } from './tracking/tracking.ts'

export const evals: Measure[] = [oscConformanceEval, referenceDriversEval, trackingEval, searchEval]
