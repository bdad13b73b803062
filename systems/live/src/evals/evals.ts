import { eventAgreement } from './event-agreement.ts'
import { fuelEval } from './fuel.ts'
import { blitzEval, coverageEval, pressureEval } from './tracking.ts'
import { keyMomentsEval } from './key-moments.ts'
import { nbaWinProbabilityEval } from './nba-win-probability.ts'
import { playsLeftEval } from './plays-left.ts'
import { recapEval } from './recap.ts'
import { winProbabilityEval } from './win-probability.ts'
import type { Measure } from '@heavylift/core'

/** Every one of this system, in the order of its list. */
export const evals: Measure[] = [
  winProbabilityEval,
  playsLeftEval,
  nbaWinProbabilityEval,
  keyMomentsEval,
  eventAgreement,
  fuelEval,
  blitzEval,
  coverageEval,
  pressureEval,
  recapEval,
]
