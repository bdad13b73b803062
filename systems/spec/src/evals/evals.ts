import type { Measure } from '@heavylift/core'

export const evals: Measure[] = []
