import { eventAgreement } from './event-agreement.ts'
import { fuelEval } from './fuel.ts'
import { blitzEval, coverageEval, pressureEval } from './tracking.ts'
import type { Measure } from '@heavylift/core'

/** Every one of this system, in the order of its list. */
export const evals: Measure[] = [eventAgreement, fuelEval, blitzEval, coverageEval, pressureEval]
