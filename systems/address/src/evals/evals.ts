import type { Measure } from '@heavylift/core'
import { parseEvals } from './parse-evals.ts'

export const evals: Measure[] = [...parseEvals]
