import type { Measure } from '@heavylift/core'
import { specEvals } from './spec-evals.ts'

export const evals: Measure[] = [...specEvals]
