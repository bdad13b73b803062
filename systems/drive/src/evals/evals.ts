import type { Measure } from '@heavylift/core'
import { closedLoopEval } from './closed-loop/closed-loop.ts'
import { oscConformanceEval } from './osc-conformance.ts'
import { referenceDriversEval } from './reference-drivers.ts'
import { predictionEval } from './prediction/prediction.ts'
import { searchEval } from './search.ts'
import { trackingEval } from './tracking/tracking.ts'

export const evals: Measure[] = [
  oscConformanceEval,
  referenceDriversEval,
  trackingEval,
  closedLoopEval,
  predictionEval,
  searchEval,
]
