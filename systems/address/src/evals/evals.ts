import type { Measure } from '@heavylift/core'
import { kindEvals } from './kind-evals.ts'
import { parseEvals } from './parse-evals.ts'

export const evals: Measure[] = [...parseEvals, ...kindEvals]
