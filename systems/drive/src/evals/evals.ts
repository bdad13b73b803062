import type { Measure } from '@heavylift/core'
import { oscConformanceEval } from './osc-conformance.ts'

export const evals: Measure[] = [oscConformanceEval]
